import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { z } from 'zod';
import type { DayCount, HistoryQuery } from './account-record.ts';
import { emailColumns, emailRow } from './sqlite-rows.ts';
import type { Store } from './store.ts';
import { beforeCommit, onUndone } from './transaction.ts';

/** Length of the hours in which counts are kept, in milliseconds. */
const HOUR = 60 * 60_000;

const countRow = z.object({ hour: z.int(), status: z.string(), count: z.int() });

/** The send history by page, and its totals from counts that are kept with each row, so that a million rows cost no more. */
export function sqliteHistory(database: DatabaseSync): Pick<Store, 'readHistory' | 'countByDay'> {
  const wholeHours = database.prepare(
    `SELECT hour, status, sum(count) AS count FROM hourly_counts
     WHERE account = :account AND hour >= :from AND hour < :to
       AND (:connection IS NULL OR connection = :connection)
     GROUP BY hour, status`,
  );
  const partOfHour = database.prepare(
    `SELECT time / ${HOUR} AS hour, status, count(*) AS count FROM emails
     WHERE account = :account AND time >= :from AND time < :to
       AND (:connection IS NULL OR connection = :connection)
     GROUP BY hour, status`,
  );

  const countByDay = (
    account: string,
    from: number,
    to: number,
    connection?: string,
  ): readonly DayCount[] => {
    const firstWhole = Math.ceil(from / HOUR);
    const lastWhole = Math.max(firstWhole, Math.floor(to / HOUR));
    const only = { account, connection: connection ?? null };
    const rows = [
      ...partOfHour.all({ ...only, from, to: Math.min(to, firstWhole * HOUR) }),
      ...wholeHours.all({ ...only, from: firstWhole, to: lastWhole }),
      ...partOfHour.all({ ...only, from: Math.max(from, lastWhole * HOUR), to }),
    ].map((row) => countRow.parse(row));
    return sumByDay(rows);
  };

  return {
    readHistory: async (account, query) => {
      const { table, conditions, values, order } = historyConditions(account, query);
      return database
        .prepare(`SELECT ${emailColumns} FROM ${table} WHERE ${conditions} ORDER BY ${order} LIMIT ?`)
        .all(...values, query.limit)
        .map((row) => emailRow.parse(row));
    },
    countByDay: async (account, from, to, connection) => countByDay(account, from, to, connection),
  };
}

/** What of a statement on the history follows from its filters. */
interface HistoryConditions {
  /** The table, with the index where there is a choice. */
  readonly table: string;
  readonly conditions: string;
  readonly values: readonly SQLInputValue[];
  readonly order: string;
}

/**
 * Only the filters that were given stand in the statement, so that an index serves each of them. Emails of an account
 * are accepted in the order of its clock, which never goes back: those that wait are read in the order of the queue.
 */
export function historyConditions(account: string, query: Omit<HistoryQuery, 'limit'>): HistoryConditions {
  const { status, connection, newestFirst = false } = query;
  const isQueued = status === 'queued';
  const beyond = newestFirst ? '<' : '>';
  const conditions: readonly (readonly [string, readonly SQLInputValue[]] | undefined)[] = [
    ['account = ?', [account]],
    status === undefined ? undefined : ['status = ?', [status]],
    // word for word the conditions of the partial indexes, or they are not used
    isQueued ? ["status IN ('queued', 'deferred') AND next_attempt_at = 0", []] : undefined,
    status !== undefined && !isQueued ? ["status <> 'queued'", []] : undefined,
    connection === undefined ? undefined : ['connection = ?', [connection]],
    query.from === undefined ? undefined : ['time >= ?', [query.from]],
    query.to === undefined ? undefined : ['time < ?', [query.to]],
    query.after &&
      (isQueued
        ? [`sequence ${beyond} ?`, [query.after.sequence]]
        : [`(time, sequence) ${beyond} (?, ?)`, [query.after.time, query.after.sequence]]),
  ];
  const given = conditions.filter((each) => each !== undefined);
  const direction = newestFirst ? 'DESC' : 'ASC';
  return {
    table: `emails e${isQueued ? '' : ` INDEXED BY ${indexOf(status, connection)}`}`,
    conditions: given.map(([sql]) => sql).join(' AND '),
    values: given.flatMap(([, values]) => values),
    order: `${isQueued ? '' : `time ${direction}, `}sequence ${direction}`,
  };
}

function indexOf(status: string | undefined, connection: string | undefined): string {
  if (connection === undefined) return status === undefined ? 'emails_by_account' : 'emails_by_outcome';
  return status === undefined ? 'emails_by_connection' : 'emails_of_connection_by_outcome';
}

function sumByDay(rows: readonly z.output<typeof countRow>[]): readonly DayCount[] {
  const sums = new Map<string, Map<string, number>>();
  for (const { hour, status, count } of rows) {
    const day = new Date(hour * HOUR).toISOString().slice(0, 10);
    const ofDay = sums.get(day) ?? new Map<string, number>();
    ofDay.set(status, (ofDay.get(status) ?? 0) + count);
    sums.set(day, ofDay);
  }
  return [...sums]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([day, counts]) =>
      [...counts].filter(([, count]) => count > 0).map(([status, count]) => ({ day, status, count })),
    );
}

/** Changes how many emails of a status an hour has. */
export type CountHourly = (
  row: {
    readonly account: string;
    readonly connection: string;
    /** Account time, milliseconds. */
    readonly time: number;
    readonly status: string;
  },
  change: number,
) => void;

/**
 * Counts so many emails of a status into the hour in which they were accepted, or out of it; what is counted in one
 * transaction is written at its end, once for each hour.
 */
export function createHourlyCounter(database: DatabaseSync): CountHourly {
  const count = database.prepare(
    `INSERT INTO hourly_counts (account, connection, hour, status, count) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
  );
  interface Sum {
    readonly place: readonly [account: string, connection: string, hour: number, status: string];
    change: number;
  }
  const sums = new Map<string, Sum>();
  beforeCommit(database, () => {
    for (const { place, change } of sums.values()) {
      if (change !== 0) count.run(...place, change);
    }
    sums.clear();
  });
  onUndone(database, () => sums.clear());
  return ({ account, connection, time, status }, change) => {
    const place = [account, connection, Math.floor(time / HOUR), status] as const;
    const key = place.join(' ');
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { place, change });
    else sum.change += change;
  };
}
