import type { DatabaseSync } from 'node:sqlite';
import type { Submission } from './account-record.ts';
import type { CommitResult } from './store.ts';

/**
 * The debit, the message, its history rows and its queue entries (a row with status `queued` is one), inside the
 * transaction of the caller. The conditional UPDATE is the truth about the balance: it takes all sends or none.
 */
export function createSubmissionWriter(database: DatabaseSync): (submission: Submission) => CommitResult {
  const debit = database.prepare(
    'UPDATE accounts SET balance = balance - :sends, charged = charged + :sends WHERE id = :account AND balance >= :sends',
  );
  const addMessage = database.prepare('INSERT INTO messages (account, octets, trace) VALUES (?, ?, ?)');
  const addEmail = database.prepare(
    `INSERT INTO emails (id, account, connection, message, time, sender, recipient, subject, message_id, size, status)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued')`,
  );
  return (submission) => {
    const sends = submission.emails.length;
    if (debit.run({ sends, account: submission.account }).changes === 0) return 'overtaken';
    const message = addMessage.run(submission.account, submission.message, submission.trace).lastInsertRowid;
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
    return 'committed';
  };
}
