import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenOn } from '../loopback.ts';
import { LARGEST_REQUEST, readBoundedBody, refuseForeign, safetyFields } from './http-guard.ts';
import { replyText, type HttpReply } from './http-reply.ts';
import { answerRequest } from './routes.ts';
import type { RouteContext } from './route-context.ts';

/** The stand-in's HTTP side. */
export interface HttpMouth extends AsyncDisposable {
  readonly port: number;
}

/**
 * How long an idle connection is kept, in milliseconds: longer than a busy machine lets a client wait, who would ask over
 * one that is closed meanwhile.
 */
const KEEP_ALIVE_MS = 65_000;

/** Serves the API on a loopback port, 0 being any free one; the context is made anew for each request. */
export async function listenForApi(
  wanted: number,
  contextOf: (query: URLSearchParams, body: string) => Omit<RouteContext, 'pieces'>,
): Promise<HttpMouth> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    answer(request, contextOf).then(
      (reply) => send(response, reply),
      // a cut request or a fault of ours: say so, and let the next one be served
      (error: unknown) => send(response, replyText(String(error), 500)),
    );
  });
  const port = await listenOn(server, wanted);
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  request: IncomingMessage,
  contextOf: (query: URLSearchParams, body: string) => Omit<RouteContext, 'pieces'>,
): Promise<HttpReply> {
  const refused = refuseForeign(request);
  if (refused !== undefined) return refused;
  const url = new URL(request.url ?? '/', 'http://stand-in');
  const body = await readBoundedBody(request);
  if (body === undefined) return replyText(`A request may have ${LARGEST_REQUEST} octets.`, 413);
  return answerRequest(request.method ?? 'GET', url.pathname, contextOf(url.searchParams, body));
}

function send(response: ServerResponse, reply: HttpReply): void {
  if (reply.type !== '') response.setHeader('Content-Type', reply.type);
  if (reply.disposition !== undefined) response.setHeader('Content-Disposition', reply.disposition);
  // what is left of a request that was not read as a whole would be taken for the next one
  if (!response.req.complete) response.setHeader('Connection', 'close');
  response.writeHead(reply.status, safetyFields).end(reply.body);
}
