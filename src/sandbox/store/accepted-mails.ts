import type { DatabaseSync } from 'node:sqlite';
import type { GroupCommit } from './group-commit.ts';
import type { Store } from './store.ts';

/** Connections whose MAILs are held in memory; past that all are written and read again when asked for. */
const CONNECTIONS_HELD = 10_000;

interface Held {
  /** All that count, oldest first: clocks only go forward. */
  times: number[];
  /** Those of them that the table does not have yet are the last so many. */
  unwritten: number;
  /** Whether they are on their way into it. */
  writing: boolean;
  /** What is not later than this has left the window for good. */
  since: number;
}

/**
 * When MAILs of a connection were accepted, as far back as the rate window reaches. Memory answers; the table, which
 * a restart reads, follows a moment later. A process that is killed forgets those of its last moment, which
 * costs nobody anything: no reply promised them.
 */
export function acceptedMails(
  database: DatabaseSync,
  commits: GroupCommit,
): Pick<Store, 'readAcceptedMails' | 'addAcceptedMail'> {
  const select = database.prepare('SELECT at FROM accepted_mails WHERE connection = ? ORDER BY at');
  const forget = database.prepare('DELETE FROM accepted_mails WHERE connection = ? AND at <= ?');
  // a connection may be gone with its account by the time that this is written
  const insert = database.prepare(
    'INSERT INTO accepted_mails (connection, at) SELECT id, ? FROM connections WHERE id = ?',
  );
  const held = new Map<string, Held>();

  const of = (connection: string): Held => {
    const found = held.get(connection);
    if (found !== undefined) return found;
    if (held.size >= CONNECTIONS_HELD) {
      commits.flush();
      held.clear();
    }
    const times = select.all(connection).map((row) => Number(row['at']));
    const fresh: Held = { times, unwritten: 0, writing: false, since: Number.NEGATIVE_INFINITY };
    held.set(connection, fresh);
    return fresh;
  };

  const write = (connection: string, mails: Held): void => {
    forget.run(connection, mails.since);
    for (const at of mails.times.slice(mails.times.length - mails.unwritten)) insert.run(at, connection);
  };

  return {
    readAcceptedMails: async (connection, since) => {
      const mails = of(connection);
      const stays = mails.times.findIndex((at) => at > since);
      if (stays !== 0) mails.times = stays === -1 ? [] : mails.times.slice(stays);
      mails.unwritten = Math.min(mails.unwritten, mails.times.length);
      mails.since = Math.max(mails.since, since);
      // the array itself, no copy: sessions that read it and wait for the same group commit then see each other's
      // MAILs, which keeps the rate limit exact among them
      return mails.times;
    },
    addAcceptedMail: async (connection, at) => {
      const mails = of(connection);
      mails.times.push(at);
      mails.unwritten += 1;
      if (mails.writing) return;
      mails.writing = true;
      commits.later(
        () => write(connection, mails),
        () => {
          mails.unwritten = 0;
          mails.writing = false;
        },
      );
    },
  };
}
