import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { EmailEnded } from './ended-messages.ts';
import type { CountHourly } from './sqlite-history.ts';
import type { Store } from './store.ts';

type QueueMethods = Pick<Store, 'readBadOutcomes' | 'makeDeferredDue' | 'capNextAttempts' | 'countDue'> & {
  /** Writes an outcome, inside the transaction of the caller. */
  writeStatus(...outcome: Parameters<Store['setEmailStatus']>): void;
};

const countedRow = z.object({
  account: z.string(),
  connection: z.string(),
  time: z.int(),
  message: z.int(),
  status: z.string(),
});

/** What becomes of the emails of the queue, which are the rows of the history that wait. */
export function sqliteQueue(
  database: DatabaseSync,
  count: CountHourly,
  emailEnded: EmailEnded,
): QueueMethods {
  const selectCounted = database.prepare(
    'SELECT account, connection, time, message, status FROM emails WHERE id = ?',
  );
  const updateStatus = database.prepare(
    `UPDATE emails SET status = :status, attempts = attempts + 1, next_attempt_at = :nextAttemptAt,
       outcome_at = :at, outcome_sequence = :outcome, reason = :reason
     WHERE id = :email`,
  );
  const selectBad = database.prepare(
    `SELECT e.outcome_at AS at FROM emails e JOIN connections c ON c.id = e.connection
     WHERE e.connection = ? AND e.status IN ('bounced', 'rejected')
       AND e.outcome_sequence > c.unblocked_after AND e.outcome_at > ?`,
  );
  const hasten = database.prepare(
    // "<> 'queued'" is the condition of an index, word for word
    "UPDATE emails SET next_attempt_at = 0 WHERE account = ? AND status = 'deferred' AND status <> 'queued'",
  );
  const cap = database.prepare(
    `UPDATE emails SET next_attempt_at = :latest
     WHERE status IN ('queued', 'deferred') AND next_attempt_at > :latest`,
  );
  const countWaiting = database.prepare(
    `SELECT (SELECT coalesce(sum(count), 0) FROM hourly_counts WHERE account = :account AND status = 'queued') +
       (SELECT count(*) FROM emails WHERE account = :account AND status = 'deferred' AND status <> 'queued'
        AND next_attempt_at <= :wallNow) AS due`,
  );
  // counted here and never back: a deleted account takes the newest outcomes with it, but not their numbers
  let outcomes = Number(
    database
      .prepare(
        `SELECT max(coalesce((SELECT max(outcome_sequence) FROM emails), 0),
           coalesce((SELECT max(unblocked_after) FROM connections), 0)) AS newest`,
      )
      .get()?.['newest'],
  );

  const writeStatus: QueueMethods['writeStatus'] = (email, { status, at, wallAt, nextAttemptAt, reason }) => {
    const row = selectCounted.get(email);
    if (row === undefined) return;
    const before = countedRow.parse(row);
    outcomes += 1;
    updateStatus.run({
      email,
      status,
      at,
      nextAttemptAt: nextAttemptAt ?? 0,
      outcome: outcomes,
      reason: reason ?? null,
    });
    if (waits(before.status) && !waits(status)) emailEnded(before.message, wallAt);
    if (before.status === status) return;
    count(before, -1);
    count({ ...before, status }, 1);
  };

  return {
    writeStatus,
    readBadOutcomes: async (connection, since) =>
      selectBad.all(connection, since).map((row) => Number(row['at'])),
    makeDeferredDue: async (account) => void hasten.run(account),
    capNextAttempts: async (latest) => void cap.run({ latest }),
    countDue: async (account, wallNow) => Number(countWaiting.get({ account, wallNow })?.['due']),
  };
}

/** Whether an email of this status is still to be tried. */
function waits(status: string): boolean {
  return status === 'queued' || status === 'deferred';
}
