import { DatabaseSync } from 'node:sqlite';
import { acceptedMails } from './accepted-mails.ts';
import { dueEmails } from './due-emails.ts';
import { createGroupCommit } from './group-commit.ts';
import { rememberReads } from './remembered-reads.ts';
import { sqliteAccounts } from './sqlite-accounts.ts';
import { sqliteFacts } from './sqlite-facts.ts';
import { createHourlyCounter, sqliteHistory } from './sqlite-history.ts';
import { sqlitePurchases } from './sqlite-purchases.ts';
import { sqliteQueue } from './sqlite-queue.ts';
import { sqliteSchema } from './sqlite-schema.ts';
import { createSubmissionWriter } from './sqlite-submissions.ts';
import type { Store } from './store.ts';

/**
 * A store on SQLite: in a file that survives a killed process (WAL), or in memory (`:memory:`).
 */
export function openSqliteStore(location: string): Store {
  const database = new DatabaseSync(location);
  // exclusive: what is remembered of the tables is true only as long as nobody else writes to them
  database.exec(
    `PRAGMA page_size = 8192; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
     PRAGMA foreign_keys = ON;`,
  );
  database.exec(sqliteSchema);
  const commits = createGroupCommit(database);
  const count = createHourlyCounter(database);
  const write = createSubmissionWriter(database, count);
  const accounts = sqliteAccounts(database);
  const facts = sqliteFacts(database);
  const { writeStatus, ...queue } = sqliteQueue(database, count);
  return {
    ...accounts,
    ...facts,
    ...acceptedMails(database, commits),
    ...rememberReads(database, { ...accounts, ...facts }),
    ...queue,
    ...dueEmails(database),
    ...sqliteHistory(database),
    ...sqlitePurchases(database),
    commit: (submission) => commits.join(() => write(submission)),
    setEmailStatus: (...outcome) => commits.join(() => writeStatus(...outcome)),
    [Symbol.asyncDispose]: async () => {
      commits.flush();
      database.close();
    },
  };
}
