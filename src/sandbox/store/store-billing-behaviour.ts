import { expect, test } from 'vitest';
import type { NewPurchase } from './account-record.ts';
import { newAccount, submission, withAccount, type OpenStore } from './store-behaviour.ts';

const day = 24 * 60 * 60_000;

let purchases = 0;

function purchase(over: Partial<NewPurchase> = {}): NewPurchase {
  return {
    id: `buy-${(purchases += 1)}`,
    kind: 'prepaid',
    sends: 5,
    cents: 3,
    boughtAt: 1_000,
    endsAt: null,
    idempotencyKey: undefined,
    wallAt: 0,
    ...over,
  };
}

/** What every store must do about plans, limits, counts and outcomes. */
export function describeBilling(open: OpenStore): void {
  test('a purchase adds its sends at once; the same key buys once, for as long as the caller says', () =>
    withAccount(open, async (store, { id }) => {
      const first = await store.buy(id, purchase({ id: 'buy-1', idempotencyKey: 'k', wallAt: 10 }), 0);
      const again = await store.buy(id, purchase({ id: 'buy-2', idempotencyKey: 'k', wallAt: 20 }), 9);
      expect(again).toEqual(first);
      expect(await store.readAccount(id)).toMatchObject({ prepaid: 15 });
      await store.buy(id, purchase({ id: 'buy-3', idempotencyKey: 'k', wallAt: 20 }), 10);
      expect((await store.readPurchases(id)).map((each) => each.id)).toEqual(['buy-1', 'buy-3']);
    }));

  test('setting the balance ends subscriptions', () =>
    withAccount(open, async (store, account) => {
      await store.buy(account.id, purchase({ kind: 'monthly', endsAt: 5_000 }), 0);
      await store.setBalance(account.id, 7);
      expect(await store.readStanding(account.id)).toMatchObject({ prepaid: 7, monthly: [] });
    }));

  test('a connection’s limit is used by what was committed, and a refused commit gives it back', () =>
    withAccount(open, async (store, account) => {
      const connection = account.connections[0]?.id ?? '';
      await store.setSendLimit(connection, 3);
      await store.commit(submission(account, ['a@a.example', 'b@a.example']));
      expect(await store.commit(submission(account, ['c@a.example', 'd@a.example']))).toBe('overtaken');
      expect(await store.readConnection(connection)).toMatchObject({ sendLimit: 3, sendsUsed: 2 });
      await store.setBalance(account.id, 0);
      expect(await store.commit(submission(account, ['c@a.example']))).toBe('overtaken');
      expect(await store.readConnection(connection)).toMatchObject({ sendsUsed: 2 });
    }));

  test('what fails among submissions that arrive together leaves debit and counts of the others as they are', () =>
    withAccount(open, async (store, account) => {
      const twice = submission(account, ['b@a.example']);
      await store.commit(twice);
      const outcomes = await Promise.allSettled([
        store.commit(submission(account, ['c@a.example', 'd@a.example'])),
        // ids of emails are unique
        store.commit(twice),
        store.commit(submission(account, ['e@a.example'])),
      ]);
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await store.readAccount(account.id)).toMatchObject({ prepaid: 6, charged: 4 });
      expect(await store.readConnection(account.connections[0]?.id ?? '')).toMatchObject({ sendsUsed: 4 });
      expect(await store.countByDay(account.id, 0, day)).toEqual([
        { day: '1970-01-01', status: 'queued', count: 4 },
      ]);
      expect(await store.countDue(account.id, 0)).toBe(4);
      expect((await store.readHistory(account.id, { limit: 10 })).map(({ recipient }) => recipient)).toEqual([
        'b@a.example',
        'c@a.example',
        'd@a.example',
        'e@a.example',
      ]);
    }));

  test('what is accepted later stands later in the history, also where the clock was set back', () =>
    withAccount(open, async (store, account) => {
      for (const [at, time] of [5_000, 1_000, 4_000, 6_000].entries()) {
        await store.commit(submission(account, [`r${at}@a.example`], { time }));
      }
      const rows = await store.readHistory(account.id, { limit: 9 });
      expect(rows.map(({ recipient, time }) => [recipient, time])).toEqual([
        ['r0@a.example', 5_000],
        ['r1@a.example', 5_000],
        ['r2@a.example', 5_000],
        ['r3@a.example', 6_000],
      ]);
    }));

  test('history comes by page and by filter, in the order of time and sequence', () =>
    withAccount(open, async (store, account) => {
      for (const time of [1_000, 2_000, 2_000, 3_000]) {
        await store.commit(submission(account, [`r${time}@a.example`], { time }));
      }
      const first = await store.readHistory(account.id, { limit: 2 });
      expect(first.map((row) => row.time)).toEqual([1_000, 2_000]);
      const after = first[1];
      const rest = await store.readHistory(account.id, { limit: 9, after });
      expect(rest.map((row) => row.time)).toEqual([2_000, 3_000]);
      const between = await store.readHistory(account.id, {
        limit: 9,
        from: 2_000,
        to: 3_000,
        status: 'queued',
      });
      expect(between).toHaveLength(2);
      expect(await store.readHistory(account.id, { limit: 9, status: 'delivered' })).toEqual([]);
      expect(await store.readHistory(account.id, { limit: 9, connection: 'other' })).toEqual([]);
    }));

  test('counts follow each status, by day in UTC, whole hours and parts of them', () =>
    withAccount(open, async (store, account) => {
      for (const time of [0, 59 * 60_000, day - 1, day, day + 90 * 60_000]) {
        await store.commit(submission(account, ['x@a.example'], { time }));
      }
      const [email] = await store.takeDue(0, 1);
      await store.setEmailStatus(email?.id ?? '', { status: 'delivered', at: 5, wallAt: 0 });
      expect(await store.countByDay(account.id, 0, 3 * day)).toEqual([
        { day: '1970-01-01', status: 'delivered', count: 1 },
        { day: '1970-01-01', status: 'queued', count: 2 },
        { day: '1970-01-02', status: 'queued', count: 2 },
      ]);
      expect(await store.countByDay(account.id, 30 * 60_000, day + 60 * 60_000)).toEqual([
        { day: '1970-01-01', status: 'queued', count: 2 },
        { day: '1970-01-02', status: 'queued', count: 1 },
      ]);
      expect(await store.countByDay(account.id, 10, 20)).toEqual([]);
      expect(await store.countByDay(account.id, 0, 3 * day, 'other')).toEqual([]);
    }));

  test('bad outcomes count until the connection is unblocked, and anew from there', () =>
    withAccount(open, async (store, account) => {
      const connection = account.connections[0]?.id ?? '';
      await store.commit(submission(account, ['a@a.example', 'b@a.example', 'c@a.example', 'd@a.example']));
      const [one, two, three, four] = await store.takeDue(0, 4);
      await store.setEmailStatus(one?.id ?? '', { status: 'bounced', at: 10, wallAt: 0 });
      await store.setEmailStatus(two?.id ?? '', { status: 'rejected', at: 20, wallAt: 0 });
      await store.setEmailStatus(three?.id ?? '', { status: 'delivered', at: 20, wallAt: 0 });
      expect(await store.readBadOutcomes(connection, 0)).toEqual([10, 20]);
      expect(await store.readBadOutcomes(connection, 10)).toEqual([20]);
      await store.setBlocked(connection, true);
      expect(await store.readBadOutcomes(connection, 0)).toHaveLength(2);
      await store.setBlocked(connection, false);
      expect(await store.readBadOutcomes(connection, 0)).toEqual([]);
      await store.setEmailStatus(four?.id ?? '', { status: 'bounced', at: 20, wallAt: 0 });
      expect(await store.readBadOutcomes(connection, 0)).toEqual([20]);
    }));

  test('an outcome after the unblocking counts although a deleted account took newer ones with it', () =>
    withAccount(open, async (store, account) => {
      const connection = account.connections[0]?.id ?? '';
      const other = newAccount();
      await store.createAccount(other);
      await store.commit(submission(account, ['a@a.example', 'b@a.example']));
      await store.commit(submission(other, ['c@a.example']));
      const [before, after, theirs] = await store.takeDue(0, 3);
      await store.setEmailStatus(before?.id ?? '', { status: 'bounced', at: 10, wallAt: 0 });
      await store.setEmailStatus(theirs?.id ?? '', { status: 'bounced', at: 10, wallAt: 0 });
      await store.setBlocked(connection, true);
      await store.setBlocked(connection, false);
      await store.deleteAccount(other.id);
      await store.setEmailStatus(after?.id ?? '', { status: 'bounced', at: 20, wallAt: 0 });
      expect(await store.readBadOutcomes(connection, 0)).toEqual([20]);
    }));
}
