import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { EmailRecord, HistorySearch } from './account-record.ts';
import {
  isAskable,
  rarestOf,
  searchTerms,
  type IndexQuestion,
  type SearchColumn,
  type SearchIndex,
  type SearchTerm,
} from './search-index.ts';
import { foldText } from './search-text.ts';
import { historyConditions } from './sqlite-history.ts';
import { emailColumns, emailRow } from './sqlite-rows.ts';
import type { Store } from './store.ts';

/**
 * Rows that are read in order before the index is asked. A frequent text fills the page from them alone, and they are the
 * sample from which the frequency of each trigram is estimated.
 */
const READ_FIRST = 500;
/** Rows of that sample. */
const SAMPLE = 100;
/** Rows that one call reads where the index cannot help, so that other requests get their turn. */
const READ_ALONE = 2_000;
/** Rows from the index that one call compares, for the same reason. */
const NAMED = 1_000;
/** Expected matches of the rarest trigram in the part of the history that one index query covers. */
const EXPECTED = 5_000;
/** A trigram in a smaller share of the rows than this is rare: one index query covers all rows. */
const RARE = 0.02;

/** Emails of the history by what stands in them. */
export function sqliteSearch(database: DatabaseSync, index: SearchIndex): Pick<Store, 'searchHistory'> {
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
      // a JavaScript number is bound as a real, and FTS5 starts at the row id only for an integer
      `SELECT ${emailColumns}, e.account FROM email_search s JOIN emails e ON e.sequence = s.rowid
       WHERE email_search MATCH ? AND s.rowid >= cast(? AS INTEGER) AND s.rowid <= cast(? AS INTEGER)
       ORDER BY s.rowid ${direction}`,
    );
  const named = naming('ASC');
  const namedFromTheEnd = naming('DESC');

  const isWhole = () => index.indexedUpTo() >= Number(newestSequence.get()?.['newest']);

  /** The row `count` rows after another one in the order of the search; `undefined` beyond the end. */
  const rowBehind = (
    account: string,
    { newestFirst = false }: HistorySearch,
    after: Place,
    count: number,
  ) => {
    const row = (newestFirst ? placeBefore : placeBehind).get(account, after.time, after.sequence, count - 1);
    return row === undefined ? undefined : placeOf(row);
  };
  const placing = (beyond: '<' | '>', direction: 'ASC' | 'DESC') =>
    database.prepare(
      `SELECT time, sequence FROM emails INDEXED BY emails_by_account
       WHERE account = ? AND (time, sequence) ${beyond} (?, ?)
       ORDER BY time ${direction}, sequence ${direction} LIMIT 1 OFFSET ?`,
    );
  const placeBehind = placing('>', 'ASC');
  const placeBefore = placing('<', 'DESC');

  /** Rows that are read in order. */
  const readOn = (account: string, query: HistorySearch): Iterable<RawRow> => {
    const { sql, values } = readThrough(account, query);
    return database.prepare(sql).iterate(...values);
  };

  /**
   * Rows from the index after a row, and the end of the part that was covered. Where even the rarest trigram is frequent,
   * the part is small enough to keep the query bounded.
   */
  const askIndex = (account: string, query: HistorySearch, after: Place, { asked, share }: IndexQuestion) => {
    const range = rangeOf(account, { ...query, after });
    const end = share < RARE ? undefined : rowBehind(account, query, after, Math.ceil(EXPECTED / share));
    if (end === undefined) return { rows: throughIndex(asked, query, range), end };
    const clipped =
      query.newestFirst === true
        ? { ...range, first: Math.max(range.first, end.sequence) }
        : { ...range, last: Math.min(range.last, end.sequence) };
    return { rows: throughIndex(asked, query, clipped), end };
  };

  return {
    searchHistory: async (account, query) => {
      const terms = searchTerms(query.texts);
      const emails: EmailRecord[] = [];
      const sample: RawRow[] = [];
      let last = query.after;
      /** Reads until the page is full or `most` rows were read; returns whether the rows ended. */
      const look = (rows: Iterable<RawRow>, most: number): boolean => {
        let looked = 0;
        for (const row of rows) {
          looked += 1;
          last = placeOf(row);
          if (sample.length < SAMPLE) sample.push(row);
          if (row['account'] === account && fits(row, query, terms)) emails.push(emailRow.parse(row));
          if (emails.length === query.limit || looked === most) return false;
        }
        return true;
      };
      const isIndexed = terms.some(({ text }) => isAskable(text)) && isWhole();
      const isAll = look(readOn(account, query), isIndexed ? READ_FIRST : READ_ALONE);
      if (isAll) return { emails, next: undefined };
      if (emails.length === query.limit || !isIndexed || last === undefined) return { emails, next: last };
      const question = rarestOf(terms, (column, trigram) => shareOf(sample, column, trigram));
      const { rows, end } = askIndex(account, query, last, question);
      return { emails, next: look(rows, NAMED) ? end : last };
    },
  };
}

/** Where a row stands in the history of its account. */
type Place = NonNullable<HistorySearch['after']>;

const placeOf = (row: RawRow): Place => ({ time: Number(row['time']), sequence: Number(row['sequence']) });

/** In which share of the rows a trigram stands in any of the columns. */
function shareOf(sample: readonly RawRow[], columns: readonly SearchColumn[], trigram: string): number {
  const rows = sample.filter((row) => columns.some((column) => foldedOf(row, column).includes(trigram)));
  return rows.length / sample.length;
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
  return terms.every(({ text, columns }) => columns.some((column) => foldedOf(row, column).includes(text)));
}

const folded = new WeakMap<RawRow, Map<SearchColumn, string>>();

/** A text of a row as it is compared, folded once. */
function foldedOf(row: RawRow, column: SearchColumn): string {
  const known = folded.get(row) ?? new Map<SearchColumn, string>();
  folded.set(row, known);
  const text = known.get(column) ?? foldText(String(row[column === 'message_id' ? 'messageId' : column]));
  known.set(column, text);
  return text;
}
