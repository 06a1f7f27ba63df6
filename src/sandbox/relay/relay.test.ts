import { expect, test } from 'vitest';
import { defaultChoices } from '../policy/choices.ts';
import { submission } from '../store/store-behaviour.ts';
import { account, arrivals, nothingDue, relayTo, statuses, submit } from './relay-fixture.ts';

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
  // whoever waits sees that the relay moves
  expect(relay.outcomes()).toBe(1);
  held.resolve();
  await nothingDue(store, relay);
  expect(await statuses(store)).toEqual(['delivered', 'delivered']);
  expect(relay.outcomes()).toBe(2);
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
          await own.makeDeferredDue(account.id);
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
