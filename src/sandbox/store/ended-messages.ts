import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { KEPT_BODIES, KEPT_HISTORY_ROWS, KEPT_LEDGER_ENTRIES, type Store } from './store.ts';
import { beforeCommit, inTransaction, onUndone } from './transaction.ts';

/** Tells, inside a transaction, that one more email of a message is final; `wallAt` is milliseconds of the wall clock. */
export type EmailEnded = (message: number, wallAt: number) => void;

const keptRow = z.object({ messages: z.int(), octets: z.int() });

/** Messages and history rows that are deleted at a time: a client waits a few milliseconds at most. */
const MESSAGES_AT_A_TIME = 50;
const ROWS_AT_A_TIME = 1_000;
/** Free pages (8 KiB each) that stay in the file, for the next messages. */
const KEPT_FREE_PAGES = 512;
/** Pages that are given back at a time: 8 MiB. */
const PAGES_AT_A_TIME = 1_024;

/**
 * What is of no more use: the body of a message whose emails are all final, and history rows beyond a number. Without it
 * the database would grow for ever.
 */
export function endedMessages(
  database: DatabaseSync,
): Pick<Store, 'forgetEnded' | 'giveSpaceBack'> & { readonly emailEnded: EmailEnded } {
  const end = database.prepare(
    `UPDATE messages SET waiting = waiting - :ended,
       ended_at = CASE WHEN waiting - :ended <= 0 THEN :wallAt ELSE NULL END
     WHERE id = :message
     RETURNING CASE WHEN ended_at IS NULL THEN NULL ELSE size END AS size`,
  );
  const forgetMessages = database.prepare(
    // bodies go with their messages
    `DELETE FROM messages WHERE id IN
       (SELECT id FROM messages WHERE ended_at IS NOT NULL AND ended_at <= ? LIMIT ${MESSAGES_AT_A_TIME})`,
  );
  const forgetRows = database.prepare(
    `DELETE FROM emails WHERE sequence IN
       (SELECT sequence FROM emails WHERE sequence <= (SELECT max(sequence) FROM emails) - ${KEPT_HISTORY_ROWS}
        AND status NOT IN ('queued', 'deferred') ORDER BY sequence LIMIT ${ROWS_AT_A_TIME})`,
  );
  const forgetLedger = database.prepare(
    `DELETE FROM ledger WHERE sequence IN
       (SELECT sequence FROM ledger WHERE sequence <= (SELECT max(sequence) FROM ledger) - ${KEPT_LEDGER_ENTRIES}
        ORDER BY sequence LIMIT ${ROWS_AT_A_TIME})`,
  );
  const oldest = database.prepare(
    `SELECT id, size FROM messages WHERE ended_at IS NOT NULL ORDER BY ended_at LIMIT ${MESSAGES_AT_A_TIME}`,
  );
  const forgetMessage = database.prepare('DELETE FROM messages WHERE id = ?');
  const sumKept = database.prepare(
    'SELECT count(*) AS messages, coalesce(sum(size), 0) AS octets FROM messages WHERE ended_at IS NOT NULL',
  );
  const freePages = database.prepare('PRAGMA freelist_count');

  // counted along, since a sum over all that is kept would cost each round; read anew where that cannot be trusted
  let kept: { messages: number; octets: number } | undefined;
  database.function('forgot_body', (size) => {
    if (kept !== undefined) {
      kept.messages -= 1;
      kept.octets -= Number(size);
    }
    return null;
  });
  database.exec(`CREATE TEMP TRIGGER forgot_body AFTER DELETE ON main.messages WHEN old.ended_at IS NOT NULL
    BEGIN SELECT forgot_body(old.size); END`);

  /** Deletes the oldest beyond the bounds; how many it was. */
  const forgetBeyond = (bounds: { readonly messages: number; readonly octets: number }): number => {
    kept ??= keptRow.parse(sumKept.get());
    if (kept.messages <= bounds.messages && kept.octets <= bounds.octets) return 0;
    let deleted = 0;
    for (const { id } of oldest.all()) {
      if (kept.messages <= bounds.messages && kept.octets <= bounds.octets) break;
      forgetMessage.run(id ?? null);
      deleted += 1;
    }
    return deleted;
  };

  // of one transaction: the emails of a message often end together
  const ended = new Map<number, { count: number; wallAt: number }>();
  beforeCommit(database, () => {
    for (const [message, { count, wallAt }] of ended) {
      const size = end.get({ message, ended: count, wallAt })?.['size'];
      if (kept === undefined || typeof size !== 'number') continue;
      kept.messages += 1;
      kept.octets += size;
    }
    ended.clear();
  });
  onUndone(database, () => {
    ended.clear();
    kept = undefined;
  });

  return {
    emailEnded: (message, wallAt) => {
      const found = ended.get(message);
      ended.set(message, { count: (found?.count ?? 0) + 1, wallAt });
    },
    forgetEnded: async (endedBy, bounds = KEPT_BODIES) =>
      inTransaction(database, () => {
        const messages = Number(forgetMessages.run(endedBy).changes);
        const rows = Math.max(Number(forgetRows.run().changes), Number(forgetLedger.run().changes));
        const beyond = forgetBeyond(bounds);
        const most = Math.max(messages, beyond);
        return most === MESSAGES_AT_A_TIME || rows === ROWS_AT_A_TIME;
      }),
    giveSpaceBack: async () => {
      const free = Number(freePages.get()?.['freelist_count']);
      if (free <= 2 * KEPT_FREE_PAGES) return;
      database.exec(`PRAGMA incremental_vacuum(${Math.min(free - KEPT_FREE_PAGES, PAGES_AT_A_TIME)})`);
    },
  };
}
