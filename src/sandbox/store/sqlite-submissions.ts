import type { DatabaseSync } from 'node:sqlite';
import type { Submission } from './account-record.ts';
import { createDebit } from './sqlite-debit.ts';
import type { NoteChange } from './ledger.ts';
import type { CountHourly } from './sqlite-history.ts';
import type { CommitResult } from './store.ts';
import { onUndone } from './transaction.ts';

/**
 * The debit, the message, its history rows and its queue entries (a row with status `queued` is one), inside the
 * transaction of the caller.
 */
export function createSubmissionWriter(
  database: DatabaseSync,
  count: CountHourly,
  noteChange: NoteChange,
): (submission: Submission) => CommitResult {
  const debit = createDebit(database, noteChange);
  const addMessage = database.prepare(
    'INSERT INTO messages (trace, queued_at, waiting, size) VALUES (?, ?, ?, ?)',
  );
  const addBody = database.prepare('INSERT INTO bodies (message, octets) VALUES (?, ?)');
  const newest = createNewestTimes(database);
  const columns =
    'account, connection, session, message, time, sender, subject, message_id, size, status, id, recipient';
  const addEmail = database.prepare(
    `INSERT INTO emails (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?)`,
  );
  // one statement for many is a third cheaper than one for each, and dearer for one
  const addEmails = database.prepare(
    `INSERT INTO emails (${columns})
     SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', value ->> 0, value ->> 1 FROM json_each(?)`,
  );
  return (submission) => {
    const { account, connection, session, reversePath, subject, messageId, emails, message } = submission;
    const sends = emails.length;
    if (!debit(submission)) return 'overtaken';
    const time = newest.atLeast(account, submission.time);
    const row = addMessage.run(submission.trace, submission.queuedAt, sends, message.length).lastInsertRowid;
    addBody.run(row, message);
    const shared = [
      account,
      connection,
      session,
      row,
      time,
      reversePath,
      subject,
      messageId,
      message.length,
    ] as const;
    const each = emails.map(({ id, forwardPath }) => [id, forwardPath] as const);
    const [only] = each;
    if (only !== undefined && sends === 1) addEmail.run(...shared, ...only);
    else addEmails.run(...shared, JSON.stringify(each));
    count({ ...submission, time, status: 'queued' }, sends);
    return 'committed';
  };
}

/** Accounts whose newest time is remembered; past that all are read again when asked for. */
const ACCOUNTS_HELD = 10_000;

/**
 * The time of each account's newest email. A new one is never written before it, also where the machine's clock was set
 * back: the history is read in the order of time, and what was accepted later stands later.
 */
function createNewestTimes(database: DatabaseSync): { atLeast(account: string, time: number): number } {
  const select = database.prepare(
    'SELECT time FROM emails WHERE account = ? ORDER BY time DESC, sequence DESC LIMIT 1',
  );
  const held = new Map<string, number>();
  onUndone(database, () => held.clear());
  return {
    atLeast: (account, time) => {
      const newest = held.get(account) ?? Number(select.get(account)?.['time'] ?? Number.NEGATIVE_INFINITY);
      const later = Math.max(newest, time);
      if (held.size >= ACCOUNTS_HELD) held.clear();
      held.set(account, later);
      return later;
    },
  };
}
