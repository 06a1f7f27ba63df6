/**
 * The control API: HTTP over what a sandbox offers. It parses, calls and answers; it decides nothing.
 */
import { serve } from '@hono/node-server';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { addAccountRoutes } from './account-handlers.ts';
import { guardHost, guardSite, guardToken, hostInUrl, type ControlAccess } from './access.ts';
import { addLoginRoutes, createBrowserLogins, loginShown } from './browser-logins.ts';
import { addBillingRoutes } from './billing-handlers.ts';
import { addDashboard } from './dashboard-files.ts';
import { addDocumentation } from './documentation.ts';
import { addDomainRoutes } from './domain-handlers.ts';
import { addEmailRoutes } from './email-handlers.ts';
import { addGatewayRoutes } from './gateway-handlers.ts';
import { addHistoryRoutes } from './history-handlers.ts';
import { addKeyedListRoutes } from './keyed-list-handlers.ts';
import { addListingRoutes } from './listing-handlers.ts';
import { addReportRoutes } from './report-handlers.ts';
import { answerFault, answerUnreadable, problem } from './problems.ts';
import { createTokenCheck } from './token-check.ts';
import { addTranscriptRoutes } from './transcript-handlers.ts';
import { addTriggerRoutes } from './trigger-handlers.ts';
import type { SandboxOperations } from './operations.ts';

/** A control API that listens. */
export interface ControlServer extends AsyncDisposable {
  readonly url: string;
}

/** Octets of the largest request. */
export const LARGEST_REQUEST = 4 * 1024 * 1024;

/** What a control API needs to know beside its operations. */
export interface ControlAppOptions {
  readonly access: ControlAccess;
  readonly version: string;
  /** The folder with the built dashboard; without one there is none. */
  readonly dashboard: string | undefined;
  /** Hears of faults of the program. */
  readonly onFault: (fault: unknown) => void;
}

/** The routes over the operations, and the dashboard's files. */
export function createControlApp(
  operations: SandboxOperations,
  { access, version, dashboard, onFault }: ControlAppOptions,
): OpenAPIHono {
  const app = new OpenAPIHono({ defaultHook: answerUnreadable });
  app.onError((fault, c) => answerFault(fault, c, onFault));
  app.notFound((c) => answerUnknown(app, c));
  app.use(addSafetyFields);
  app.use(guardHost(access));
  addDashboard(app, dashboard, async () => (await operations.showGateway()).certificateAuthority);
  const logins = createBrowserLogins();
  const rights = {
    checkToken: access.tokenHash === undefined ? undefined : createTokenCheck(access.tokenHash),
    holdsLogin: (c: Context) => logins.holds(loginShown(c)),
  };
  app.use(guardSite());
  app.use(guardToken(rights));
  app.use(
    bodyLimit({
      maxSize: LARGEST_REQUEST,
      onError: (c) => problem(c, 413, 'too-large', `A request may have ${LARGEST_REQUEST} octets.`),
    }),
  );
  app.use(demandJson(app));
  addLoginRoutes(app, logins, rights);
  addGatewayRoutes(app, operations);
  addListingRoutes(app, operations);
  addKeyedListRoutes(app, operations);
  addAccountRoutes(app, operations);
  addDomainRoutes(app, operations);
  addTriggerRoutes(app, operations);
  addBillingRoutes(app, operations);
  addHistoryRoutes(app, operations);
  addEmailRoutes(app, operations);
  addTranscriptRoutes(app, operations);
  addReportRoutes(app, operations);
  addDocumentation(app, version);
  return app;
}

/**
 * On every answer that does not set its own: kept nowhere, since answers hold passwords; shown in no frame; read as what it
 * says it is, with nothing in it but its own style.
 */
const addSafetyFields: MiddlewareHandler = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(safetyFields)) {
    if (!c.res.headers.has(name)) c.header(name, value);
  }
};

const safetyFields = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
};

/** Orders come as JSON, or they are no orders; a body that is missing is not an empty one. */
function demandJson(app: OpenAPIHono): MiddlewareHandler {
  return async (c, next) => {
    const { method, path } = c.req;
    const isOrder = (method === 'PUT' || method === 'POST') && !/\/(?:password|verify|reset)$/.test(path);
    const isJson = /^application\/json\b/i.test(c.req.header('content-type') ?? '');
    if (isOrder && !isJson && methodsOf(app, path).includes(method)) {
      return problem(c, 415, 'no-json', 'The request needs a JSON body, with content-type application/json.');
    }
    await next();
    return undefined;
  };
}

/** Tells a route that is not there from a method that it does not have (RFC 9110 §15.5.6). */
function answerUnknown(app: OpenAPIHono, c: Context): Response {
  const { method, path } = c.req;
  const allowed = methodsOf(app, path);
  if (allowed.length === 0) return problem(c, 404, 'no-such-route', `There is no ${method} ${path}.`);
  const allow = allowed.join(', ');
  return problem(c, 405, 'no-such-method', `${path} takes ${allow}.`, { allow });
}

/** The methods that a path takes. */
function methodsOf(app: OpenAPIHono, path: string): readonly string[] {
  const routes = app.routes.filter((route) => route.method !== 'ALL' && samePath(route.path, path));
  return [...new Set(routes.map((route) => route.method))];
}

function samePath(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length && wanted.every((part, at) => part.startsWith(':') || part === given[at])
  );
}

/**
 * How long an idle connection is kept, in milliseconds: longer than a busy machine lets a client wait, who would ask over
 * one that is closed meanwhile.
 */
const KEEP_ALIVE_MS = 65_000;

/** Serves the app at an address; port 0 is any free one. */
export function serveControl(app: OpenAPIHono, host: string, port: number): Promise<ControlServer> {
  return new Promise((resolve, reject) => {
    const serverOptions = { keepAliveTimeout: KEEP_ALIVE_MS };
    const server = serve({ fetch: app.fetch, hostname: host, port, serverOptions }, (address) => {
      resolve({
        url: `http://${hostInUrl(host)}:${address.port}`,
        [Symbol.asyncDispose]: () =>
          new Promise((closed) => {
            server.close(() => closed());
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
    server.once('error', reject);
  });
}
