import type { DatabaseSync } from 'node:sqlite';
import { foldText, teachFolding } from './search-text.ts';
import type { Store } from './store.ts';
import { inTransaction } from './transaction.ts';

/** Rows that are put into the index at a time: a client waits a few milliseconds at most. */
const ROWS_AT_A_TIME = 250;

/** Trigrams of one text that the index is asked for; what it finds is compared whole anyway. */
const TRIGRAMS_ASKED = 24;

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

/** What the index is asked for the terms; `undefined` where all of them are too short for it. */
export function indexQuery(terms: readonly SearchTerm[]): string | undefined {
  const asked = terms.flatMap(({ text, columns }) => {
    const found = trigramsOf(text).map((trigram) => `"${trigram.replaceAll('"', '""')}"`);
    return found.length === 0 ? [] : [`{${columns.join(' ')}} : (${found.join(' AND ')})`];
  });
  return asked.length === 0 ? undefined : asked.join(' AND ');
}

function trigramsOf(text: string): readonly string[] {
  // by code point, as the tokenizer of the index goes
  const letters = Array.from(text);
  const all = letters.slice(2).map((_, at) => letters.slice(at, at + 3).join(''));
  // a NUL would end the query
  return [...new Set(all)].filter((trigram) => !trigram.includes('\0')).slice(0, TRIGRAMS_ASKED);
}
