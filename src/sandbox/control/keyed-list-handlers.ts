import type { OpenAPIHono } from '@hono/zod-openapi';
import * as routes from '../../control-api/keyed-list-routes.ts';
import type { SandboxOperations } from './operations.ts';

/** Domains, senders, suppression list and roles of an account, by page; and taking them away. */
export function addKeyedListRoutes(app: OpenAPIHono, operations: SandboxOperations): void {
  app.openapi(routes.listDomains, async (c) =>
    c.json(await operations.listDomains(c.req.valid('param').account, c.req.valid('query')), 200),
  );
  app.openapi(routes.removeDomain, async (c) => {
    const { account, domain } = c.req.valid('param');
    await operations.removeDomain(account, domain);
    return c.body(null, 204);
  });
  app.openapi(routes.listSenders, async (c) =>
    c.json(await operations.listSenders(c.req.valid('param').account, c.req.valid('query')), 200),
  );
  app.openapi(routes.removeSender, async (c) => {
    const { account, address } = c.req.valid('param');
    await operations.removeSender(account, address);
    return c.body(null, 204);
  });
  app.openapi(routes.listSuppressions, async (c) =>
    c.json(await operations.listSuppressions(c.req.valid('param').account, c.req.valid('query')), 200),
  );
  app.openapi(routes.addSuppression, async (c) => {
    const { address } = c.req.valid('json');
    await operations.addSuppression(c.req.valid('param').account, address);
    return c.json({ address }, 201);
  });
  app.openapi(routes.removeSuppression, async (c) => {
    const { account, address } = c.req.valid('param');
    await operations.removeSuppression(account, address);
    return c.body(null, 204);
  });
  app.openapi(routes.listRecipients, async (c) =>
    c.json(await operations.listRecipients(c.req.valid('param').account, c.req.valid('query')), 200),
  );
  app.openapi(routes.removeRecipient, async (c) => {
    const { account, address } = c.req.valid('param');
    await operations.removeRecipient(account, address);
    return c.body(null, 204);
  });
}
