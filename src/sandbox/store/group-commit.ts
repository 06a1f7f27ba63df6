import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './transaction.ts';

/** Work that shares transactions. It is done inside one, and its result counts only after the commit. */
export interface GroupCommit {
  /** Does the work, which must not wait for anything, in the next commit; settles after it. */
  join<Result>(work: () => Result): Promise<Result>;
  /** Does the work within {@link LATER_MS}, together with all else that waits then; `ended` is called after it. */
  later(work: () => void, ended: () => void): void;
  /** Does at once what waits. */
  flush(): void;
}

interface Waiting {
  /** Does the work, and keeps how it ended until the commit. */
  readonly perform: () => void;
  /** Tells how it ended. */
  readonly tell: () => void;
  readonly fail: (fault: unknown) => void;
}

/** Turns of the event loop that a group waits at most, each because the one before brought others to it. */
const MOST_TURNS = 16;
/** Milliseconds that work which nobody waits for may lie. */
export const LATER_MS = 100;

/**
 * Work that arrives turn after turn of the event loop shares one transaction, for {@link MOST_TURNS} at most, and each
 * caller hears of it after the commit. Where one of a group throws, the group is undone and each is done again in a transaction of its own, so that
 * a fault stays with the work that has it.
 */
export function createGroupCommit(database: DatabaseSync): GroupCommit {
  let group: Waiting[] = [];
  let unhurried: Waiting[] = [];
  let due = false;
  let joined = 0;
  let timer: NodeJS.Timeout | undefined;

  /** Ends the turn: what came in it may be followed by more, for which a commit is better shared than begun anew. */
  const endTurn = (turn: number): void => {
    const came = joined;
    joined = 0;
    if (came > 0 && turn < MOST_TURNS) setImmediate(endTurn, turn + 1);
    else flush();
  };

  const flush = (): void => {
    const waiting = group;
    group = [];
    due = false;
    if (waiting.length === 0) return;
    try {
      inTransaction(database, () => {
        for (const { perform } of waiting) perform();
      });
    } catch {
      for (const each of waiting) commitAlone(each);
      return;
    }
    for (const { tell } of waiting) tell();
  };

  const flushAll = (): void => {
    clearTimeout(timer);
    timer = undefined;
    group.push(...unhurried);
    unhurried = [];
    flush();
  };

  const commitAlone = ({ perform, tell, fail }: Waiting): void => {
    try {
      inTransaction(database, perform);
    } catch (fault) {
      fail(fault);
      return;
    }
    tell();
  };

  return {
    join: <Result>(work: () => Result) =>
      new Promise<Result>((resolve, reject) => {
        let result: () => void;
        group.push({
          perform: () => {
            const done = work();
            result = () => resolve(done);
          },
          tell: () => result(),
          fail: reject,
        });
        joined += 1;
        if (due) return;
        due = true;
        setImmediate(endTurn, 1);
      }),
    later: (work, ended) => {
      unhurried.push({ perform: work, tell: ended, fail: ended });
      timer ??= setTimeout(flushAll, LATER_MS).unref();
    },
    flush: flushAll,
  };
}
