import type { DatabaseSync } from 'node:sqlite';

interface Waiting<Work, Result> {
  readonly work: Work;
  readonly resolve: (result: Result) => void;
  readonly reject: (fault: unknown) => void;
}

/**
 * Work that arrives in the same turn of the event loop shares one transaction, and each caller hears of it after the
 * commit. `perform` is called inside the transaction. Where one of a group throws, the group is undone and each is
 * done again in a transaction of its own, so that a fault stays with the work that has it.
 */
export function createGroupCommit<Work, Result>(
  database: DatabaseSync,
  perform: (work: Work) => Result,
): (work: Work) => Promise<Result> {
  let group: Waiting<Work, Result>[] = [];

  const flush = () => {
    const waiting = group;
    group = [];
    let results: readonly Result[];
    try {
      results = inTransaction(database, () => waiting.map(({ work }) => perform(work)));
    } catch {
      for (const each of waiting) commitAlone(each);
      return;
    }
    for (const [at, { resolve }] of waiting.entries()) {
      // one result stands for each of the waiting, in their order
      resolve(results[at] as Result);
    }
  };

  const commitAlone = ({ work, resolve, reject }: Waiting<Work, Result>) => {
    try {
      resolve(inTransaction(database, () => perform(work)));
    } catch (fault) {
      reject(fault);
    }
  };

  return (work) =>
    new Promise((resolve, reject) => {
      if (group.length === 0) setImmediate(flush);
      group.push({ work, resolve, reject });
    });
}

/** Runs the work in one transaction, undone where it throws. */
export function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (fault) {
    database.exec('ROLLBACK');
    throw fault;
  }
}
