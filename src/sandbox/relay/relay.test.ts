import { afterEach, expect, test } from 'vitest';
import { defaultChoices } from '../policy/choices.ts';
import { referencePolicy } from '../policy/policy.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import { newAccount, submission } from '../store/store-behaviour.ts';
import type { Store } from '../store/store.ts';
import { startRelay, type Relay } from './relay.ts';
import type { Delivery, HandOver } from './smarthost.ts';

const account = newAccount({ prepaid: 1_000 });
const wallClock = { now: () => Date.now() };
const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).toReversed()) await each[Symbol.asyncDispose]();
});

/** A relay with a next host that `take` plays. */
async function relayTo(take: (delivery: Delivery) => Promise<HandOver>) {
  const store = openSqliteStore(':memory:');
  opened.push(store);
  await store.createAccount(account);
  const relay = startRelay({
    store,
    writer: { handOver: take, [Symbol.asyncDispose]: async () => undefined },
    policy: referencePolicy,
    choices: defaultChoices,
    accountNow: () => 1_000,
    wallClock,
    onFault: (fault) => {
      throw fault;
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

test('a mailbox that comes up while an email is being deferred makes it due at once', async () => {
  const { store, relay } = await relayTo(async () => ({ kind: 'taken' }));
  await store.setMailboxUp(account.id, false);
  await submit(store, 1);
  const outcome = relay.nextOutcome();
  relay.wake();
  // the email is read and on its way to being deferred, but nothing is written yet
  await Promise.resolve();
  await store.setMailboxUp(account.id, true);
  await store.hastenDeferred(account.id);
  await outcome;
  await nothingDue(store, relay);
  expect(await statuses(store)).toEqual(['delivered']);
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
