import type { OpenAPIHono } from '@hono/zod-openapi';
import * as routes from '../../control-api/billing-routes.ts';
import type { SandboxOperations } from './operations.ts';

/** Balance, plans, limits of sends. */
export function addBillingRoutes(app: OpenAPIHono, operations: SandboxOperations): void {
  app.openapi(routes.setBalance, async (c) =>
    c.json(await operations.setBalance(c.req.valid('param').account, c.req.valid('json').sends), 200),
  );
  app.openapi(routes.listPlans, async (c) => c.json(await operations.listPlans(), 200));
  app.openapi(routes.buyPlan, async (c) => {
    const order = { ...c.req.valid('json'), idempotencyKey: c.req.valid('header')['idempotency-key'] };
    return c.json(await operations.buyPlan(c.req.valid('param').account, order), 201);
  });
  app.openapi(routes.listPurchases, async (c) =>
    c.json({ purchases: [...(await operations.listPurchases(c.req.valid('param').account))] }, 200),
  );
  app.openapi(routes.listLedger, async (c) =>
    c.json(await operations.listLedger(c.req.valid('param').account, c.req.valid('query')), 200),
  );
  app.openapi(routes.setSendLimit, async (c) => {
    const { account, connection } = c.req.valid('param');
    return c.json(await operations.setSendLimit(account, connection, c.req.valid('json').limit), 200);
  });
}
