import type { Email, HistoryFilter, HistoryPage, HistoryTexts } from '../../control-api/history-schemas.ts';
import { OperationError } from '../control/operations.ts';
import type { HistoryQuery, HistorySearch, SearchedPage } from '../store/account-record.ts';
import type { Store } from '../store/store.ts';
import { showEmail } from './operation-views.ts';

/** Rows of a page when nobody says how many. */
const LONGEST_PAGE = 1_000;

/** Steps of the index that a search does before it begins. */
const INDEX_STEPS = 20;

type HistoryStore = Pick<Store, 'readHistory' | 'searchHistory' | 'indexForSearch'>;

/** A page of the send history; throws {@link OperationError} for what is no cursor. */
export async function pageOfHistory(
  store: HistoryStore,
  account: string,
  filter: Partial<HistoryFilter>,
): Promise<HistoryPage> {
  const { order, cursor, limit = LONGEST_PAGE } = filter;
  const query: HistoryQuery = {
    from: instantOf(filter.from),
    to: instantOf(filter.to),
    status: filter.status,
    connection: filter.connection,
    newestFirst: order === 'newest',
    after: cursor === undefined ? undefined : readCursor(cursor),
    limit,
  };
  const texts = {
    words: filter.search,
    sender: filter.sender,
    recipient: filter.recipient,
    subject: filter.subject,
    messageId: filter.messageId,
  };
  const isSearch = Object.values(texts).some((text) => text !== undefined);
  const { emails, next } = isSearch
    ? await searchPage(store, account, { ...query, texts })
    : await plainPage(store, account, query);
  return {
    emails: emails.map(showEmail),
    next: next === undefined ? null : `${next.time}.${next.sequence}`,
  };
}

/** All rows that fit, oldest first, page by page. */
export async function* pagesOfHistory(
  store: HistoryStore,
  account: string,
  filter: HistoryTexts,
): AsyncGenerator<readonly Email[]> {
  let cursor: string | undefined;
  do {
    const page = await pageOfHistory(store, account, {
      ...filter,
      ...(cursor === undefined ? {} : { cursor }),
    });
    yield page.emails;
    await nextTurn();
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

async function plainPage(store: HistoryStore, account: string, query: HistoryQuery): Promise<SearchedPage> {
  // one more than wanted tells whether there is a next page
  const rows = await store.readHistory(account, { ...query, limit: query.limit + 1 });
  const emails = rows.slice(0, query.limit);
  return { emails, next: rows.length > query.limit ? emails.at(-1) : undefined };
}

/** One look at the history, which is bounded: what it did not reach is for the next page. */
async function searchPage(
  store: HistoryStore,
  account: string,
  search: HistorySearch,
): Promise<SearchedPage> {
  for (let step = 0; step < INDEX_STEPS && (await store.indexForSearch()); step += 1) await nextTurn();
  return store.searchHistory(account, search);
}

/** Milliseconds of an instant that may be left out. */
export function instantOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}

/** A cursor is the time and the sequence of the last row that was looked at: rows that come later never shift a page. */
function readCursor(text: string): { readonly time: number; readonly sequence: number } {
  const match = /^(\d{1,16})\.(\d{1,16})$/.exec(text);
  if (match === null)
    throw new OperationError('bad-cursor', `"${text}" is no cursor; take the "next" of a page.`);
  return { time: Number(match[1]), sequence: Number(match[2]) };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
