import type { OpenAPIHono } from '@hono/zod-openapi';
import * as routes from '../../control-api/domain-routes.ts';
import type { SandboxOperations } from './operations.ts';

/** A domain's records and its verification. */
export function addDomainRoutes(app: OpenAPIHono, operations: SandboxOperations): void {
  app.openapi(routes.showDomain, async (c) => {
    const { account, domain } = c.req.valid('param');
    return c.json(await operations.showDomain(account, domain), 200);
  });
  app.openapi(routes.setRecord, async (c) => {
    const { account, domain } = c.req.valid('param');
    const { kind, published } = c.req.valid('json');
    return c.json(await operations.setRecord(account, domain, kind, published), 200);
  });
  app.openapi(routes.verifyDomain, async (c) => {
    const { account, domain } = c.req.valid('param');
    return c.json(await operations.verifyDomain(account, domain), 200);
  });
}
