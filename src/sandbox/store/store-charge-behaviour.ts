import { expect, test } from 'vitest';
import type { ChargeSource, QuotaUse } from '../policy/charge.ts';
import type { NewAccount, Submission } from './account-record.ts';
import type { Store } from './store.ts';
import { chargeOf, newAccount, submission, withAccount, type OpenStore } from './store-behaviour.ts';

const PREPAID: ChargeSource = { kind: 'prepaid' };

/** A submission to so many recipients, with a charge of its own. */
function charged(
  account: NewAccount,
  sends: number,
  charge: Parameters<typeof chargeOf>[1],
  over: Partial<Submission> = {},
): Submission {
  const paths = Array.from({ length: sends }, (_, at) => `r${at}@a.example`);
  return submission(account, paths, { charge: chargeOf(sends, charge), ...over });
}

async function subscribe(store: Store, { id }: NewAccount, sends: number, endsAt: number): Promise<void> {
  const purchase = { kind: 'monthly', sends, cents: 3, boughtAt: 1_000, wallAt: 0 } as const;
  await store.buy(id, { ...purchase, id: `buy-${id}-${endsAt}`, endsAt, idempotencyKey: undefined }, 0);
}

/** The subscriptions of an account as sources, in the order in which they were bought. */
async function subscriptionsOf(store: Store, { id }: NewAccount): Promise<readonly ChargeSource[]> {
  const monthly = (await store.readStanding(id))?.monthly ?? [];
  return monthly
    .toSorted((left, right) => left.sequence - right.sequence)
    .map(({ sequence }) => ({ kind: 'subscription', sequence }));
}

const daily = (sends: number, over: Partial<QuotaUse> = {}): QuotaUse => ({
  quota: 'daily',
  since: 0,
  sends,
  most: 5,
  ...over,
});

