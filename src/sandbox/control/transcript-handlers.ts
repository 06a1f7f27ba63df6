import type { OpenAPIHono } from '@hono/zod-openapi';
import * as routes from '../../control-api/transcript-routes.ts';
import type { SandboxOperations } from './operations.ts';

/** One session with what was decided in it. */
export function addTranscriptRoutes(app: OpenAPIHono, operations: SandboxOperations): void {
  app.openapi(routes.showSession, async (c) =>
    c.json(await operations.showSession(c.req.valid('param').session), 200),
  );
  app.openapi(routes.showSessionScenario, async (c) => {
    const { session } = c.req.valid('param');
    const text = await operations.writeSessionScenario(session);
    return c.body(text, 200, {
      'content-type': 'application/yaml; charset=utf-8',
      // an id has letters and digits alone, or there is no such session
      'content-disposition': `attachment; filename="${session}.scenario.yaml"`,
    });
  });
}
