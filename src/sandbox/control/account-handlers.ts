import type { OpenAPIHono } from '@hono/zod-openapi';
import * as routes from '../../control-api/account-routes.ts';
import type { SandboxOperations } from './operations.ts';

/** Accounts and what belongs to them. */
export function addAccountRoutes(app: OpenAPIHono, operations: SandboxOperations): void {
  app.openapi(routes.createAccount, async (c) =>
    c.json(await operations.createAccount(c.req.valid('json')), 201),
  );
  app.openapi(routes.showAccount, async (c) =>
    c.json(await operations.showAccount(c.req.valid('param').account), 200),
  );
  app.openapi(routes.deleteAccount, async (c) => {
    await operations.deleteAccount(c.req.valid('param').account);
    return c.body(null, 204);
  });
  app.openapi(routes.moveClock, async (c) =>
    c.json(await operations.moveClock(c.req.valid('param').account, c.req.valid('json')), 200),
  );
  app.openapi(routes.setDomain, async (c) =>
    c.json(await operations.setDomain(c.req.valid('param').account, c.req.valid('json')), 200),
  );
  app.openapi(routes.setIdentity, async (c) =>
    c.json(await operations.setIdentity(c.req.valid('param').account, c.req.valid('json')), 200),
  );
  app.openapi(routes.removeIdentity, async (c) => {
    const { account, identity } = c.req.valid('param');
    await operations.removeIdentity(account, identity);
    return c.body(null, 204);
  });
  app.openapi(routes.setAccess, async (c) =>
    c.json(await operations.setAccess(c.req.valid('param').account, c.req.valid('json').access), 200),
  );
  app.openapi(routes.setRecipient, async (c) =>
    c.json(await operations.setRecipient(c.req.valid('param').account, c.req.valid('json')), 200),
  );
  app.openapi(routes.setLimits, async (c) =>
    c.json(await operations.setLimits(c.req.valid('param').account, c.req.valid('json')), 200),
  );
  app.openapi(routes.setMaintenance, async (c) =>
    c.json(await operations.setMaintenance(c.req.valid('param').account, c.req.valid('json').on), 200),
  );
  app.openapi(routes.setMailbox, async (c) =>
    c.json(await operations.setMailbox(c.req.valid('param').account, c.req.valid('json').up), 200),
  );
  app.openapi(routes.resetAccount, async (c) =>
    c.json(await operations.resetAccount(c.req.valid('param').account), 200),
  );
  app.openapi(routes.addSender, async (c) =>
    c.json(await operations.addSender(c.req.valid('param').account, c.req.valid('json').address), 201),
  );
  addConnectionRoutes(app, operations);
}

function addConnectionRoutes(app: OpenAPIHono, operations: SandboxOperations): void {
  app.openapi(routes.createConnection, async (c) =>
    c.json(await operations.createConnection(c.req.valid('param').account, c.req.valid('json')), 201),
  );
  app.openapi(routes.showConnection, async (c) => {
    const { account, connection } = c.req.valid('param');
    return c.json(await operations.showConnection(account, connection), 200);
  });
  app.openapi(routes.setConnectionBlock, async (c) => {
    const { account, connection } = c.req.valid('param');
    return c.json(await operations.setConnectionBlock(account, connection, c.req.valid('json').blocked), 200);
  });
  app.openapi(routes.generatePassword, async (c) => {
    const { account, connection } = c.req.valid('param');
    return c.json(await operations.generatePassword(account, connection), 200);
  });
  app.openapi(routes.issueToken, async (c) => {
    const { account, connection } = c.req.valid('param');
    return c.json(await operations.issueToken(account, connection, c.req.valid('json')), 201);
  });
  app.openapi(routes.revokeTokens, async (c) => {
    const { account, connection } = c.req.valid('param');
    await operations.revokeTokens(account, connection);
    return c.body(null, 204);
  });
}
