import type { DatabaseSync } from 'node:sqlite';

/** What follows the transactions of a database. */
interface Followers {
  readonly beforeCommit: (() => void)[];
  readonly afterUndone: (() => void)[];
}

const followers = new WeakMap<DatabaseSync, Followers>();

function followersOf(database: DatabaseSync): Followers {
  const found = followers.get(database);
  if (found !== undefined) return found;
  const fresh: Followers = { beforeCommit: [], afterUndone: [] };
  followers.set(database, fresh);
  return fresh;
}

/** Runs the work in one transaction, undone where it throws, or where what is done before the commit throws. */
export function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  const follow = followersOf(database);
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    for (const write of follow.beforeCommit) write();
    database.exec('COMMIT');
    return result;
  } catch (fault) {
    // a full disk makes SQLite undo all of it by itself, and then there is nothing left to undo
    if (database.isTransaction) database.exec('ROLLBACK');
    for (const hear of follow.afterUndone) hear();
    throw fault;
  }
}

/** Calls `write` at the end of each transaction, inside it: sums that were kept while it went on are written once. */
export function beforeCommit(database: DatabaseSync, write: () => void): void {
  followersOf(database).beforeCommit.push(write);
}

/** Calls `hear` after work on the database was undone: what it told while it was done is not so. */
export function onUndone(database: DatabaseSync, hear: () => void): void {
  followersOf(database).afterUndone.push(hear);
}
