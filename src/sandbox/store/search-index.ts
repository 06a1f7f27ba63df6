import type { DatabaseSync } from 'node:sqlite';
import { foldText, teachFolding } from './search-text.ts';
import type { Store } from './store.ts';
import { inTransaction } from './transaction.ts';

/** Rows that are put into the index at a time: a client waits a few milliseconds at most. */
const ROWS_AT_A_TIME = 250;

/** Trigrams that the index is asked for at once. */
const TRIGRAMS_ASKED = 8;
/** Letters of a text that are taken into account for the index. */
const LETTERS_ASKED = 100;

/** A text that is looked for, folded, and the columns of the index in which it may stand. */
export interface SearchTerm {
  readonly text: string;
  readonly columns: readonly SearchColumn[];
}

export type SearchColumn = 'sender' | 'recipient' | 'subject' | 'message_id';

/**
 * The index of the texts of the history, by trigrams. It follows the history by some steps, since a client waits for each
 * accepted email and nobody yet looks for it; whoever searches brings it up to date.
 */
export interface SearchIndex extends Pick<Store, 'indexForSearch'> {
  /** The newest row that is in the index. */
  indexedUpTo(): number;
}

/** The index over a database. */
export function createSearchIndex(database: DatabaseSync): SearchIndex {
  teachFolding(database);
  // the table that the index keeps of its rows has the newest of them at its end
  const newestIndexed = database.prepare('SELECT coalesce(max(id), 0) AS newest FROM email_search_docsize');
  const addNext = database.prepare(
    `INSERT INTO email_search (rowid, sender, recipient, subject, message_id)
     SELECT sequence, fold_text(sender), fold_text(recipient), fold_text(subject), fold_text(message_id)
     FROM emails WHERE sequence > ? ORDER BY sequence LIMIT ${ROWS_AT_A_TIME}`,
  );
  const indexedUpTo = () => Number(newestIndexed.get()?.['newest']);
  return {
    indexedUpTo,
    indexForSearch: async () =>
      inTransaction(database, () => Number(addNext.run(indexedUpTo()).changes)) === ROWS_AT_A_TIME,
  };
}

/** The terms of a search: each word of `words` anywhere, each other text in its own column. */
export function searchTerms(texts: {
  readonly words?: string | undefined;
  readonly sender?: string | undefined;
  readonly recipient?: string | undefined;
  readonly subject?: string | undefined;
  readonly messageId?: string | undefined;
}): readonly SearchTerm[] {
  const words = foldText(texts.words ?? '').split(/\s+/);
  const inOne = (text: string | undefined, column: SearchColumn): SearchTerm => ({
    text: foldText(text ?? ''),
    columns: [column],
  });
  return [
    ...words.map((text) => ({ text, columns: allColumns })),
    inOne(texts.sender, 'sender'),
    inOne(texts.recipient, 'recipient'),
    inOne(texts.subject, 'subject'),
    inOne(texts.messageId, 'message_id'),
  ].filter(({ text }) => text !== '');
}

const allColumns: readonly SearchColumn[] = ['sender', 'recipient', 'subject', 'message_id'];

/** What the index is asked, and in which share of the rows the rarest part of it stands. */
export interface IndexQuestion {
  readonly asked: string;
  readonly share: number;
}

/** Whether the index can be asked for a text: it has parts of three letters. */
export function isAskable(text: string): boolean {
  return trigramsOf(text).length > 0;
}

/**
 * What the index is asked for the terms, of which one at least can be asked: the parts of them that `shareOf` says stand in
 * the fewest rows. The more of them, the more the index has to read; what it names is compared whole anyway.
 */
export function rarestOf(
  terms: readonly SearchTerm[],
  shareOf: (columns: readonly SearchColumn[], trigram: string) => number,
): IndexQuestion {
  const parts = terms
    .flatMap(({ text, columns }) => trigramsOf(text).map((trigram) => ({ trigram, columns })))
    .map((part) => ({ ...part, share: shareOf(part.columns, part.trigram) }))
    .toSorted((left, right) => left.share - right.share)
    .slice(0, TRIGRAMS_ASKED);
  const asked = parts.map(
    ({ trigram, columns }) => `{${columns.join(' ')}} : "${trigram.replaceAll('"', '""')}"`,
  );
  return { asked: asked.join(' AND '), share: parts[0]?.share ?? 0 };
}

function trigramsOf(text: string): readonly string[] {
  // by code point, as the tokenizer of the index goes
  const letters = Array.from(text).slice(0, LETTERS_ASKED);
  const all = letters.slice(2).map((_, at) => letters.slice(at, at + 3).join(''));
  // a NUL would end the query
  return [...new Set(all)].filter((trigram) => !trigram.includes('\0'));
}
