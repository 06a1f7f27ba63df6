import { describeHeaders, describeMessage } from './answers.ts';
import { readHeaderSection } from './header-section.ts';
import { replyJson, replyNotFound, replyText, type HttpReply } from './http-reply.ts';
import type { MimePart } from './mime-tree.ts';
import { parseMessage, type ParsedMessage } from './parsed-message.ts';
import type { RouteContext } from './route-context.ts';
import { parseSearch } from './search-query.ts';
import type { StoredMessage } from './store.ts';

/** A message without its attachments' octets; looking at it marks it as read. */
export function showMessage(context: RouteContext): Promise<HttpReply> {
  return showParsed(context, (message, parsed) => {
    context.store.markRead([message.id], true);
    return replyJson(describeMessage(message, parsed));
  });
}

/** The octets. */
export function showRaw(context: RouteContext): HttpReply {
  const message = pickMessage(context);
  if (message === undefined) return replyMissing(context);
  const reply = replyText(message.raw);
  const download = context.query.get('dl') === '1';
  return download ? { ...reply, disposition: `attachment; filename="${message.id}.eml"` } : reply;
}

/** The header section as JSON. */
export function showHeaders(context: RouteContext): HttpReply {
  const message = pickMessage(context);
  if (message === undefined) return replyMissing(context);
  return replyJson(describeHeaders(readHeaderSection(message.raw) ?? []));
}

/** The octets of an attachment. */
export function showPart(context: RouteContext): Promise<HttpReply> {
  return showParsed(context, (_message, parsed) => {
    const parts = [...parsed.inlines, ...parsed.otherParts, ...parsed.attachments];
    const part = parts.find((candidate) => candidate.partId === context.pieces[1]);
    if (part === undefined) return replyNotFound();
    const name = part.fileName === '' ? part.contentId : part.fileName;
    const disposition = `filename="${name.replaceAll(/[^\x20-\x7e]|["\\]/g, '_')}"`;
    return { status: 200, type: part.contentType, body: part.content, disposition };
  });
}

/** The HTML body, its inline images pointing to this API. */
export function showHtml(context: RouteContext): Promise<HttpReply> {
  return showParsed(context, (message, parsed) => {
    if (parsed.html === '') return replyNotFound('This message does not contain a HTML part');
    context.store.markRead([message.id], true);
    const parts = [...parsed.inlines, ...parsed.otherParts, ...parsed.attachments];
    return {
      status: 200,
      type: 'text/html; charset=utf-8',
      body: linkImages(parsed.html, message.id, parts),
    };
  });
}

/** The text body. */
export function showText(context: RouteContext): Promise<HttpReply> {
  return showParsed(context, (message, parsed) => {
    context.store.markRead([message.id], true);
    return replyText(parsed.text);
  });
}

async function showParsed(
  context: RouteContext,
  show: (message: StoredMessage, parsed: ParsedMessage) => HttpReply,
): Promise<HttpReply> {
  const message = pickMessage(context);
  const parsed = message === undefined ? undefined : await parseMessage(message.raw);
  return message === undefined || parsed === undefined ? replyMissing(context) : show(message, parsed);
}

/** By id, or the newest one, or the newest one that a search finds. */
function pickMessage({ store, pieces, query }: RouteContext): StoredMessage | undefined {
  const [id = ''] = pieces;
  if (id !== 'latest') return store.get(id);
  return store.list().find(parseSearch((query.get('query') ?? '').trim(), query.get('tz') ?? ''));
}

function replyMissing({ pieces }: RouteContext): HttpReply {
  return replyNotFound(pieces[0] === 'latest' ? 'Message not found' : undefined);
}

/** Points images to this API, in one pass over the page however many parts there are. */
function linkImages(html: string, messageId: string, parts: readonly MimePart[]): string {
  const ids = new Map(parts.toReversed().map((part) => [part.contentId, part.partId]));
  return html.replaceAll(/"cid:[^"]+"|'cid:[^']+'/g, (quoted) => {
    const partId = ids.get(quoted.slice('"cid:'.length, -1));
    const quote = quoted.charAt(0);
    return partId === undefined ? quoted : `${quote}/api/v1/message/${messageId}/part/${partId}${quote}`;
  });
}
