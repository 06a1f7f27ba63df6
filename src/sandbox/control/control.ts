/**
 * The control API: HTTP over what a sandbox offers. It parses, calls and answers; it decides nothing.
 */
import { serve } from '@hono/node-server';
import { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { addAccountRoutes } from './account-handlers.ts';
import { guardAccess, type ControlAccess } from './access.ts';
import { addBillingRoutes } from './billing-handlers.ts';
import { addDocumentation } from './documentation.ts';
import { addDomainRoutes } from './domain-handlers.ts';
import { addGatewayRoutes } from './gateway-handlers.ts';
import { addHistoryRoutes } from './history-handlers.ts';
import { answerFault, answerUnreadable, problem } from './problems.ts';
import { addTriggerRoutes } from './trigger-handlers.ts';
import type { SandboxOperations } from './operations.ts';

/** A control API that listens. */
export interface ControlServer extends AsyncDisposable {
  readonly url: string;
}

/** Octets of the largest request. */
const LARGEST_REQUEST = 4 * 1024 * 1024;

/** The routes over the operations; `onFault` hears of faults of the program. */
export function createControlApp(
  operations: SandboxOperations,
  access: ControlAccess,
  version: string,
  onFault: (fault: unknown) => void,
): OpenAPIHono {
  const app = new OpenAPIHono({ defaultHook: answerUnreadable });
  app.onError((fault, c) => answerFault(fault, c, onFault));
  app.notFound((c) => problem(c, 404, 'no-such-route', `There is no ${c.req.method} ${c.req.path}.`));
  app.use(guardAccess(access));
  app.use(
    bodyLimit({
      maxSize: LARGEST_REQUEST,
      onError: (c) => problem(c, 413, 'too-large', `A request may have ${LARGEST_REQUEST} octets.`),
    }),
  );
  addGatewayRoutes(app, operations);
  addAccountRoutes(app, operations);
  addDomainRoutes(app, operations);
  addTriggerRoutes(app, operations);
  addBillingRoutes(app, operations);
  addHistoryRoutes(app, operations);
  addDocumentation(app, version);
  return app;
}

/** Serves the app at an address; port 0 is any free one. */
export function serveControl(app: OpenAPIHono, host: string, port: number): Promise<ControlServer> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port }, (address) => {
      resolve({
        url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
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
