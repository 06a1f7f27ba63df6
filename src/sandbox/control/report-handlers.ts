import type { OpenAPIHono } from '@hono/zod-openapi';
import { stream } from 'hono/streaming';
import * as routes from '../../control-api/report-routes.ts';
import type { SandboxOperations } from './operations.ts';

/**
 * What a report may do: run its own script in an origin of its own, without our cookie, and open a link in a tab of its own.
 * Nothing is loaded and nothing is sent. The file may come from anybody who can write into the folder, so its own
 * policy, with the hash of the script, is a second wall and not the first.
 */
const apart =
  "sandbox allow-scripts allow-popups; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** Reports and scenarios. */
export function addReportRoutes(app: OpenAPIHono, operations: SandboxOperations): void {
  app.openapi(routes.listReports, async (c) =>
    c.json(await operations.listReports(c.req.valid('query')), 200),
  );
  app.openapi(routes.showReport, async (c) =>
    c.json(await operations.showReport(c.req.valid('param').report), 200),
  );
  app.openapi(routes.showReportPage, async (c) => {
    const octets = await operations.readReport(c.req.valid('param').report);
    c.header('content-type', 'text/html; charset=utf-8');
    c.header('content-security-policy', apart);
    return stream(c, async (out) => {
      for await (const piece of octets) {
        if (out.aborted) break;
        await out.write(piece);
      }
    });
  });
  app.openapi(routes.listScenarios, async (c) =>
    c.json(await operations.listScenarios(c.req.valid('query')), 200),
  );
}
