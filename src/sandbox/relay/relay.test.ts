import { afterEach, expect, test } from 'vitest';
import { defaultChoices, type Choices } from '../policy/choices.ts';
import { referencePolicy } from '../policy/policy.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import { newAccount, submission } from '../store/store-behaviour.ts';
import type { Store } from '../store/store.ts';
import { startRelay, type Relay } from './relay.ts';
import type { Delivery, HandOver } from './delivery.ts';

const account = newAccount({ prepaid: 1_000 });
const wallClock = { now: () => Date.now() };
const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).toReversed()) await each[Symbol.asyncDispose]();
});

/** What a store says whose disk is full. */
const diskFull = new Error('database or disk is full');

/** A courtesy that waits for nobody, and counts who came. */
const arrivals = { count: 0 };
const courtesy = {
  noteArrival: () => {
    arrivals.count += 1;
  },
  noteHandOver: () => undefined,
  giveWay: async () => undefined,
  awaited: () => ({ [Symbol.dispose]: () => undefined }),
};

/** A relay with a next host that `take` plays, on a store that may be another than our own. */
async function relayTo(
  take: (delivery: Delivery) => Promise<HandOver>,
  storeFrom = (own: Store): Store => own,
  choices: Partial<Choices> = {},
) {
  const own = openSqliteStore(':memory:');
  opened.push(own);
  const store = storeFrom(own);
  await store.createAccount(account);
  const relay = startRelay({
    store,
    writer: { handOver: take, [Symbol.asyncDispose]: async () => undefined },
    policy: referencePolicy,
    choices: { ...defaultChoices, ...choices },
    courtesy,
    accountNow: () => 1_000,
    wallClock,
    pause: async () => undefined,
    onFault: (fault) => {
      if (fault !== diskFull) throw fault;
    },
  });
  opened.push(relay);
  return { store, relay };
}

async function submit(store: Store, recipients: number): Promise<void> {
  const forwardPaths = Array.from({ length: recipients }, (_, at) => `customer${at}@a.example`);
  await store.commit(submission(account, forwardPaths, { queuedAt: wallClock.now() }));
}

async function statuses(store: Store): Promise<readonly string[]> {
  return (await store.readHistory(account.id, { limit: 1_000 })).map(({ status }) => status);
}

async function nothingDue(store: Store, relay: Relay): Promise<void> {
  while ((await store.countDue(account.id, wallClock.now())) > 0 || relay.inFlight(account.id) > 0) {
    const outcome = relay.nextOutcome();
    relay.wake();
    await outcome;
  }
}

test('each recipient of several batches gets its own copy, once', async () => {
  const taken: string[] = [];
  const { store, relay } = await relayTo(async ({ forwardPath }) => {
    taken.push(forwardPath);
    return { kind: 'taken' };
  });
  await submit(store, 300);
  await nothingDue(store, relay);
  expect(taken.toSorted()).toEqual(
    Array.from({ length: 300 }, (_, at) => `customer${at}@a.example`).toSorted(),
  );
  expect(new Set(await statuses(store))).toEqual(new Set(['delivered']));
});

test('what comes in while a burst is under way goes out as well', async () => {
  let taken = 0;
  const { store, relay } = await relayTo(async () => {
    taken += 1;
    if (taken % 50 === 0 && taken <= 300) await submit(store, 20);
    return { kind: 'taken' };
  });
  await submit(store, 200);
  await nothingDue(store, relay);
  expect(taken).toBe(320);
});

test('a large message under way keeps no other waiting', async () => {
  const held = Promise.withResolvers<void>();
  const { store, relay } = await relayTo(async ({ forwardPath }) => {
    if (forwardPath === 'large@a.example') await held.promise;
    return { kind: 'taken' };
  });
  const message = new Uint8Array(9 * 1024 * 1024);
  await store.commit(submission(account, ['large@a.example'], { message }));
  await store.commit(submission(account, ['small@a.example']));
  const outcome = relay.nextOutcome();
  relay.wake();
  await outcome;
  expect(await statuses(store)).toEqual(['queued', 'delivered']);
  held.resolve();
  await nothingDue(store, relay);
  expect(await statuses(store)).toEqual(['delivered', 'delivered']);
});

