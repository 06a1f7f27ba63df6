import { isIPv6 } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';
import { problem } from './problems.ts';
import type { TokenCheck } from './token-check.ts';

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

/** How a request may show that it may call. */
export interface ShownRights {
  /** Looks at tokens; `undefined` where none is wanted. */
  readonly checkToken: TokenCheck | undefined;
  /** Whether the request shows the cookie of a browser that is logged in. */
  readonly holdsLogin: (c: Context) => boolean;
}

/** Lets through those who show the token where one is wanted, or the cookie of a browser that logged in with it. */
export function guardToken(rights: ShownRights): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.path === LOGIN_PATH) {
      await next();
      return undefined;
    }
    const way = wayOf(c, rights);
    if (way.kind === 'too many') return tooManyTokens(c, way.waitMs);
    if (way.kind === 'none') {
      return problem(
        c,
        401,
        'no-token',
        'Beyond loopback the control API wants its token: Authorization: Bearer …',
      );
    }
    if (way.kind === 'cookie' && !isSafe(c) && !isOfOwnPage(c)) {
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
export function mayCall(c: Context, rights: ShownRights): boolean {
  const { kind } = wayOf(c, rights);
  return kind === 'open' || kind === 'token' || kind === 'cookie';
}

/** The answer to an address that showed too many wrong tokens. */
export function tooManyTokens(c: Context, waitMs: number): Response {
  const seconds = Math.ceil(waitMs / 1_000);
  return problem(
    c,
    429,
    'too-many-tokens',
    `Too many wrong tokens came from this address. It may try again in ${seconds} seconds.`,
    { 'retry-after': String(seconds) },
  );
}

/** The address of the other side of the connection. */
export function remoteAddress(c: Context): string {
  return getConnInfo(c).remote.address ?? '';
}

/** By what a request may call, or why it may not. */
type Way =
  | { readonly kind: 'open' | 'token' | 'cookie' | 'none' }
  | { readonly kind: 'too many'; readonly waitMs: number };

function wayOf(c: Context, { checkToken, holdsLogin }: ShownRights): Way {
  if (checkToken === undefined) return { kind: 'open' };
  const token = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  const verdict = token === undefined ? undefined : checkToken(remoteAddress(c), token);
  if (verdict?.kind === 'right') return { kind: 'token' };
  // nobody guesses a cookie: whoever is logged in stays so, whatever others at the same address do
  if (holdsLogin(c)) return { kind: 'cookie' };
  return verdict?.kind === 'too many' ? verdict : { kind: 'none' };
}

function isSafe(c: Context): boolean {
  return c.req.method === 'GET' || c.req.method === 'HEAD';
}

/** A form of another site can set neither, whatever the browser thinks of SameSite. */
function isOfOwnPage(c: Context): boolean {
  return isOwnOrigin(c) || c.req.header('x-gauntlet') !== undefined;
}
