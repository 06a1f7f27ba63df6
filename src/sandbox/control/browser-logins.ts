import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import * as routes from '../../control-api/session-routes.ts';
import { mayCall, remoteAddress, tooManyTokens, type ShownRights } from './access.ts';
import { hashToken } from './token-check.ts';
import { problem } from './problems.ts';

/** Browsers that may be logged in at once; the one that called longest ago goes first. */
export const MOST_LOGINS = 1_000;
/** Milliseconds without a call after which a browser has to log in again. */
const IDLE_MS = 12 * 60 * 60_000;

/** The browsers that logged in with the token, each by the value of its cookie. They live as long as the sandbox. */
export interface BrowserLogins {
  /** Whether a browser is logged in that shows this value; it counts as a call. */
  holds(value: string | undefined): boolean;
  /** Logs in a browser; the value is for its cookie. */
  open(): string;
  close(value: string | undefined): void;
}

/** None at first. `now` gives milliseconds of a clock that never goes back. */
export function createBrowserLogins(now: () => number = () => performance.now()): BrowserLogins {
  // by the hash of the value, the one that called last at the end
  const lastCalls = new Map<string, number>();
  return {
    holds: (value) => {
      const hash = hashToken(value ?? '');
      const last = lastCalls.get(hash);
      if (last === undefined) return false;
      lastCalls.delete(hash);
      if (now() - last > IDLE_MS) return false;
      lastCalls.set(hash, now());
      return true;
    },
    open: () => {
      const value = randomBytes(32).toString('base64url');
      const [oldest] = lastCalls.keys();
      if (lastCalls.size >= MOST_LOGINS && oldest !== undefined) lastCalls.delete(oldest);
      lastCalls.set(hashToken(value), now());
      return value;
    },
    close: (value) => {
      lastCalls.delete(hashToken(value ?? ''));
    },
  };
}

/** The value of the cookie that the request shows. */
export function loginShown(c: Context): string | undefined {
  return getCookie(c, cookieName(c));
}

/** A browser gives the cookies of a host to each of its ports: two sandboxes must not log each other out. */
function cookieName(c: Context): string {
  const port = /:(\d+)$/.exec(c.req.header('host') ?? '')?.[1] ?? '';
  return `gauntlet-login${port}`;
}

/** No script reads it, no other site sends it; behind a proxy that speaks TLS it goes over TLS alone. */
function attributes(c: Context): string {
  const isTls =
    c.req.header('x-forwarded-proto') === 'https' || c.req.header('origin')?.startsWith('https:') === true;
  return `HttpOnly; SameSite=Strict; Path=/${isTls ? '; Secure' : ''}`;
}

/** The routes by which a browser logs in and out; where no token is wanted nothing is asked. */
export function addLoginRoutes(app: OpenAPIHono, logins: BrowserLogins, rights: ShownRights): void {
  const { checkToken } = rights;
  app.openapi(routes.showLogin, (c) =>
    c.json({ needed: checkToken !== undefined, loggedIn: mayCall(c, rights) }, 200),
  );
  app.openapi(routes.logIn, (c) => {
    if (checkToken !== undefined) {
      const verdict = checkToken(remoteAddress(c), c.req.valid('json').token);
      if (verdict.kind === 'too many') return tooManyTokens(c, verdict.waitMs);
      if (verdict.kind === 'wrong') {
        return problem(c, 401, 'wrong-token', 'This is not the token of this sandbox.');
      }
      c.header('set-cookie', `${cookieName(c)}=${logins.open()}; ${attributes(c)}`);
    }
    return c.body(null, 204);
  });
  app.openapi(routes.logOut, (c) => {
    logins.close(loginShown(c));
    c.header('set-cookie', `${cookieName(c)}=; ${attributes(c)}; Max-Age=0`);
    return c.body(null, 204);
  });
}
