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
  const columns =
    'account, connection, message, time, sender, subject, message_id, size, status, id, recipient';
  const addEmail = database.prepare(
    `INSERT INTO emails (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?)`,
  );
  // one statement for many is a third cheaper than one for each, and dearer for one
  const addEmails = database.prepare(
    `INSERT INTO emails (${columns})
     SELECT ?, ?, ?, ?, ?, ?, ?, ?, 'queued', value ->> 0, value ->> 1 FROM json_each(?)`,
  );
  return (submission) => {
    const { account, connection, time, reversePath, subject, messageId, emails, message } = submission;
    const sends = emails.length;
    if (!debit(submission)) return 'overtaken';
    const row = addMessage.run(message, submission.trace, submission.queuedAt).lastInsertRowid;
    const shared = [account, connection, row, time, reversePath, subject, messageId, message.length] as const;
    const each = emails.map(({ id, forwardPath }) => [id, forwardPath] as const);
    const [only] = each;
    if (only !== undefined && sends === 1) addEmail.run(...shared, ...only);
    else addEmails.run(...shared, JSON.stringify(each));
    count({ ...submission, status: 'queued' }, sends);
    return 'committed';
  };
}
