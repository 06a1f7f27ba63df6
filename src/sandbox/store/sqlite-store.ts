import { DatabaseSync } from 'node:sqlite';
import { createGroupCommit } from './group-commit.ts';
import { sqliteAccounts } from './sqlite-accounts.ts';
import { sqliteFacts } from './sqlite-facts.ts';
import { sqliteHistory } from './sqlite-history.ts';
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
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
  database.exec(sqliteSchema);
  return {
    ...sqliteAccounts(database),
    ...sqliteFacts(database),
    ...sqliteQueue(database),
    ...sqliteHistory(database),
    ...sqlitePurchases(database),
    commit: createGroupCommit(database, createSubmissionWriter(database)),
    [Symbol.asyncDispose]: async () => database.close(),
  };
}
