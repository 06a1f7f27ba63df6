import type { DayCount, NewPurchase } from '../../src/sandbox/store/account-record.ts';
import { policyMutant, storeMutant, type Mutant, type MutantFacts } from '../mutant.ts';

const dayMs = 24 * 60 * 60_000;

/** A mutant that writes a purchase otherwise than it was made. */
function purchaseMutant(
  facts: MutantFacts,
  change: (purchase: NewPurchase, earlier: number) => NewPurchase | undefined,
): Mutant {
  return storeMutant(facts, (own, hit) => {
    const purchases = new Map<string, number>();
    return {
      buy: async (account, purchase, keysSince) => {
        const earlier = purchases.get(account) ?? 0;
        purchases.set(account, earlier + 1);
        const changed = change(purchase, earlier);
        if (changed === undefined) return own.buy(account, purchase, keysSince);
        hit();
        // the answer says what was asked for; only what is kept is wrong
        return { ...(await own.buy(account, changed, keysSince)), sends: purchase.sends };
      },
    };
  });
}

/** A mutant that blocks by another count of bad outcomes. */
function blockLimitMutant(facts: MutantFacts, difference: number): Mutant {
  return policyMutant(facts, (own, hit) => ({
    block: (asked) => {
      const { choices } = asked;
      const limit = choices.badMailboxLimit + difference;
      const blocks = own.block({ ...asked, choices: { ...choices, badMailboxLimit: limit } });
      if (blocks !== own.block(asked)) hit();
      return blocks;
    },
  }));
}

/** Gateways that are wrong about plans, a connection's own limit, blocking by outcomes, and the totals. */
export const planAndBlockingMutants: readonly Mutant[] = [
  purchaseMutant(
    {
      id: 'plan-outlives-its-month',
      rule: 'billing.plans.kinds',
      wrong: 'keeps the unused sends of a subscription after its month',
      alsoTouches: [],
    },
    (purchase) =>
      purchase.endsAt === null ? undefined : { ...purchase, endsAt: purchase.endsAt + 365 * dayMs },
  ),
  purchaseMutant(
    {
      id: 'plan-ends-a-millisecond-early',
      rule: 'billing.plans.kinds',
      wrong: 'ends a subscription a millisecond early',
      alsoTouches: [],
    },
    (purchase) => (purchase.endsAt === null ? undefined : { ...purchase, endsAt: purchase.endsAt - 1 }),
  ),
  purchaseMutant(
    {
      id: 'plan-ends-after-thirty-days',
      rule: 'billing.plans.kinds',
      wrong: 'takes every month for thirty days',
      alsoTouches: [],
    },
    (purchase) =>
      purchase.endsAt === null ? undefined : { ...purchase, endsAt: purchase.boughtAt + 30 * dayMs },
  ),
  purchaseMutant(
    {
      id: 'plan-second-is-lost',
      rule: 'billing.plans.kinds',
      wrong: 'adds no sends for a second purchase',
      alsoTouches: [],
    },
    (purchase, earlier) => (earlier === 0 ? undefined : { ...purchase, sends: 0 }),
  ),
  storeMutant(
    {
      id: 'send-limit-ignored',
      rule: 'billing.send-limit',
      wrong: 'lets a connection send more than its own limit',
      alsoTouches: [],
    },
    (own, hit) => ({
      readConnection: async (id) => {
        const connection = await own.readConnection(id);
        if (connection === undefined || connection.sendLimit === null) return connection;
        hit();
        return { ...connection, sendLimit: null };
      },
    }),
  ),
  blockLimitMutant(
    {
      id: 'block-at-the-tenth',
      rule: 'connection.block.limit',
      wrong: 'blocks at the tenth send to a bad mailbox',
      alsoTouches: ['connection.unblock.count'],
    },
    -1,
  ),
  blockLimitMutant(
    {
      id: 'block-at-the-twelfth',
      rule: 'connection.block',
      wrong: 'blocks at the twelfth send to a bad mailbox only',
      alsoTouches: ['connection.unblock.count', 'connection.block.limit'],
    },
    1,
  ),
  storeMutant(
    {
      id: 'block-never-forgets',
      rule: 'connection.block.limit',
      wrong: 'counts outcomes that are older than a day towards a block',
      alsoTouches: [],
    },
    (own, hit) => ({
      readBadOutcomes: async (connection, since) => {
        const times = await own.readBadOutcomes(connection, 0);
        if (times.some((at) => at <= since)) hit();
        return times.map((at) => Math.max(at, since + 1));
      },
    }),
  ),
  storeMutant(
    {
      id: 'block-reads-all-outcomes',
      rule: 'connection.unblock.count',
      wrong: 'goes on counting after an unblocking where it stood',
      alsoTouches: [],
    },
    (own, hit) => {
      const seen = new Map<string, readonly number[]>();
      const forgotten = new Map<string, readonly number[]>();
      return {
        setBlocked: async (connection, blocked) => {
          await own.setBlocked(connection, blocked);
          if (blocked) return;
          forgotten.set(connection, [...(forgotten.get(connection) ?? []), ...(seen.get(connection) ?? [])]);
          seen.delete(connection);
        },
        readBadOutcomes: async (connection, since) => {
          const times = await own.readBadOutcomes(connection, since);
          seen.set(connection, times);
          const earlier = forgotten.get(connection) ?? [];
          if (earlier.length > 0) hit();
          return [...earlier, ...times];
        },
      };
    },
  ),
  totalsMutant(
    {
      id: 'statistics-by-another-day',
      rule: 'statistics.totals',
      wrong: 'counts by the days of a time zone an hour ahead',
      alsoTouches: [],
    },
    ({ time, status }) => ({ day: dayOf(time + 60 * 60_000), status }),
  ),
  totalsMutant(
    {
      id: 'statistics-without-bounces',
      rule: 'statistics.totals',
      wrong: 'leaves out of its totals what was not delivered',
      alsoTouches: [],
    },
    ({ time, status }) => (status === 'delivered' ? { day: dayOf(time), status } : undefined),
  ),
];

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

type Counted = Omit<DayCount, 'count'>;

/** A mutant that sums up the rows of the history itself; `undefined` leaves a row out. */
function totalsMutant(
  facts: MutantFacts,
  place: (row: { readonly time: number; readonly status: string }) => Counted | undefined,
): Mutant {
  return storeMutant(facts, (own, hit) => ({
    countByDay: async (account, from, to, connection) => {
      const rows = await own.readHistory(account, { from, to, connection, limit: 1_000 });
      const places = rows.flatMap((row) => place(row) ?? []);
      const right = rows.map(({ time, status }) => ({ day: dayOf(time), status }));
      if (JSON.stringify(places) !== JSON.stringify(right)) hit();
      return sumUp(places);
    },
  }));
}

function sumUp(places: readonly Counted[]): readonly DayCount[] {
  const sums = Map.groupBy(places, ({ day, status }) => `${day} ${status}`);
  return [...sums.values()].flatMap((same) =>
    same.slice(0, 1).map((one) => ({ ...one, count: same.length })),
  );
}
