import type { OpenAPIHono } from '@hono/zod-openapi';
import * as routes from '../../control-api/listing-routes.ts';
import type { SandboxOperations } from './operations.ts';

/** Lists by page. */
export function addListingRoutes(app: OpenAPIHono, operations: SandboxOperations): void {
  app.openapi(routes.listAccounts, async (c) =>
    c.json(await operations.listAccounts(c.req.valid('query')), 200),
  );
  app.openapi(routes.listConnections, async (c) =>
    c.json(await operations.listConnections(c.req.valid('param').account, c.req.valid('query')), 200),
  );
}
