import { replyJson, replyNotFound, replyNotInStandIn, replyText, type HttpReply } from './http-reply.ts';
import { listMessages, removeFound, removeMessages, searchMessages, setReadMark } from './list-routes.ts';
import { showHeaders, showHtml, showMessage, showPart, showRaw, showText } from './message-routes.ts';
import type { RouteContext } from './route-context.ts';
import { countTags } from './route-reading.ts';
import { deleteTag, listTags, renameTag, setTags } from './tag-routes.ts';

type Answer = (context: RouteContext) => HttpReply | Promise<HttpReply>;
type Route = readonly [method: string, path: RegExp, answer: Answer];

const missing =
  (feature: string): Answer =>
  () =>
    replyNotInStandIn(feature);

const routes: readonly Route[] = [
  ['GET', /^\/livez$/, () => replyText('')],
  ['GET', /^\/readyz$/, () => replyText('')],
  ['GET', /^\/api\/v1\/info$/, showInfo],
  ['GET', /^\/api\/v1\/webui$/, showConfiguration],
  ['GET', /^\/api\/v1\/messages$/, listMessages],
  ['PUT', /^\/api\/v1\/messages$/, setReadMark],
  ['DELETE', /^\/api\/v1\/messages$/, removeMessages],
  ['GET', /^\/api\/v1\/search$/, searchMessages],
  ['DELETE', /^\/api\/v1\/search$/, removeFound],
  ['GET', /^\/api\/v1\/tags$/, listTags],
  ['PUT', /^\/api\/v1\/tags$/, setTags],
  ['PUT', /^\/api\/v1\/tags\/([^/]+)$/, renameTag],
  ['DELETE', /^\/api\/v1\/tags\/([^/]+)$/, deleteTag],
  ['GET', /^\/api\/v1\/message\/([^/]+)$/, showMessage],
  ['GET', /^\/api\/v1\/message\/([^/]+)\/raw$/, showRaw],
  ['GET', /^\/api\/v1\/message\/([^/]+)\/headers$/, showHeaders],
  ['GET', /^\/api\/v1\/message\/([^/]+)\/part\/([^/]+)$/, showPart],
  ['GET', /^\/view\/([^/]+)\.html$/, showHtml],
  ['GET', /^\/view\/([^/]+)\.txt$/, showText],
  ['GET', /^\/api\/v1\/message\/[^/]+\/part\/[^/]+\/thumb$/, missing('thumbnails')],
  ['GET', /^\/api\/v1\/message\/[^/]+\/html-check$/, missing('HTML check')],
  ['GET', /^\/api\/v1\/message\/[^/]+\/link-check$/, missing('link check')],
  ['GET', /^\/api\/v1\/message\/[^/]+\/sa-check$/, missing('spam check')],
  ['POST', /^\/api\/v1\/message\/[^/]+\/release$/, missing('release of messages')],
  ['POST', /^\/api\/v1\/send$/, missing('sending over HTTP')],
  ['GET', /^\/api\/v1\/chaos$/, missing('chaos triggers')],
  ['PUT', /^\/api\/v1\/chaos$/, missing('chaos triggers')],
];

/** Answers a request; the pieces of its path are filled in here. */
export async function answerRequest(
  method: string,
  path: string,
  context: Omit<RouteContext, 'pieces'>,
): Promise<HttpReply> {
  for (const [verb, pattern, answer] of routes) {
    const found = verb === method ? pattern.exec(path) : null;
    if (found !== null)
      return answer({ ...context, pieces: found.slice(1).map((piece) => decodePiece(piece)) });
  }
  return replyNotFound('File not found\n');
}

function decodePiece(piece: string): string {
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece;
  }
}

function showInfo({ store, counts, startedAt, version }: RouteContext): HttpReply {
  const messages = store.list();
  return replyJson({
    Version: version,
    LatestVersion: 'disabled',
    Database: 'memory',
    DatabaseSize: messages.reduce((total, message) => total + message.raw.length, 0),
    Messages: messages.length,
    Unread: messages.filter((message) => !message.read).length,
    Tags: Object.fromEntries(countTags(messages)),
    RuntimeStats: {
      Uptime: Math.floor((performance.now() - startedAt) / 1000),
      Memory: process.memoryUsage.rss(),
      MessagesDeleted: store.deletedCount(),
      SMTPAccepted: counts.accepted,
      SMTPAcceptedSize: counts.acceptedOctets,
      SMTPRejected: counts.rejected,
      SMTPIgnored: 0,
    },
  });
}

function showConfiguration(): HttpReply {
  return replyJson({
    Label: '',
    MessageRelay: {
      Enabled: false,
      SMTPServer: '',
      ReturnPath: '',
      AllowedRecipients: '',
      BlockedRecipients: '',
      OverrideFrom: '',
      PreserveMessageIDs: false,
      RecipientAllowlist: '',
    },
    SpamAssassin: false,
    ChaosEnabled: false,
    DuplicatesIgnored: false,
    HideDeleteAllButton: false,
  });
}