/** What every store must do to carry out a charge. */
export function describeCharges(open: OpenStore): void {
  test('a charge takes from its sources in their order, each as far as it goes, and counts it all as charged', () =>
    withAccount(open, async (store, account) => {
      await subscribe(store, account, 2, 9_000);
      await subscribe(store, account, 2, 5_000);
      const [late = PREPAID, soon = PREPAID] = await subscriptionsOf(store, account);
      const sources = [soon, late, PREPAID];
      expect(await store.commit(charged(account, 3, { sources }))).toBe('committed');
      const left = (await store.readStanding(account.id))?.monthly ?? [];
      expect(left.map((each) => [each.left, each.endsAt])).toEqual([[1, 9_000]]);
      expect(await store.readAccount(account.id)).toMatchObject({ prepaid: 10, charged: 3 });
      await store.commit(charged(account, 2, { sources }));
      expect(await store.readAccount(account.id)).toMatchObject({ prepaid: 9, charged: 5, monthly: [] });
    }));

  test('what is no source of a charge pays nothing of it; nothing is taken in part', () =>
    withAccount(
      open,
      async (store, account) => {
        await subscribe(store, account, 2, 5_000);
        const subscriptions = await subscriptionsOf(store, account);
        expect(await store.commit(charged(account, 2, {}))).toBe('overtaken');
        expect(await store.commit(charged(account, 3, { sources: subscriptions }))).toBe('overtaken');
        expect(await store.commit(charged(account, 4, { sources: [...subscriptions, PREPAID] }))).toBe(
          'overtaken',
        );
        expect(await store.readStanding(account.id)).toMatchObject({ prepaid: 1, monthly: [{ left: 2 }] });
        expect(await store.readAccount(account.id)).toMatchObject({ charged: 0 });
      },
      { prepaid: 1 },
    ));

  test('another account’s subscription, or one that is gone, pays nothing', () =>
    withAccount(
      open,
      async (store, account) => {
        const other = newAccount();
        await store.createAccount(other);
        await subscribe(store, other, 2, 5_000);
        const sources = [...(await subscriptionsOf(store, other)), PREPAID];
        expect(await store.commit(charged(account, 2, { sources }))).toBe('overtaken');
        expect(await store.readStanding(other.id)).toMatchObject({ monthly: [{ left: 2 }] });
        await store.setBalance(other.id, 1);
        expect(await store.commit(charged(other, 2, { sources }))).toBe('overtaken');
        expect(await store.commit(charged(other, 1, { sources }))).toBe('committed');
      },
      { prepaid: 1 },
    ));

  test('submissions that arrive together share subscriptions, balance and limit, to the last send', () =>
    withAccount(
      open,
      async (store, account) => {
        const connection = account.connections[0]?.id ?? '';
        await subscribe(store, account, 3, 5_000);
        const sources = [...(await subscriptionsOf(store, account)), PREPAID];
        const together = (...sends: readonly number[]) =>
          Promise.all(sends.map((count) => store.commit(charged(account, count, { sources }))));
        // five sends: the third submission has no more than one left, which the fourth takes
        expect(await together(2, 2, 2, 1, 1)).toEqual([
          'committed',
          'committed',
          'overtaken',
          'committed',
          'overtaken',
        ]);
        expect(await store.readAccount(account.id)).toMatchObject({ prepaid: 0, charged: 5, monthly: [] });
        expect(await store.countByDay(account.id, 0, 86_400_000)).toEqual([
          { day: '1970-01-01', status: 'queued', count: 5 },
        ]);
        await store.setBalance(account.id, 10);
        await store.setSendLimit(connection, 7);
        expect(await together(1, 2, 1)).toEqual(['committed', 'overtaken', 'committed']);
        expect(await store.readAccount(account.id)).toMatchObject({ prepaid: 8, charged: 7 });
        expect(await store.readConnection(connection)).toMatchObject({ sendsUsed: 7 });
      },
      { prepaid: 2 },
    ));

  test('a bill is never used up, and the ledger has nothing to say of it', () =>
    withAccount(
      open,
      async (store, account) => {
        expect(await store.commit(charged(account, 40, { sources: [{ kind: 'bill' }] }))).toBe('committed');
        expect(await store.readAccount(account.id)).toMatchObject({ prepaid: 0, charged: 40 });
        const ledger = await store.readLedger(account.id, { after: 0, limit: 9, newestFirst: false });
        expect(ledger.map(({ kind }) => kind)).toEqual(['opened']);
      },
      { prepaid: 0 },
    ));

  test('a quota refuses whole what would pass it, among submissions that arrive together too', () =>
    withAccount(open, async (store, account) => {
      const send = (sends: number) => store.commit(charged(account, sends, { quotas: [daily(sends)] }));
      expect(await Promise.all([send(3), send(3), send(2), send(1)])).toEqual([
        'committed',
        'overtaken',
        'committed',
        'overtaken',
      ]);
      expect(await store.readAccount(account.id)).toMatchObject({ prepaid: 5, charged: 5 });
      expect(await store.readQuotaUse(account.id, { quota: 'daily', since: 0 })).toBe(5);
      expect(await store.countDue(account.id, 0)).toBe(5);
    }));

  test('a quota rolls along, use by use, and counts by account and by name', () =>
    withAccount(open, async (store, account) => {
      const send = (time: number, sends: number, over: Partial<QuotaUse> = {}) =>
        store.commit(
          charged(account, sends, { quotas: [daily(sends, { since: time - 1_000, ...over })] }, { time }),
        );
      const use = (since: number, quota = 'daily') => store.readQuotaUse(account.id, { quota, since });
      expect([await send(1_000, 3), await send(1_500, 2), await send(1_999, 1)]).toEqual([
        'committed',
        'committed',
        'overtaken',
      ]);
      expect([await use(999), await use(1_000), await use(1_500)]).toEqual([5, 2, 0]);
      // the first use left the window at its very end
      expect([await send(2_000, 3), await send(2_000, 1)]).toEqual(['committed', 'overtaken']);
      expect(await send(2_000, 1, { quota: 'per second' })).toBe('committed');
      expect(await use(0, 'per second')).toBe(1);
      const other = newAccount();
      await store.createAccount(other);
      expect(await store.commit(charged(other, 5, { quotas: [daily(5)] }))).toBe('committed');
    }));

  test('what a quota refuses leaves all others as they were', () =>
    withAccount(open, async (store, account) => {
      const quotas = [daily(2), daily(2, { quota: 'per second', most: 1 })];
      expect(await store.commit(charged(account, 2, { quotas }))).toBe('overtaken');
      expect(await store.readQuotaUse(account.id, { quota: 'daily', since: 0 })).toBe(0);
      expect(await store.readAccount(account.id)).toMatchObject({ prepaid: 10, charged: 0 });
      expect(await store.readConnection(account.connections[0]?.id ?? '')).toMatchObject({ sendsUsed: 0 });
    }));
}
