import type { OpenAPIHono } from '@hono/zod-openapi';
import * as routes from '../../control-api/email-routes.ts';
import { OperationError, type SandboxOperations } from './operations.ts';

/**
 * What the HTML of a mail may do in a frame of ours: nothing but its own style and the pictures that it carries along. It
 * comes from anybody.
 */
const hostileMail =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

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
  app.openapi(routes.showEmailHtml, async (c) => {
    const { account, email } = c.req.valid('param');
    const { content, contentGone } = await operations.showEmail(account, email);
    if (content === null) throw new OperationError('body-forgotten', contentGone ?? 'The text is forgotten.');
    return c.html(content.html ?? '', 200, { 'content-security-policy': hostileMail });
  });
}
