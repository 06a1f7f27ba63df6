import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { QueuedEmail } from './account-record.ts';
import { emailColumns, queuedRow } from './sqlite-rows.ts';
import type { Store } from './store.ts';

/** Octets of messages read at a time, the message that passes it included: what waits stays in the store, not in memory. */
const BATCH_OCTETS = 8 * 1024 * 1024;

const dueRow = z.looseObject({ id: z.string(), message: z.int() });
const messageRow = z.object({ message: z.instanceof(Uint8Array), trace: z.string(), queuedAt: z.int() });

/** Reads the emails that are due, and each message once, however many recipients it has. */
export function dueEmails(database: DatabaseSync): Pick<Store, 'takeDue'> {
  const selectDue = database.prepare(
    `SELECT ${emailColumns}, e.account, e.attempts, e.message FROM emails e
     WHERE e.status IN ('queued', 'deferred') AND e.next_attempt_at <= ?
     ORDER BY e.next_attempt_at, e.sequence LIMIT ?`,
  );
  const selectMessage = database.prepare(
    `SELECT b.octets AS message, m.trace, m.queued_at AS queuedAt
     FROM messages m JOIN bodies b ON b.message = m.id WHERE m.id = ?`,
  );

  const takeDue = (wallNow: number, limit: number, underWay: ReadonlySet<string>): readonly QueuedEmail[] => {
    const messages = new Map<number, z.output<typeof messageRow>>();
    const taken: QueuedEmail[] = [];
    let octets = 0;
    for (const row of selectDue.iterate(wallNow, limit + underWay.size)) {
      if (taken.length === limit) break;
      const due = dueRow.parse(row);
      // before its octets count: a large message under way must not keep the others waiting
      if (underWay.has(due.id)) continue;
      let message = messages.get(due.message);
      if (message === undefined) {
        if (octets >= BATCH_OCTETS) break;
        message = messageRow.parse(selectMessage.get(due.message));
        messages.set(due.message, message);
        octets += message.message.length;
      }
      taken.push(queuedRow.parse({ ...row, ...message }));
    }
    return taken;
  };

  return {
    takeDue: async (wallNow, limit, underWay = new Set()) => takeDue(wallNow, limit, underWay),
  };
}
