/**
 * The control API: HTTP over what a sandbox offers. It parses, calls and answers; it decides nothing.
 */
import { serve } from '@hono/node-server';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import * as routes from '../../control-api/routes.ts';
import { OperationError, type OperationFault, type SandboxOperations } from './operations.ts';

/** A control API that listens. */
export interface ControlServer extends AsyncDisposable {
  readonly url: string;
}

const statuses = {
  'no-such-account': 404,
  'no-such-connection': 404,
  'login-taken': 400,
  'clock-goes-back': 400,
  'bad-address': 400,
  'bad-cursor': 400,
  'no-own-listeners': 409,
  'not-settled': 409,
} as const satisfies Record<OperationFault, number>;

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  404: 'Not found',
  409: 'Conflict',
  500: 'Fault',
};

/** The routes over the operations; `onFault` hears of faults of the program. */
export function createControlApp(
  operations: SandboxOperations,
  onFault: (fault: unknown) => void,
): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      const [issue] = result.error.issues;
      return problem(
        c,
        400,
        'bad-input',
        `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not valid'}`,
      );
    },
  });
  app.onError((fault, c) => {
    if (fault instanceof OperationError) return problem(c, statuses[fault.code], fault.code, fault.message);
    if (fault instanceof HTTPException) return problem(c, 400, 'bad-input', fault.message);
    onFault(fault);
    return problem(c, 500, 'fault', 'The sandbox met a fault of its own; its log has the cause.');
  });
  app.notFound((c) => problem(c, 404, 'no-such-route', `There is no ${c.req.method} ${c.req.path}.`));

  app.openapi(routes.showGateway, async (c) => c.json(await operations.showGateway(), 200));
  app.openapi(routes.setGatewayMaintenance, async (c) =>
    c.json(await operations.setGatewayMaintenance(c.req.valid('json').on), 200),
  );
  app.openapi(routes.createAccount, async (c) =>
    c.json(await operations.createAccount(c.req.valid('json')), 201),
  );
  app.openapi(routes.listSessions, async (c) =>
    c.json({ sessions: [...(await operations.listSessions())] }, 200),
  );
  app.openapi(routes.listPlans, async (c) => c.json(await operations.listPlans(), 200));
  addAccountRoutes(app, operations);
  addBillingRoutes(app, operations);
  return app;
}

function addAccountRoutes(app: OpenAPIHono, operations: SandboxOperations): void {
  app.openapi(routes.showAccount, async (c) =>
    c.json(await operations.showAccount(c.req.valid('param').account), 200),
  );
  app.openapi(routes.deleteAccount, async (c) => {
    await operations.deleteAccount(c.req.valid('param').account);
    return c.body(null, 204);
  });
  app.openapi(routes.setBalance, async (c) =>
    c.json(await operations.setBalance(c.req.valid('param').account, c.req.valid('json').sends), 200),
  );
  app.openapi(routes.moveClock, async (c) =>
    c.json(await operations.moveClock(c.req.valid('param').account, c.req.valid('json')), 200),
  );
  app.openapi(routes.setDomain, async (c) =>
    c.json(await operations.setDomain(c.req.valid('param').account, c.req.valid('json')), 200),
  );
  app.openapi(routes.setRecipient, async (c) =>
    c.json(await operations.setRecipient(c.req.valid('param').account, c.req.valid('json')), 200),
  );
  app.openapi(routes.setLimits, async (c) =>
    c.json(await operations.setLimits(c.req.valid('param').account, c.req.valid('json')), 200),
  );
  app.openapi(routes.setConnectionBlock, async (c) => {
    const { account, connection } = c.req.valid('param');
    return c.json(await operations.setConnectionBlock(account, connection, c.req.valid('json').blocked), 200);
  });
  app.openapi(routes.generatePassword, async (c) => {
    const { account, connection } = c.req.valid('param');
    return c.json(await operations.generatePassword(account, connection), 200);
  });
  app.openapi(routes.setMaintenance, async (c) =>
    c.json(await operations.setMaintenance(c.req.valid('param').account, c.req.valid('json').on), 200),
  );
  app.openapi(routes.setMailbox, async (c) =>
    c.json(await operations.setMailbox(c.req.valid('param').account, c.req.valid('json').up), 200),
  );
  app.openapi(routes.listHistory, async (c) =>
    c.json(await operations.listHistory(c.req.valid('param').account, c.req.valid('query')), 200),
  );
  app.openapi(routes.showStatistics, async (c) =>
    c.json(await operations.showStatistics(c.req.valid('param').account, c.req.valid('query')), 200),
  );
  app.openapi(routes.listAccountSessions, async (c) =>
    c.json({ sessions: [...(await operations.listSessions(c.req.valid('param').account))] }, 200),
  );
  app.openapi(routes.waitSettled, async (c) => {
    await operations.waitSettled(c.req.valid('param').account, c.req.valid('json').timeoutMs);
    return c.json({ settled: true as const }, 200);
  });
}

function addBillingRoutes(app: OpenAPIHono, operations: SandboxOperations): void {
  app.openapi(routes.buyPlan, async (c) => {
    const order = { ...c.req.valid('json'), idempotencyKey: c.req.valid('header')['idempotency-key'] };
    return c.json(await operations.buyPlan(c.req.valid('param').account, order), 201);
  });
  app.openapi(routes.listPurchases, async (c) =>
    c.json({ purchases: [...(await operations.listPurchases(c.req.valid('param').account))] }, 200),
  );
  app.openapi(routes.setSendLimit, async (c) => {
    const { account, connection } = c.req.valid('param');
    return c.json(await operations.setSendLimit(account, connection, c.req.valid('json').limit), 200);
  });
}

/** Serves the app on loopback; port 0 is any free one. */
export function serveControl(app: OpenAPIHono, port: number): Promise<ControlServer> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port }, (address) => {
      resolve({
        url: `http://127.0.0.1:${address.port}`,
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

function problem(c: Context, status: 400 | 404 | 409 | 500, code: string, detail: string): Response {
  const body = { type: 'about:blank', title: titles[status] ?? 'Problem', status, detail, code };
  return c.body(JSON.stringify(body), status, { 'content-type': 'application/problem+json' });
}
