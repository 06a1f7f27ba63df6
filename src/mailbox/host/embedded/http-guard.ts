import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { replyText, type HttpReply } from './http-reply.ts';

/** Names under which the stand-in is reached: it listens on loopback alone. */
const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);
/** What a browser says of a request that no page of another site caused; `same-site` is another port of this host. */
const ownSites = new Set(['same-origin', 'none']);
/** Octets of the largest request. */
export const LARGEST_REQUEST = 1024 * 1024;

/**
 * Fields of every answer. A mail may hold a page or a script of anybody's: it runs nothing, sends nothing, stands in no
 * frame, and is read as what it says it is.
 */
export const safetyFields = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy':
    "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'none'",
} as const;

/**
 * The refusal of a request that a foreign page caused: one with a rebound name, of another origin, or of another site. An
 * image of a mail is let through, since the sandboxed page of that mail counts as foreign.
 */
export function refuseForeign({ method, url, headers }: IncomingMessage): HttpReply | undefined {
  const host = (headers.host ?? '').toLowerCase();
  if (!loopbackNames.has(host.replace(/:\d+$/, ''))) return replyText(`This is not ${host}.`, 403);
  if (method === 'GET' && headers['sec-fetch-dest'] === 'image' && isPart(url)) return undefined;
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${host}`) return foreign('origins');
  return isOwnSite(headers) ? undefined : foreign('sites');
}

function isOwnSite({ 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
  return site === undefined || (typeof site === 'string' && ownSites.has(site));
}

function isPart(url: string | undefined): boolean {
  return /^\/api\/v1\/message\/[^/]+\/part\/[^/?]+$/.test(url ?? '');
}

function foreign(what: string): HttpReply {
  return replyText(`Pages of other ${what} may not read or change this mailbox.`, 403);
}

/** The body of a request; `undefined` where it is too large, and then no more of it is read. */
export async function readBoundedBody(request: IncomingMessage): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_REQUEST) return undefined;
  const chunks: Buffer[] = [];
  let octets = 0;
  // left open where it is too large: the refusal goes over the same socket
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const read = Buffer.from(chunk);
    octets += read.length;
    if (octets > LARGEST_REQUEST) return undefined;
    chunks.push(read);
  }
  return Buffer.concat(chunks).toString('utf8');
}
