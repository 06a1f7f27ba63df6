import type { DatabaseSync } from 'node:sqlite';
import { splitDebit } from '../policy/plans.ts';
import type { Submission } from './account-record.ts';
import { monthlyRow } from './sqlite-rows.ts';

/**
 * Takes the sends of a submission, all of them or none, inside the transaction of the caller; whether it did. How they
 * are split over subscriptions and prepaid sends is policy's; the conditions of the UPDATEs are the truth.
 */
export function createDebit(database: DatabaseSync): (submission: Submission) => boolean {
  const useLimit = database.prepare(
    `UPDATE connections SET sends_used = sends_used + :sends
     WHERE id = :connection AND (send_limit IS NULL OR sends_used + :sends <= send_limit)`,
  );
  const selectMonthly = database.prepare(
    `SELECT sequence, sends_left AS left, ends_at AS endsAt FROM monthly_plans
     WHERE account = ? AND ends_at > ? AND sends_left > 0 ORDER BY ends_at, sequence`,
  );
  const takePrepaid = database.prepare(
    `UPDATE accounts SET balance = balance - :prepaid, charged = charged + :sends
     WHERE id = :account AND balance >= :prepaid`,
  );
  const selectPrepaid = database.prepare('SELECT balance FROM accounts WHERE id = ?');
  const takeMonthly = database.prepare(
    'UPDATE monthly_plans SET sends_left = sends_left - ? WHERE sequence = ?',
  );

  const giveBackLimit = database.prepare('UPDATE connections SET sends_used = sends_used - ? WHERE id = ?');

  const takeBalance = ({ account, time }: Submission, sends: number): boolean => {
    const monthly = selectMonthly.all(account, time).map((row) => monthlyRow.parse(row));
    // most accounts have no subscription: one UPDATE says whether the sends are there, and takes them
    if (monthly.length === 0) return takePrepaid.run({ account, sends, prepaid: sends }).changes > 0;
    const prepaid = Number(selectPrepaid.get(account)?.['balance'] ?? 0);
    const debit = splitDebit(sends, prepaid, monthly, time);
    if (debit === undefined) return false;
    takePrepaid.run({ account, sends, prepaid: debit.prepaid });
    for (const each of debit.monthly) takeMonthly.run(each.sends, each.plan.sequence);
    return true;
  };

  return (submission) => {
    const sends = submission.emails.length;
    const { connection } = submission;
    if (useLimit.run({ sends, connection }).changes === 0) return false;
    if (takeBalance(submission, sends)) return true;
    // the transaction may be shared with submissions that are paid, so it cannot be undone as a whole
    giveBackLimit.run(sends, connection);
    return false;
  };
}
