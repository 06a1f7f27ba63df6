import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { emailStatuses, type EmailStatus } from '../../contract/vocabulary.ts';
import { inTransaction } from './group-commit.ts';
import { createHourlyCounter } from './sqlite-history.ts';
import { emailColumns, queuedRow } from './sqlite-rows.ts';
import type { Store } from './store.ts';

type QueueMethods = Pick<
  Store,
  'takeDue' | 'setEmailStatus' | 'readBadOutcomes' | 'hastenDeferred' | 'countDue'
>;

const countedRow = z.object({
  account: z.string(),
  connection: z.string(),
  time: z.int(),
  status: z.enum(emailStatuses),
});

/** The queue, which is the rows of the history that wait, and what becomes of them. */
export function sqliteQueue(database: DatabaseSync): QueueMethods {
  const selectDue = database.prepare(
    `SELECT ${emailColumns}, e.account, e.attempts, m.octets AS message, m.trace, m.queued_at AS queuedAt, a.mailbox_up AS mailboxUp
     FROM emails e JOIN messages m ON m.id = e.message JOIN accounts a ON a.id = e.account
     WHERE e.status IN ('queued', 'deferred') AND e.next_attempt_at <= ?
     ORDER BY e.next_attempt_at, e.sequence LIMIT ?`,
  );
  const selectCounted = database.prepare('SELECT account, connection, time, status FROM emails WHERE id = ?');
  const updateStatus = database.prepare(
    `UPDATE emails SET status = :status, attempts = attempts + 1, next_attempt_at = :nextAttemptAt,
       outcome_at = :at, outcome_sequence = :outcome
     WHERE id = :email`,
  );
  const selectBad = database.prepare(
    `SELECT e.outcome_at AS at FROM emails e JOIN connections c ON c.id = e.connection
     WHERE e.connection = ? AND e.status IN ('bounced', 'rejected')
       AND e.outcome_sequence > c.unblocked_after AND e.outcome_at > ?`,
  );
  const hasten = database.prepare(
    "UPDATE emails SET next_attempt_at = 0 WHERE account = ? AND status = 'deferred'",
  );
  const countWaiting = database.prepare(
    `SELECT count(*) AS due FROM emails WHERE account = ? AND
     (status = 'queued' OR (status = 'deferred' AND next_attempt_at <= ?))`,
  );
  const count = createHourlyCounter(database);
  // counted here and never back: a deleted account takes the newest outcomes with it, but not their numbers
  let outcomes = Number(
    database
      .prepare(
        `SELECT max(coalesce((SELECT max(outcome_sequence) FROM emails), 0),
           coalesce((SELECT max(unblocked_after) FROM connections), 0)) AS newest`,
      )
      .get()?.['newest'],
  );

  const setEmailStatus = (email: string, status: EmailStatus, at: number, nextAttemptAt: number): void => {
    const row = selectCounted.get(email);
    if (row === undefined) return;
    const before = countedRow.parse(row);
    outcomes += 1;
    updateStatus.run({ email, status, at, nextAttemptAt, outcome: outcomes });
    if (before.status === status) return;
    count(before, -1);
    count({ ...before, status }, 1);
  };

  return {
    takeDue: async (wallNow, limit) => selectDue.all(wallNow, limit).map((row) => queuedRow.parse(row)),
    setEmailStatus: async (email, status, at, nextAttemptAt = 0) =>
      inTransaction(database, () => setEmailStatus(email, status, at, nextAttemptAt)),
    readBadOutcomes: async (connection, since) =>
      selectBad.all(connection, since).map((row) => Number(row['at'])),
    hastenDeferred: async (account) => void hasten.run(account),
    countDue: async (account, wallNow) => Number(countWaiting.get(account, wallNow)?.['due']),
  };
}
