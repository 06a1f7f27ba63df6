import type { Statistics } from '../../control-api/history-schemas.ts';
import type { HistoryOperations } from '../control/operations.ts';
import type { AccountLookup } from './account-lookup.ts';
import type { OperationParts } from './operation-parts.ts';
import { demandWord } from './provider-words.ts';
import { instantOf, pageOfHistory, pagesOfHistory } from './history-pages.ts';
import { pageOfSessions } from './session-pages.ts';
import { waitOperations } from './wait-operations.ts';
import { waitSettled } from './settled.ts';
import type { DayCount } from '../store/account-record.ts';

/** The latest instant that a date can show; an open end is as good as this. */
const FOREVER = 8.64e15;

/** The send history and its totals (rules `history.filter`, `statistics.period`, `statistics.totals`). */
export function historyOperations(parts: OperationParts, { read }: AccountLookup): HistoryOperations {
  const { store } = parts;
  const { emailStatuses } = parts.provider.contract.words;
  const demandStatus = (status: string | undefined): void => {
    if (status !== undefined) demandWord('status', emailStatuses, status);
  };
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
    listHistory: async (id, filter = {}) => {
      await read(id);
      demandStatus(filter.status);
      return pageOfHistory(store, id, filter);
    },
    exportHistory: async (id, filter) => {
      await read(id);
      demandStatus(filter.status);
      return pagesOfHistory(store, id, filter);
    },
    showStatistics: async (id, { from, to, connection }) => {
      await read(id);
      return sumUp(await store.countByDay(id, instantOf(from) ?? 0, instantOf(to) ?? FOREVER, connection));
    },
  };
}

function sumUp(counts: readonly DayCount[]): Statistics {
  const totals: Record<string, number> = {};
  for (const { status, count } of counts) totals[status] = (totals[status] ?? 0) + count;
  const days = [...Map.groupBy(counts, (each) => each.day)].map(([day, own]) => ({
    day,
    counts: Object.fromEntries(own.map(({ status, count }) => [status, count])),
  }));
  return { totals, days };
}
