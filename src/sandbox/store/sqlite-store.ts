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
import { schemaVersion, sqliteSchema } from './sqlite-schema.ts';
import { createSubmissionWriter } from './sqlite-submissions.ts';
import type { Store } from './store.ts';

/** A database that cannot be used, and what to do about it. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

/**
 * A store on SQLite: in a file that survives a killed process (WAL), or in memory (`:memory:`). Throws {@link StoreError}
 * where another process has the file, or where it is none of ours.
 */
export function openSqliteStore(location: string): Store {
  const database = openDatabase(location);
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

function openDatabase(location: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(location);
    // exclusive: what is remembered of the tables is true only as long as nobody else writes to them
    database.exec(
      `PRAGMA page_size = 8192; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
       PRAGMA foreign_keys = ON;`,
    );
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
    const isNew = database.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
    if (!isNew && version !== schemaVersion) {
      throw new StoreError(
        `${location} was written by another version of Gauntlet. Begin with a new folder.`,
      );
    }
    database.exec(`${sqliteSchema} PRAGMA user_version = ${schemaVersion};`);
    return database;
  } catch (fault) {
    database?.close();
    throw explainFault(location, fault);
  }
}

/** The faults of opening that a person can do something about, by SQLite's numbers. */
function explainFault(location: string, fault: unknown): unknown {
  const number = fault instanceof Error && 'errcode' in fault ? fault.errcode : undefined;
  switch (number) {
    case SQLITE_BUSY:
      return new StoreError(
        `${location} is in use by another sandbox. End that one, or name another folder.`,
        {
          cause: fault,
        },
      );
    case SQLITE_NOTADB:
      return new StoreError(`${location} is no database. Begin with a new folder.`, { cause: fault });
    default:
      return fault;
  }
}

const SQLITE_BUSY = 5;
const SQLITE_NOTADB = 26;
