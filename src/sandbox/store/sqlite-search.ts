import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { EmailRecord, HistorySearch } from './account-record.ts';
import { indexQuery, searchTerms, type SearchIndex, type SearchTerm } from './search-index.ts';
import { foldText } from './search-text.ts';
import { historyConditions } from './sqlite-history.ts';
import { emailColumns, emailRow } from './sqlite-rows.ts';
import type { Store } from './store.ts';

/** Rows that are looked at for one page: other work has its turn after it. */
const LOOKED_AT = 5_000;
/** The same, before another way is tried. */
const LOOKED_AT_FIRST = 500;

/** Rows up to which an account, as far as its filters go, is read through rather than asked of the index. */
const FEW = 200;

/** Emails of the history by what stands in them. */
export function sqliteSearch(database: DatabaseSync, index: SearchIndex): Pick<Store, 'searchHistory'> {
  const countRows = database.prepare(
    `SELECT coalesce(sum(count), 0) AS count FROM hourly_counts
     WHERE account = :account AND (:connection IS NULL OR connection = :connection)
       AND (:status IS NULL OR status = :status)`,
  );
  // the emails of an account stand in the order of time and of sequences alike, so a period is a range of sequences
  const firstOfPeriod = database.prepare(
    `SELECT sequence FROM emails WHERE account = ? AND time >= ? ORDER BY time, sequence LIMIT 1`,
  );
  const lastOfPeriod = database.prepare(
    `SELECT sequence FROM emails WHERE account = ? AND time < ? ORDER BY time DESC, sequence DESC LIMIT 1`,
  );
  const newestSequence = database.prepare('SELECT coalesce(max(sequence), 0) AS newest FROM emails');

  /** The sequences between which all rows of the page stand. */
  const rangeOf = (account: string, { from, to, after, newestFirst = false }: HistorySearch): Range => {
    const first = firstOfPeriod.get(account, from ?? 0)?.['sequence'];
    const last = lastOfPeriod.get(account, to ?? Number.MAX_SAFE_INTEGER)?.['sequence'];
    if (typeof first !== 'number' || typeof last !== 'number') return { first: 1, last: 0 };
    return {
      first: newestFirst || after === undefined ? first : Math.max(first, after.sequence + 1),
      last: newestFirst && after !== undefined ? Math.min(last, after.sequence - 1) : last,
    };
  };

  /** Rows that the index names, of all accounts whose rows stand between those of this one. */
  const throughIndex = (asked: string, { newestFirst = false }: HistorySearch, range: Range) =>
    (newestFirst ? namedFromTheEnd : named).iterate(asked, range.first, range.last);
  const naming = (direction: 'ASC' | 'DESC') =>
    database.prepare(
      // a number of JavaScript comes as a real, for which the index would begin at its begin and not at that row
      `SELECT ${emailColumns}, e.account FROM email_search s JOIN emails e ON e.sequence = s.rowid
       WHERE email_search MATCH ? AND s.rowid >= cast(? AS INTEGER) AND s.rowid <= cast(? AS INTEGER)
       ORDER BY s.rowid ${direction}`,
    );
  const named = naming('ASC');
  const namedFromTheEnd = naming('DESC');

  const isWhole = () => index.indexedUpTo() >= Number(newestSequence.get()?.['newest']);

  /** The ways in which candidates are found, each going on behind the last candidate of the one before. */
  const waysOf = (account: string, query: HistorySearch, terms: readonly SearchTerm[]): readonly Way[] => {
    const { connection = null, status = null } = query;
    const left = Number(countRows.get({ account, connection, status })?.['count']);
    const reading: Way = {
      from: (after) => {
        const { sql, values } = readThrough(account, { ...query, after });
        return database.prepare(sql).iterate(...values);
      },
      most: LOOKED_AT,
    };
    const asked = indexQuery(terms);
    if (asked === undefined || left <= FEW || !isWhole()) return [reading];
    const from: Way['from'] = (after) => throughIndex(asked, query, rangeOf(account, { ...query, after }));
    // where the texts stand in many rows and few of them pass the filters, the filters have an index too
    const isFiltered = connection !== null || status !== null;
    return isFiltered ? [{ from, most: LOOKED_AT_FIRST }, reading] : [{ from, most: LOOKED_AT }];
  };

  return {
    searchHistory: async (account, query) => {
      const terms = searchTerms(query.texts);
      const emails: EmailRecord[] = [];
      let last = query.after;
      for (const { from, most } of waysOf(account, query, terms)) {
        let looked = 0;
        for (const row of from(last)) {
          looked += 1;
          last = { time: Number(row['time']), sequence: Number(row['sequence']) };
          if (row['account'] === account && fits(row, query, terms)) emails.push(emailRow.parse(row));
          if (emails.length === query.limit) return { emails, next: last };
          if (looked === most) break;
        }
        if (looked < most) return { emails, next: undefined };
      }
      return { emails, next: last };
    },
  };
}

/** How candidates are found behind a row, and how many of them are looked at. */
interface Way {
  readonly from: (after: HistorySearch['after']) => Iterable<RawRow>;
  readonly most: number;
}

/** Sequences, both ends included. */
interface Range {
  readonly first: number;
  readonly last: number;
}

function readThrough(account: string, query: HistorySearch): Statement {
  const { conditions, values, order, table } = historyConditions(account, query);
  return {
    sql: `SELECT ${emailColumns}, e.account FROM ${table} WHERE ${conditions} ORDER BY ${order}`,
    values,
  };
}

interface Statement {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** A row as SQLite gives it: most that are looked at are not shown, and are not parsed. */
type RawRow = Readonly<Record<string, unknown>>;

function fits(row: RawRow, query: HistorySearch, terms: readonly SearchTerm[]): boolean {
  const { from, to, status, connection } = query;
  const time = Number(row['time']);
  return (
    (from === undefined || time >= from) &&
    (to === undefined || time < to) &&
    (status === undefined || row['status'] === status) &&
    (connection === undefined || row['connection'] === connection) &&
    hasAll(row, terms)
  );
}

function hasAll(row: RawRow, terms: readonly SearchTerm[]): boolean {
  const folded = new Map<string, string>();
  const textOf = (column: SearchTerm['columns'][number]): string => {
    const known = folded.get(column);
    if (known !== undefined) return known;
    const text = foldText(String(row[column === 'message_id' ? 'messageId' : column]));
    folded.set(column, text);
    return text;
  };
  return terms.every(({ text, columns }) => columns.some((column) => textOf(column).includes(text)));
}
