import type { HistoryFilters } from '../api/history-questions.ts';

/** What the address bar holds of a page's filters; anything else in it is left out. */

const textOf = (value: unknown): string | undefined =>
  (typeof value === 'string' || typeof value === 'number') && value !== '' ? String(value) : undefined;

const dayOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))
    ? value
    : undefined;

/** The values that are there: an address holds no empty filters. */
function present<Filters extends Readonly<Record<string, string | undefined>>>(
  filters: Filters,
): { readonly [Name in keyof Filters]?: string } {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)) as {
    readonly [Name in keyof Filters]?: string;
  };
}

/** The filters of the send history and the inbox. */
export const readHistorySearch = (search: Readonly<Record<string, unknown>>): HistoryFilters =>
  present({
    from: dayOf(search['from']),
    to: dayOf(search['to']),
    status: textOf(search['status']),
    connection: textOf(search['connection']),
    search: textOf(search['search']),
  });

/** The filters of the statistics. */
export const readStatisticsSearch = (
  search: Readonly<Record<string, unknown>>,
): Pick<HistoryFilters, 'from' | 'to' | 'connection'> =>
  present({
    from: dayOf(search['from']),
    to: dayOf(search['to']),
    connection: textOf(search['connection']),
  });

/** The filters of the rules. */
export const readRulesSearch = (
  search: Readonly<Record<string, unknown>>,
): { readonly search?: string; readonly basis?: string } =>
  present({ search: textOf(search['search']), basis: textOf(search['basis']) });

/** What is looked for among the runs. */
export const readRunsSearch = (search: Readonly<Record<string, unknown>>): { readonly search?: string } =>
  present({ search: textOf(search['search']) });

/** The filters of the inbox, and the mail that is read. */
export const readInboxSearch = (
  search: Readonly<Record<string, unknown>>,
): Pick<HistoryFilters, 'connection' | 'search'> & { readonly mail?: string } =>
  present({
    connection: textOf(search['connection']),
    search: textOf(search['search']),
    mail: textOf(search['mail']),
  });

/** Which sessions are shown. */
export const readSessionsSearch = (
  search: Readonly<Record<string, unknown>>,
): { readonly only?: 'refused' } => (search['only'] === 'refused' ? { only: 'refused' } : {});
