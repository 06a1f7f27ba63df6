import type { DatabaseSync } from 'node:sqlite';
import type { Submission } from './account-record.ts';
import { createDebit } from './sqlite-debit.ts';
import type { CountHourly } from './sqlite-history.ts';
import type { CommitResult } from './store.ts';

/**
 * The debit, the message, its history rows and its queue entries (a row with status `queued` is one), inside the
 * transaction of the caller.
 */
export function createSubmissionWriter(
  database: DatabaseSync,
  count: CountHourly,
): (submission: Submission) => CommitResult {
  const debit = createDebit(database);
  const addMessage = database.prepare('INSERT INTO messages (octets, trace, queued_at) VALUES (?, ?, ?)');
  const addEmail = database.prepare(
    `INSERT INTO emails (id, account, connection, message, time, sender, recipient, subject, message_id, size, status)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued')`,
  );
  return (submission) => {
    const sends = submission.emails.length;
    if (!debit(submission)) return 'overtaken';
    const message = addMessage.run(submission.message, submission.trace, submission.queuedAt).lastInsertRowid;
    for (const email of submission.emails) {
      addEmail.run(
        email.id,
        submission.account,
        submission.connection,
        message,
        submission.time,
        submission.reversePath,
        email.forwardPath,
        submission.subject,
        submission.messageId,
        submission.message.length,
      );
    }
    count({ ...submission, status: 'queued' }, sends);
    return 'committed';
  };
}
