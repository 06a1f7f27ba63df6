import type { DatabaseSync } from 'node:sqlite';
import { emailColumns, emailRow, queuedRow } from './sqlite-rows.ts';
import type { Store } from './store.ts';

type QueueMethods = Pick<Store, 'readHistory' | 'takeDue' | 'setEmailStatus' | 'hastenDeferred' | 'countDue'>;

/** The send history, and the queue, which is its rows that wait. */
export function sqliteQueue(database: DatabaseSync): QueueMethods {
  const selectHistory = database.prepare(
    `SELECT ${emailColumns} FROM emails e WHERE account = ? ORDER BY time, sequence`,
  );
  const selectDue = database.prepare(
    `SELECT ${emailColumns}, e.account, e.attempts, m.octets AS message, m.trace, a.mailbox_up AS mailboxUp
     FROM emails e JOIN messages m ON m.id = e.message JOIN accounts a ON a.id = e.account
     WHERE e.status IN ('queued', 'deferred') AND e.next_attempt_at <= ?
     ORDER BY e.next_attempt_at, e.sequence LIMIT ?`,
  );
  const updateStatus = database.prepare(
    'UPDATE emails SET status = ?, attempts = attempts + 1, next_attempt_at = ? WHERE id = ?',
  );
  const hasten = database.prepare(
    "UPDATE emails SET next_attempt_at = 0 WHERE account = ? AND status = 'deferred'",
  );
  const count = database.prepare(
    `SELECT count(*) AS due FROM emails WHERE account = ? AND
     (status = 'queued' OR (status = 'deferred' AND next_attempt_at <= ?))`,
  );

  return {
    readHistory: async (account) => selectHistory.all(account).map((row) => emailRow.parse(row)),
    takeDue: async (wallNow, limit) => selectDue.all(wallNow, limit).map((row) => queuedRow.parse(row)),
    setEmailStatus: async (email, status, nextAttemptAt = 0) =>
      void updateStatus.run(status, nextAttemptAt, email),
    hastenDeferred: async (account) => void hasten.run(account),
    countDue: async (account, wallNow) => Number(count.get(account, wallNow)?.['due']),
  };
}
