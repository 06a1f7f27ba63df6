import type { EmailStatus } from '../../contract/vocabulary.ts';
import type { Statistics } from '../../control-api/history-schemas.ts';
import { OperationError, type HistoryOperations } from '../control/operations.ts';
import type { AccountLookup } from './account-lookup.ts';
import type { OperationParts } from './operation-parts.ts';
import { showEmail } from './operation-views.ts';
import { pageOfSessions } from './session-pages.ts';
import { waitOperations } from './wait-operations.ts';
import { waitSettled } from './settled.ts';
import type { DayCount } from '../store/account-record.ts';

/** Rows of a page when nobody says how many. */
const LONGEST_PAGE = 1_000;

/** The latest instant that a date can show; an open end is as good as this. */
const FOREVER = 8.64e15;

/** The send history and its totals (rules `history.filter`, `statistics.period`, `statistics.totals`). */
export function historyOperations(parts: OperationParts, { read }: AccountLookup): HistoryOperations {
  const { store } = parts;
  return {
    ...waitOperations(parts, { read }),
    listSessions: async (id, page) => {
      if (id !== undefined) await read(id);
      return pageOfSessions(parts.recorder, id, page);
    },
    waitSettled: async (id, timeoutMs) => {
      await read(id);
      await waitSettled(parts, id, timeoutMs);
    },
    listHistory: async (id, { from, to, status, connection, cursor, limit = LONGEST_PAGE } = {}) => {
      await read(id);
      const rows = await store.readHistory(id, {
        from: instant(from),
        to: instant(to),
        status,
        connection,
        after: cursor === undefined ? undefined : readCursor(cursor),
        // one more than wanted tells whether there is a next page
        limit: limit + 1,
      });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        emails: page.map(showEmail),
        next: rows.length > limit && last !== undefined ? `${last.time}.${last.sequence}` : null,
      };
    },
    showStatistics: async (id, { from, to, connection }) => {
      await read(id);
      return sumUp(await store.countByDay(id, instant(from) ?? 0, instant(to) ?? FOREVER, connection));
    },
  };
}

function sumUp(counts: readonly DayCount[]): Statistics {
  const totals: Partial<Record<EmailStatus, number>> = {};
  for (const { status, count } of counts) totals[status] = (totals[status] ?? 0) + count;
  const days = [...Map.groupBy(counts, (each) => each.day)].map(([day, own]) => ({
    day,
    counts: Object.fromEntries(own.map(({ status, count }) => [status, count])),
  }));
  return { totals, days };
}

function instant(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}

/** A cursor is the time and the sequence of the last row that was shown: rows that come later never shift a page. */
function readCursor(text: string): { readonly time: number; readonly sequence: number } {
  const match = /^(\d{1,16})\.(\d{1,16})$/.exec(text);
  if (match === null)
    throw new OperationError('bad-cursor', `"${text}" is no cursor; take the "next" of a page.`);
  return { time: Number(match[1]), sequence: Number(match[2]) };
}
