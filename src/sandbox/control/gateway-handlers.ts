import type { OpenAPIHono } from '@hono/zod-openapi';
import * as routes from '../../control-api/gateway-routes.ts';
import type { SandboxOperations } from './operations.ts';
import { streamSessions } from './stream-sessions.ts';

/** The gateway as a whole. */
export function addGatewayRoutes(app: OpenAPIHono, operations: SandboxOperations): void {
  app.openapi(routes.showGateway, async (c) => c.json(await operations.showGateway(), 200));
  app.openapi(routes.showVocabulary, async (c) => c.json(await operations.showVocabulary(), 200));
  app.openapi(routes.setGatewayMaintenance, async (c) =>
    c.json(await operations.setGatewayMaintenance(c.req.valid('json').on), 200),
  );
  app.openapi(routes.moveGatewayClock, async (c) =>
    c.json(await operations.moveGatewayClock(c.req.valid('json')), 200),
  );
  app.openapi(routes.listSessions, async (c) =>
    streamSessions(c, await operations.listSessions(undefined, c.req.valid('query'))),
  );
}
