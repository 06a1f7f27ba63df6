import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { bodyOf, control } from './control.ts';

/** Which emails are asked for, as the address bar holds it; days are those of the account's clock, in UTC. */
export interface HistoryFilters {
  /** First day, as `2026-01-15`. */
  readonly from?: string;
  /** Last day, included. */
  readonly to?: string;
  readonly status?: string;
  readonly connection?: string;
  readonly search?: string;
}

const dayMs = 24 * 60 * 60_000;

/** The period of a filter as the API takes it: the first instant of a day, and the first one behind the last day. */
const period = ({ from, to }: HistoryFilters) => ({
  ...(from !== undefined && { from: `${from}T00:00:00.000Z` }),
  ...(to !== undefined && { to: new Date(Date.parse(`${to}T00:00:00.000Z`) + dayMs).toISOString() }),
});

/** A filter as the API takes it; a status of the address bar that is none gets the API's own refusal. */
export const queryOf = (filters: HistoryFilters) => ({
  ...period(filters),
  ...(filters.status !== undefined && { status: filters.status }),
  ...(filters.connection !== undefined && { connection: filters.connection }),
  ...(filters.search !== undefined && { search: filters.search }),
});

/** The send history, newest first. */
export const historyQuestion = (account: string, filters: HistoryFilters) =>
  infiniteQueryOptions({
    queryKey: ['account', account, 'history', 'list', filters],
    queryFn: ({ pageParam }) =>
      bodyOf(
        control.accounts[':account'].history.$get({
          param: { account },
          query: {
            ...queryOf(filters),
            order: 'newest',
            limit: '50',
            ...(pageParam !== '' && { cursor: pageParam }),
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });

/** Totals and days of a period, of one connection or all. */
export const statisticsQuestion = (account: string, filters: HistoryFilters) =>
  queryOptions({
    queryKey: ['account', account, 'statistics', filters],
    queryFn: () =>
      bodyOf(
        control.accounts[':account'].statistics.$get({
          param: { account },
          query: {
            ...period(filters),
            ...(filters.connection !== undefined && { connection: filters.connection }),
          },
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** One email with its message. */
export const emailQuestion = (account: string, email: string) =>
  queryOptions({
    queryKey: ['account', account, 'email', email],
    queryFn: () => bodyOf(control.accounts[':account'].emails[':email'].$get({ param: { account, email } })),
  });

/** The latest emails of a connection that a mailbox did not take for good: those that can block it. */
export const badOutcomesQuestion = (account: string, connection: string, statuses: readonly string[]) =>
  queryOptions({
    queryKey: ['account', account, 'history', 'bad', connection, statuses],
    queryFn: async () => {
      const pages = await Promise.all(
        statuses.map((status) =>
          bodyOf(
            control.accounts[':account'].history.$get({
              param: { account },
              query: { ...queryOf({ connection, status }), order: 'newest', limit: '5' },
            }),
          ),
        ),
      );
      return pages
        .flatMap(({ emails }) => emails)
        .toSorted((left, right) => right.sequence - left.sequence)
        .slice(0, 5);
    },
  });
