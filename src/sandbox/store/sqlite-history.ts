import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { z } from 'zod';
import { emailStatuses, type EmailStatus } from '../../contract/vocabulary.ts';
import type { DayCount, HistoryQuery } from './account-record.ts';
import { emailColumns, emailRow } from './sqlite-rows.ts';
import type { Store } from './store.ts';

/** Length of the hours in which counts are kept, in milliseconds. */
const HOUR = 60 * 60_000;

const countRow = z.object({ hour: z.int(), status: z.enum(emailStatuses), count: z.int() });

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
      const { sql, values } = historyPage(account, query);
      return database
        .prepare(sql)
        .all(...values)
        .map((row) => emailRow.parse(row));
    },
    countByDay: async (account, from, to, connection) => countByDay(account, from, to, connection),
  };
}

/** Only the filters that were given stand in the statement, so that an index serves each of them. */
function historyPage(
  account: string,
  query: HistoryQuery,
): { readonly sql: string; readonly values: SQLInputValue[] } {
  const conditions: readonly (readonly [string, readonly SQLInputValue[]] | undefined)[] = [
    ['account = ?', [account]],
    query.status && ['status = ?', [query.status]],
    query.connection === undefined ? undefined : ['connection = ?', [query.connection]],
    query.from === undefined ? undefined : ['time >= ?', [query.from]],
    query.to === undefined ? undefined : ['time < ?', [query.to]],
    query.after && ['(time, sequence) > (?, ?)', [query.after.time, query.after.sequence]],
  ];
  const given = conditions.filter((each) => each !== undefined);
  return {
    sql: `SELECT ${emailColumns} FROM emails e WHERE ${given.map(([sql]) => sql).join(' AND ')}
      ORDER BY time, sequence LIMIT ?`,
    values: [...given.flatMap(([, values]) => values), query.limit],
  };
}

function sumByDay(rows: readonly z.output<typeof countRow>[]): readonly DayCount[] {
  const sums = new Map<string, Map<EmailStatus, number>>();
  for (const { hour, status, count } of rows) {
    const day = new Date(hour * HOUR).toISOString().slice(0, 10);
    const ofDay = sums.get(day) ?? new Map<EmailStatus, number>();
    ofDay.set(status, (ofDay.get(status) ?? 0) + count);
    sums.set(day, ofDay);
  }
  return [...sums]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([day, counts]) =>
      [...counts].filter(([, count]) => count > 0).map(([status, count]) => ({ day, status, count })),
    );
}

/** Counts so many emails of a status into the hour in which they were accepted, or out of it. */
export function createHourlyCounter(
  database: DatabaseSync,
): (row: { account: string; connection: string; time: number; status: EmailStatus }, change: number) => void {
  const count = database.prepare(
    `INSERT INTO hourly_counts (account, connection, hour, status, count) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
  );
  return ({ account, connection, time, status }, change) => {
    count.run(account, connection, Math.floor(time / HOUR), status, change);
  };
}
