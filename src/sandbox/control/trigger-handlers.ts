import type { OpenAPIHono } from '@hono/zod-openapi';
import * as routes from '../../control-api/trigger-routes.ts';
import type { SandboxOperations } from './operations.ts';

/** Behaviour that is forced. */
export function addTriggerRoutes(app: OpenAPIHono, operations: SandboxOperations): void {
  app.openapi(routes.addTrigger, async (c) =>
    c.json(await operations.addTrigger(c.req.valid('param').account, c.req.valid('json')), 201),
  );
  app.openapi(routes.listTriggers, async (c) =>
    c.json({ triggers: [...(await operations.listTriggers(c.req.valid('param').account))] }, 200),
  );
  app.openapi(routes.removeTrigger, async (c) => {
    const { account, trigger } = c.req.valid('param');
    await operations.removeTrigger(account, trigger);
    return c.body(null, 204);
  });
}
