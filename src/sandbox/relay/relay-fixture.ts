import { afterEach } from 'vitest';
import { defaultChoices, type Choices } from '../policy/choices.ts';
import { emailmassivoPolicy } from '../policy/emailmassivo/policy.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import { newAccount, submission } from '../store/store-behaviour.ts';
import type { Store } from '../store/store.ts';
import type { Delivery, HandOver } from './delivery.ts';
import { startRelay, type Relay } from './relay.ts';

/** The account whose emails are relayed. */
export const account = newAccount({ prepaid: 1_000 });
export const wallClock = { now: () => Date.now() };
const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).toReversed()) await each[Symbol.asyncDispose]();
});

/** What a store says whose disk is full. */
export const diskFull = new Error('database or disk is full');

/** A pacing without pauses, which counts submissions. */
export const arrivals = { count: 0 };
const pacing = {
  noteArrival: () => {
    arrivals.count += 1;
  },
  noteHandOver: () => undefined,
  yieldToClients: async () => undefined,
  awaited: () => ({ [Symbol.dispose]: () => undefined }),
};

/** A relay with a next host that `take` plays, on a store that may be another than our own. */
export async function relayTo(
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
    policy: emailmassivoPolicy,
    choices: { ...defaultChoices, ...choices },
    pacing,
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

export async function submit(store: Store, recipients: number): Promise<void> {
  const forwardPaths = Array.from({ length: recipients }, (_, at) => `customer${at}@a.example`);
  await store.commit(submission(account, forwardPaths, { queuedAt: wallClock.now() }));
}

export async function statuses(store: Store): Promise<readonly string[]> {
  return (await store.readHistory(account.id, { limit: 1_000 })).map(({ status }) => status);
}

export async function nothingDue(store: Store, relay: Relay): Promise<void> {
  while ((await store.countDue(account.id, wallClock.now())) > 0 || relay.inFlight(account.id) > 0) {
    const outcome = relay.nextOutcome();
    relay.wake();
    await outcome;
  }
}