test('only what a client hands in counts as an arrival', async () => {
  const { store, relay } = await relayTo(async () => ({ kind: 'taken' }));
  const before = arrivals.count;
  await submit(store, 300);
  await nothingDue(store, relay);
  expect(arrivals.count - before).toBe(0);
  await submit(store, 1);
  const outcome = relay.nextOutcome();
  relay.arrived();
  await outcome;
  expect(arrivals.count - before).toBe(1);
  expect(new Set(await statuses(store))).toEqual(new Set(['delivered']));
});

test('a mailbox that comes up while an email is being deferred makes it due at once', async () => {
  let deferrals = 0;
  const { store, relay } = await relayTo(
    async () => ({ kind: 'taken' }),
    (own) => ({
      ...own,
      setEmailStatus: async (...outcome) => {
        if (outcome[1].status === 'deferred') {
          deferrals += 1;
          // decided, but not written: what is hastened now is not yet deferred
          await own.setMailboxUp(account.id, true);
          await own.hastenDeferred(account.id);
        }
        await own.setEmailStatus(...outcome);
      },
    }),
  );
  await store.setMailboxUp(account.id, false);
  await submit(store, 1);
  const outcome = relay.nextOutcome();
  relay.wake();
  await outcome;
  await nothingDue(store, relay);
  expect(deferrals).toBe(1);
  expect(await statuses(store)).toEqual(['delivered']);
});

test('a mailbox that comes up while an email waits to be handed over takes it', async () => {
  let asked = 0;
  const { store, relay } = await relayTo(
    async () => ({ kind: 'taken' }),
    (own) => ({
      ...own,
      takeDue: async (...batch) => {
        const due = await own.takeDue(...batch);
        if (due.length > 0) await own.setMailboxUp(account.id, true);
        return due;
      },
      setEmailStatus: async (...outcome) => {
        asked += 1;
        await own.setEmailStatus(...outcome);
      },
    }),
  );
  await store.setMailboxUp(account.id, false);
  await submit(store, 1);
  await nothingDue(store, relay);
  expect(await statuses(store)).toEqual(['delivered']);
  expect(asked).toBe(1);
});

test('the bad outcomes of a connection that is blocked already are not counted again', async () => {
  let counted = 0;
  const { store, relay } = await relayTo(
    async () => ({ kind: 'refused', why: 'no' }),
    (own) => ({
      ...own,
      readBadOutcomes: (...asked) => {
        counted += 1;
        return own.readBadOutcomes(...asked);
      },
    }),
  );
  await submit(store, defaultChoices.badMailboxLimit + 1);
  await nothingDue(store, relay);
  const connection = account.connections[0]?.id ?? '';
  expect(await store.readConnection(connection)).toMatchObject({ blocked: true });
  const before = counted;
  await submit(store, 10);
  await nothingDue(store, relay);
  expect(counted).toBe(before);
  expect(new Set(await statuses(store))).toEqual(new Set(['rejected']));
});

test('an email whose account is deleted while it waits is handed to nobody', async () => {
  const held = Promise.withResolvers<void>();
  const started = Promise.withResolvers<void>();
  let asked = 0;
  const { store, relay } = await relayTo(async () => {
    asked += 1;
    started.resolve();
    await held.promise;
    return { kind: 'taken' };
  });
  await submit(store, 40);
  relay.wake();
  await started.promise;
  const begun = relay.inFlight(account.id);
  await store.deleteAccount(account.id);
  held.resolve();
  while (relay.inFlight(account.id) > 0) await relay.nextOutcome();
  expect(asked).toBe(begun);
});

