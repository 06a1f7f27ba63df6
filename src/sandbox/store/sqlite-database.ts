import { chmodSync, closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { applicationId, schemaVersion, sqliteSchema } from './sqlite-schema.ts';
import { inTransaction } from './transaction.ts';

/** A database that cannot be used, and what to do about it. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

/** The location that is no file. */
const MEMORY = ':memory:';

/**
 * What a killed process may take: nothing that was committed. What a power cut may take: whole commits since the last
 * checkpoint, never a part of one. FULL would keep these too, at a wait for the disk in each commit: 225 commits a second
 * in place of 8,800 where this was measured, which is more than a sandbox is worth.
 */
export const SYNCHRONOUS = 'NORMAL';

/**
 * Opens a database, made whole or not at all where it is new. Throws {@link StoreError} where it cannot be used, and has
 * then written nothing to it. The file can be read by its owner alone, whatever folder it is in.
 */
export function openDatabase(location: string): DatabaseSync {
  if (location !== MEMORY) {
    refuseForeignFile(location);
    protectFile(location);
    refuseDamagedWithLog(location);
  }
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(location);
    // exclusive: what is remembered of the tables is true only as long as nobody else writes to them
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA foreign_keys = ON;');
    if (isEmpty(database)) create(database);
    else refuseDamaged(database, location);
    // asked for after all checks: it is written to the file
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = ${SYNCHRONOUS}; PRAGMA journal_size_limit = ${JOURNAL_OCTETS};`,
    );
    return database;
  } catch (fault) {
    database?.close();
    throw explainFault(location, fault);
  }
}

/** Octets that the write-ahead log keeps on disk after its pages are in the database. */
const JOURNAL_OCTETS = 16 * 1024 * 1024;

function isEmpty(database: DatabaseSync): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
}

/** All tables in one transaction: a process that is killed here leaves an empty file, which the next start fills. */
function create(database: DatabaseSync): void {
  // incremental: the space of deleted bodies can be given back without writing the whole file anew
  database.exec('PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL;');
  inTransaction(database, () => {
    database.exec(
      `${sqliteSchema} PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion};`,
    );
  });
}

/**
 * Looks through what a killed process left, without writing to it: a connection that may write would, when it is closed,
 * put the log into a database that is damaged, and take the log away.
 */
function refuseDamagedWithLog(location: string): void {
  const log = statSync(`${location}-wal`, { throwIfNoEntry: false });
  if (log === undefined || log.size === 0) return;
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(location, { readOnly: true });
    if (!isEmpty(database)) refuseDamaged(database, location);
  } catch (fault) {
    throw explainFault(location, fault);
  } finally {
    database?.close();
  }
}

function refuseDamaged(database: DatabaseSync, location: string): void {
  const number = (pragma: string) =>
    Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]);
  const id = number('application_id');
  // 0 is what versions before the mark wrote
  if (id !== applicationId && id !== 0) {
    throw new StoreError(`${location} was written by another program. Begin with a new folder.`);
  }
  if (id === 0 || number('user_version') !== schemaVersion) {
    throw new StoreError(`${location} was written by another version of Gauntlet. Begin with a new folder.`);
  }
  // table by table: a check of all would read the search index against itself, which takes longer than all the rest
  for (const table of ['sqlite_schema', ...storedTables(database)]) {
    const [first] = Object.values(database.prepare(`PRAGMA quick_check(${table})`).get() ?? {});
    if (first !== 'ok') throw damaged(location, new Error(String(first)));
  }
}

/** The tables that have pages of their own; their names are those of the schema. */
function storedTables(database: DatabaseSync): readonly string[] {
  return database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
    .all()
    .map((row) => `"${String(row['name']).replaceAll('"', '""')}"`);
}

/** Looks at the first octets, before SQLite may write anything: a file that is no database stays as it is. */
function refuseForeignFile(location: string): void {
  const begin = Buffer.alloc(MAGIC.length);
  let octets: number;
  try {
    if (!existsSync(location)) return;
    const file = openSync(location, 'r');
    octets = readSync(file, begin, 0, begin.length, 0);
    closeSync(file);
  } catch (fault) {
    throw explainFault(location, fault);
  }
  if (octets > 0 && !begin.equals(MAGIC)) {
    throw new StoreError(`${location} is no database. Begin with a new folder.`);
  }
}

/** How every database of SQLite begins. */
const MAGIC = Buffer.from('SQLite format 3\0');

/** SQLite gives its journals the permissions of the database. */
function protectFile(location: string): void {
  try {
    closeSync(openSync(location, 'a', 0o600));
    for (const file of [location, `${location}-wal`, `${location}-shm`]) {
      if (existsSync(file)) chmodSync(file, 0o600);
    }
  } catch (fault) {
    throw explainFault(location, fault);
  }
}

function damaged(location: string, cause: unknown): StoreError {
  return new StoreError(
    `${location} is damaged. Put back a copy of its folder, or begin with a new one; nothing was written to it.`,
    { cause },
  );
}

/** The faults of opening that a person can do something about, by SQLite's numbers and the system's codes. */
function explainFault(location: string, fault: unknown): unknown {
  if (fault instanceof StoreError || !(fault instanceof Error)) return fault;
  // the lower eight bits are the kind, the upper ones say more of it
  const number = 'errcode' in fault ? Number(fault.errcode) & 0xff : undefined;
  if (number === SQLITE_BUSY) {
    return new StoreError(`${location} is in use by another sandbox. End that one, or name another folder.`, {
      cause: fault,
    });
  }
  if (number === SQLITE_CORRUPT || number === SQLITE_NOTADB) return damaged(location, fault);
  return 'errcode' in fault || 'code' in fault
    ? new StoreError(`${location} cannot be used: ${fault.message}.`, { cause: fault })
    : fault;
}

const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;
