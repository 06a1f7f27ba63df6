import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { EmailRecord } from './account-record.ts';
import { emailColumns, emailRow } from './sqlite-rows.ts';
import type { Store } from './store.ts';

/** Rows of one message that are read at most. */
const ROWS_OF_MESSAGE = 1_000;

const detailRow = z.object({
  message: z.int(),
  session: z.string(),
  attempts: z.int(),
  outcomeAt: z.int().nullable(),
});
const siblingRow = z.object({ message: z.int() });
const bodyRow = z.object({ octets: z.instanceof(Uint8Array) });

/** One email with all that is kept of it. */
export function sqliteEmails(database: DatabaseSync): Pick<Store, 'readEmail'> {
  const select = database.prepare(
    `SELECT ${emailColumns}, e.message, e.session, e.attempts, e.outcome_at AS outcomeAt FROM emails e
     WHERE e.id = ? AND e.account = ?`,
  );
  const selectBody = database.prepare('SELECT octets FROM bodies WHERE message = ?');
  // the rows of a message were written together, so they stand side by side and need no index of their own
  const later = database.prepare(
    `SELECT ${emailColumns}, e.message FROM emails e WHERE e.sequence > ? ORDER BY e.sequence LIMIT ${ROWS_OF_MESSAGE}`,
  );
  const earlier = database.prepare(
    `SELECT ${emailColumns}, e.message FROM emails e WHERE e.sequence < ? ORDER BY e.sequence DESC LIMIT ${ROWS_OF_MESSAGE}`,
  );

  const neighbours = (rows: Iterable<unknown>, message: number): readonly EmailRecord[] => {
    const found: EmailRecord[] = [];
    for (const row of rows) {
      if (siblingRow.parse(row).message !== message) break;
      found.push(emailRow.parse(row));
    }
    return found;
  };

  return {
    readEmail: async (account, id) => {
      const row = select.get(id, account);
      if (row === undefined) return undefined;
      const email = emailRow.parse(row);
      const { message, session, attempts, outcomeAt } = detailRow.parse(row);
      const before = neighbours(earlier.iterate(email.sequence), message).toReversed();
      const behind = neighbours(later.iterate(email.sequence), message);
      const body = selectBody.get(message);
      return {
        email,
        session,
        attempts,
        outcomeAt,
        sameMessage: [...before, email, ...behind],
        message: body === undefined ? undefined : bodyRow.parse(body).octets,
      };
    },
  };
}