test('an outcome that cannot be written is written later, and the email is handed over once', async () => {
  let taken = 0;
  let refused = 0;
  const { store, relay } = await relayTo(
    async () => {
      taken += 1;
      return { kind: 'taken' };
    },
    (own) => ({
      ...own,
      setEmailStatus: async (...outcome) => {
        refused += 1;
        if (refused <= 50) throw diskFull;
        await own.setEmailStatus(...outcome);
      },
    }),
  );
  await submit(store, 5);
  await nothingDue(store, relay);
  expect(taken).toBe(5);
  expect(refused).toBeGreaterThan(50);
  expect(await statuses(store)).toEqual(Array.from({ length: 5 }, () => 'delivered'));
});

test.each(['suppress', 'setBlocked', 'readConnection', 'readStanding'] as const)(
  'an email is handed over once also where %s fails for a while behind it',
  async (method) => {
    let taken = 0;
    let failures = 0;
    const failAfterHandOver = async () => {
      if (taken === 0 || failures === 3) return;
      failures += 1;
      throw diskFull;
    };
    const { store, relay } = await relayTo(
      async ({ forwardPath }) => {
        taken += 1;
        return forwardPath === 'bad@a.example' ? { kind: 'refused', why: '550 no' } : { kind: 'taken' };
      },
      (own) => ({
        ...own,
        suppress: async (...asked) => {
          if (method === 'suppress') await failAfterHandOver();
          await own.suppress(...asked);
        },
        setBlocked: async (...asked) => {
          if (method === 'setBlocked') await failAfterHandOver();
          await own.setBlocked(...asked);
        },
        readConnection: async (...asked) => {
          if (method === 'readConnection') await failAfterHandOver();
          return own.readConnection(...asked);
        },
        readStanding: async (...asked) => {
          if (method === 'readStanding') await failAfterHandOver();
          return own.readStanding(...asked);
        },
      }),
      { badMailboxLimit: 0 },
    );
    await store.setRecipient(account.id, 'angry@a.example', 'angry@a.example', 'complains');
    await store.commit(
      submission(account, ['angry@a.example', 'bad@a.example'], { queuedAt: wallClock.now() }),
    );
    await nothingDue(store, relay);
    expect(taken).toBe(2);
    expect(failures).toBe(3);
    expect(await statuses(store)).toEqual(['complained', 'rejected']);
  },
);

test.each([
  [
    { kind: 'refused', why: '550 no such place' },
    'rejected',
    'The mailbox refused the email: 550 no such place',
  ],
  [{ kind: 'not now', why: '452 full' }, 'deferred', 'The mailbox did not take the email: 452 full'],
  [
    { kind: 'not now', why: '451 unable', about: 'message' },
    'failed',
    'The mailbox did not take the email: 451 unable',
  ],
] as const)(
  'what the mailbox answers (%j) makes an old email %s, and the history says why',
  async (answer, status, reason) => {
    const { store, relay } = await relayTo(async () => answer);
    await store.commit(submission(account, ['x@a.example'], { queuedAt: wallClock.now() - 61_000 }));
    await nothingDue(store, relay);
    expect(await store.readHistory(account.id, { limit: 9 })).toMatchObject([{ status, reason }]);
  },
);

test.each([
  ['nonexistent', 'bounced'],
  ['refused', 'rejected'],
  ['full', 'deferred'],
] as const)('a recipient that is %s makes an email %s, and the history says why', async (role, status) => {
  const { store, relay } = await relayTo(async () => ({ kind: 'taken' }));
  await store.setRecipient(account.id, 'customer0@a.example', 'customer0@a.example', role);
  await submit(store, 1);
  await nothingDue(store, relay);
  const [email] = await store.readHistory(account.id, { limit: 9 });
  expect(email?.status).toBe(status);
  expect(email?.reason).toMatch(/^The .*\.$/);
});
