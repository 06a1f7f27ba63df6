import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { balanceAt, splitDebit } from '../policy/emailmassivo/plans.ts';
import type { MonthlyRecord, Submission } from './account-record.ts';
import type { NoteChange } from './ledger.ts';
import { monthlyRow } from './sqlite-rows.ts';
import { beforeCommit, onUndone } from './transaction.ts';

/** What a connection may still send in the transaction under way, and what it sent in it. */
interface LimitUse {
  readonly left: number;
  taken: number;
}

/** What an account has at the beginning of the transaction under way, and what was taken in it. */
interface BalanceUse {
  prepaid: number;
  readonly monthly: readonly MonthlyRecord[];
  readonly takenMonthly: Map<number, number>;
  takenPrepaid: number;
  charged: number;
}

const limitRow = z.object({ used: z.int(), limit: z.int().nullable() });
const prepaidRow = z.object({ prepaid: z.int() });

/**
 * Takes the sends of a submission, all of them or none, inside the transaction of the caller; whether it did. How they
 * are split over subscriptions and prepaid sends is policy's. Submissions that share a transaction share one read and one
 * write of what they take from, which nobody else can change meanwhile; the conditions of the UPDATEs are the truth.
 */
export function createDebit(
  database: DatabaseSync,
  noteChange: NoteChange,
): (submission: Submission) => boolean {
  const selectLimit = database.prepare(
    'SELECT sends_used AS used, send_limit AS "limit" FROM connections WHERE id = ?',
  );
  const useLimit = database.prepare(
    `UPDATE connections SET sends_used = sends_used + :sends
     WHERE id = :connection AND (send_limit IS NULL OR sends_used + :sends <= send_limit)`,
  );
  const selectMonthly = database.prepare(
    `SELECT sequence, sends_left AS left, ends_at AS endsAt FROM monthly_plans
     WHERE account = ? AND sends_left > 0 ORDER BY ends_at, sequence`,
  );
  const selectPrepaid = database.prepare('SELECT balance AS prepaid FROM accounts WHERE id = ?');
  const takePrepaid = database.prepare(
    `UPDATE accounts SET balance = balance - :prepaid, charged = charged + :sends
     WHERE id = :account AND balance >= :prepaid`,
  );
  const takeMonthly = database.prepare(
    'UPDATE monthly_plans SET sends_left = sends_left - ? WHERE sequence = ?',
  );

  const limits = new Map<string, LimitUse>();
  const balances = new Map<string, BalanceUse>();
  const forget = (): void => {
    limits.clear();
    balances.clear();
  };

  const limitOf = (connection: string): LimitUse => {
    const found = limits.get(connection);
    if (found !== undefined) return found;
    const row = selectLimit.get(connection);
    // a connection that is gone has nothing left
    const { used, limit } = row === undefined ? { used: 0, limit: 0 } : limitRow.parse(row);
    const fresh: LimitUse = { left: limit === null ? Number.POSITIVE_INFINITY : limit - used, taken: 0 };
    limits.set(connection, fresh);
    return fresh;
  };

  const balanceOf = (account: string): BalanceUse => {
    const found = balances.get(account);
    if (found !== undefined) return found;
    const row = selectPrepaid.get(account);
    const fresh: BalanceUse = {
      prepaid: row === undefined ? 0 : prepaidRow.parse(row).prepaid,
      monthly: selectMonthly.all(account).map((each) => monthlyRow.parse(each)),
      takenMonthly: new Map(),
      takenPrepaid: 0,
      charged: 0,
    };
    balances.set(account, fresh);
    return fresh;
  };

  const takeBalance = ({ account, time, emails }: Submission, sends: number): boolean => {
    const balance = balanceOf(account);
    const monthly = balance.monthly.map((plan) => ({
      ...plan,
      left: plan.left - (balance.takenMonthly.get(plan.sequence) ?? 0),
    }));
    const debit = splitDebit(sends, balance.prepaid - balance.takenPrepaid, monthly, time);
    if (debit === undefined) return false;
    const before = balanceAt(balance.prepaid - balance.takenPrepaid, monthly, time);
    const reference = emails[0]?.id ?? null;
    noteChange(account, { time, kind: 'sent', change: -sends, balance: before - sends, reference });
    balance.takenPrepaid += debit.prepaid;
    balance.charged += sends;
    for (const { plan, sends: taken } of debit.monthly) {
      balance.takenMonthly.set(plan.sequence, (balance.takenMonthly.get(plan.sequence) ?? 0) + taken);
    }
    return true;
  };

  beforeCommit(database, () => {
    for (const [connection, { taken }] of limits) {
      if (taken > 0) demandOne(useLimit.run({ sends: taken, connection }).changes);
    }
    for (const [account, { takenPrepaid, charged, takenMonthly }] of balances) {
      if (charged === 0) continue;
      demandOne(takePrepaid.run({ account, sends: charged, prepaid: takenPrepaid }).changes);
      for (const [sequence, sends] of takenMonthly) demandOne(takeMonthly.run(sends, sequence).changes);
    }
    forget();
  });
  onUndone(database, forget);

  return (submission) => {
    const sends = submission.emails.length;
    const limit = limitOf(submission.connection);
    if (limit.taken + sends > limit.left || !takeBalance(submission, sends)) return false;
    limit.taken += sends;
    return true;
  };
}

/** What was decided on rows of this transaction must fit them when it ends, or nothing of it may stand. */
function demandOne(changes: number | bigint): void {
  if (Number(changes) !== 1) throw new Error('A debit does not fit the rows that it was decided on.');
}
