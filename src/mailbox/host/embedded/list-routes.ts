import { z } from 'zod';
import { describeLine } from './answers.ts';
import { replyJson, replyText, type HttpReply } from './http-reply.ts';
import { readMoment } from './moment.ts';
import { countTags, readBody } from './route-reading.ts';
import type { RouteContext } from './route-context.ts';
import { parseSearch } from './search-query.ts';
import type { StoredMessage } from './store.ts';

const noQuery = replyText('Error: no search query', 400);

/** A page of everything. */
export function listMessages(context: RouteContext): HttpReply {
  const all = context.store.list();
  const { start, limit, before } = readPaging(context.query);
  const shown = all.filter((message) => message.createdAt.getTime() < before);
  // a limit of 0 is no limit here, and an empty page in a search
  const page = limit === 0 ? shown : shown.slice(start, start + limit);
  return replyPage({ all, counted: all, page, start, listing: 'list' });
}

/** A page of what a search finds. */
export function searchMessages(context: RouteContext): HttpReply {
  const found = findMessages(context);
  if (found === undefined) return noQuery;
  const { start, limit, before } = readPaging(context.query);
  const counted = found.filter((message) => message.createdAt.getTime() < before);
  const page = counted.slice(start, start + limit);
  return replyPage({ all: context.store.list(), counted, page, start, listing: 'search' });
}

/** Deletes what a search finds. */
export function removeFound(context: RouteContext): HttpReply {
  const found = findMessages(context);
  if (found === undefined) return noQuery;
  context.store.remove(found.map((message) => message.id));
  return replyText('ok');
}

const idsBody = z.object({ IDs: z.array(z.string()).nullish() });

/** Deletes by id; without ids, and without a readable body, everything: so it is in Mailpit. */
export function removeMessages({ store, body }: RouteContext): HttpReply {
  const ids = readBody(idsBody, body)?.IDs ?? [];
  store.remove(ids.length === 0 ? store.list().map((message) => message.id) : ids);
  return replyText('ok');
}

const readMarkBody = z.object({
  Read: z.boolean().default(false),
  IDs: z.array(z.string()).nullish(),
  Search: z.string().default(''),
});

/** Marks as read or unread: by id, by search, or everything. */
export function setReadMark({ store, body, query }: RouteContext): HttpReply {
  const wanted = readBody(readMarkBody, body);
  if (wanted === undefined) return replyText('the body is no JSON of the right shape', 400);
  const ids = wanted.IDs ?? [];
  if (ids.length > 0 && wanted.Search !== '') {
    return replyText('You may specify either IDs or a search query, not both', 400);
  }
  const fits = parseSearch(wanted.Search, query.get('tz') ?? '');
  const meant =
    ids.length > 0
      ? ids
      : store
          .list()
          .filter(fits)
          .map((message) => message.id);
  store.markRead(meant, wanted.Read);
  return replyText('ok');
}

function findMessages({ store, query }: RouteContext): readonly StoredMessage[] | undefined {
  const search = (query.get('query') ?? '').trim();
  if (search === '') return undefined;
  return store.list().filter(parseSearch(search, query.get('tz') ?? ''));
}

interface Paging {
  readonly start: number;
  readonly limit: number;
  /** Milliseconds. */
  readonly before: number;
}

function readPaging(query: URLSearchParams): Paging {
  const number = (name: string): number | undefined => {
    const text = query.get(name) ?? '';
    return /^\+?\d+$/.test(text) ? Number(text) : undefined;
  };
  return {
    start: number('start') ?? 0,
    limit: number('limit') ?? 50,
    before: readMoment(query.get('before') ?? '', '') ?? Number.POSITIVE_INFINITY,
  };
}

interface Page {
  readonly all: readonly StoredMessage[];
  readonly counted: readonly StoredMessage[];
  readonly page: readonly StoredMessage[];
  readonly start: number;
  readonly listing: 'list' | 'search';
}

function replyPage({ all, counted, page, start, listing }: Page): HttpReply {
  const unread = (messages: readonly StoredMessage[]): number =>
    messages.filter((message) => !message.read).length;
  return replyJson({
    total: all.length,
    unread: unread(all),
    count: page.length,
    messages_count: counted.length,
    messages_unread: unread(counted),
    start,
    tags: [...countTags(all).keys()],
    messages: page.map((message) => describeLine(message, listing)),
  });
}
