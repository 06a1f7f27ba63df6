import { createHash, timingSafeEqual } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Context, MiddlewareHandler } from 'hono';
import { problem } from './problems.ts';

/** Who may call the control API. */
export interface ControlAccess {
  /** Names under which it is reached, beside the loopback ones; a request for another Host is refused. */
  readonly hosts: readonly string[];
  /** SHA-256 of the token that callers must show, as hex; `undefined` where it listens on loopback alone. */
  readonly tokenHash: string | undefined;
}

/**
 * What a browser says of a request that no other page caused: from our own page, or typed by a person. `same-site` is
 * another port of this host, which is somebody else's.
 */
const ownSites = new Set(['same-origin', 'none']);

const loopbackNames = ['localhost', '127.0.0.1', '::1'];

/** Whether an address can be reached from this machine alone. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** A host as it stands in a URL and in the Host field: an IPv6 address in brackets (RFC 3986 §3.2.2). */
export function hostInUrl(host: string): string {
  return isIPv6(host) ? `[${host}]` : host;
}

/** The form in which a token is kept: nobody can read it back. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Lets through requests to a Host that is ours; a rebound DNS name is not. */
export function guardHost({ hosts }: ControlAccess): MiddlewareHandler {
  const known = new Set([...loopbackNames, ...hosts].map((host) => hostInUrl(host).toLowerCase()));
  return async (c, next) => {
    const host = c.req.header('host') ?? '';
    if (!known.has(host.replace(/:\d+$/, '').toLowerCase())) {
      return problem(c, 403, 'wrong-host', `This is not ${host}.`);
    }
    await next();
    return undefined;
  };
}

/** Lets through requests of our own pages and of programs: a page of somewhere else must neither send orders nor ask blindly. */
export function guardSite(): MiddlewareHandler {
  return async (c, next) => {
    const site = c.req.header('sec-fetch-site');
    if (site !== undefined && !ownSites.has(site)) {
      return problem(c, 403, 'wrong-site', 'Pages of other sites may not call the control API.');
    }
    if (c.req.header('origin') !== undefined && !isOwnOrigin(c)) {
      return problem(c, 403, 'wrong-origin', 'Pages of other origins may not call the control API.');
    }
    await next();
    return undefined;
  };
}

/** Whether the Origin is that of our pages: the Host as the browser wrote it, over TLS where a proxy speaks that. */
function isOwnOrigin(c: Context): boolean {
  const host = c.req.header('host') ?? '';
  const origin = c.req.header('origin');
  return origin === `http://${host}` || origin === `https://${host}`;
}

/** The path by which a browser logs in, to which it comes without a token. */
const LOGIN_PATH = '/session';

/** Lets through those who show the token where one is wanted, or the cookie of a browser that logged in with it. */
export function guardToken(
  { tokenHash }: ControlAccess,
  holdsLogin: (c: Context) => boolean,
): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.path === LOGIN_PATH || tokenHash === undefined || showsToken(c, tokenHash)) {
      await next();
      return undefined;
    }
    if (!holdsLogin(c)) {
      return problem(
        c,
        401,
        'no-token',
        'Beyond loopback the control API wants its token: Authorization: Bearer …',
      );
    }
    if (!isSafe(c) && !isOfOwnPage(c)) {
      return problem(
        c,
        403,
        'no-origin',
        'An order with the cookie of a browser needs the Origin of our own page, or the field X-Gauntlet.',
      );
    }
    await next();
    return undefined;
  };
}

/** Whether the request may call: no token is wanted, or it shows the token or a cookie. */
export function mayCall(
  c: Context,
  { tokenHash }: ControlAccess,
  holdsLogin: (c: Context) => boolean,
): boolean {
  return tokenHash === undefined || showsToken(c, tokenHash) || holdsLogin(c);
}

function isSafe(c: Context): boolean {
  return c.req.method === 'GET' || c.req.method === 'HEAD';
}

/** A form of another site can set neither, whatever the browser thinks of SameSite. */
function isOfOwnPage(c: Context): boolean {
  return isOwnOrigin(c) || c.req.header('x-gauntlet') !== undefined;
}

function showsToken(c: Context, tokenHash: string): boolean {
  const token = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  return token !== undefined && isToken(token, tokenHash);
}

/** Whether a text is the token; its time does not tell how much of it was right. */
export function isToken(text: string, tokenHash: string): boolean {
  return timingSafeEqual(Buffer.from(hashToken(text)), Buffer.from(tokenHash));
}
