import { createHash, timingSafeEqual } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { MiddlewareHandler } from 'hono';
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

/**
 * Lets through those who may call: no Origin and no site but our own (a page somewhere must neither send orders nor ask
 * blindly), and the token where one is needed.
 */
export function guardAccess({ tokenHash }: ControlAccess): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('host') ?? '';
    const site = c.req.header('sec-fetch-site');
    if (site !== undefined && !ownSites.has(site)) {
      return problem(c, 403, 'wrong-site', 'Pages of other sites may not call the control API.');
    }
    const origin = c.req.header('origin');
    if (origin !== undefined && origin !== `http://${host}`) {
      return problem(c, 403, 'wrong-origin', 'Pages of other origins may not call the control API.');
    }
    if (tokenHash !== undefined && !showsToken(c.req.header('authorization'), tokenHash)) {
      return problem(
        c,
        401,
        'no-token',
        'Beyond loopback the control API wants its token: Authorization: Bearer …',
      );
    }
    await next();
    return undefined;
  };
}

function showsToken(authorization: string | undefined, tokenHash: string): boolean {
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  return token !== undefined && timingSafeEqual(Buffer.from(hashToken(token)), Buffer.from(tokenHash));
}
