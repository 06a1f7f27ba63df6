import type { OpenAPIHono } from '@hono/zod-openapi';
import * as routes from '../../control-api/email-routes.ts';
import type { SandboxOperations } from './operations.ts';

/** One email with its message. */
export function addEmailRoutes(app: OpenAPIHono, operations: SandboxOperations): void {
  app.openapi(routes.showEmail, async (c) => {
    const { account, email } = c.req.valid('param');
    return c.json(await operations.showEmail(account, email), 200);
  });
  app.openapi(routes.showRawEmail, async (c) => {
    const { account, email } = c.req.valid('param');
    const message = await operations.readRawEmail(account, email);
    return c.body(new Uint8Array(message), 200, {
      'content-type': 'message/rfc822',
      // an id has letters, digits and hyphens alone, or there is no such email
      'content-disposition': `attachment; filename="${email}.eml"`,
    });
  });
}
