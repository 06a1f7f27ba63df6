import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import * as routes from '../../control-api/history-routes.ts';
import type { EventStream, SandboxOperations } from './operations.ts';
import { streamTable } from './csv.ts';
import { streamSessions } from './stream-sessions.ts';

/** What happened in an account, and waiting for it. */
export function addHistoryRoutes(app: OpenAPIHono, operations: SandboxOperations): void {
  app.openapi(routes.listHistory, async (c) =>
    c.json(await operations.listHistory(c.req.valid('param').account, c.req.valid('query')), 200),
  );
  app.openapi(routes.exportHistory, async (c) => {
    const { account } = c.req.valid('param');
    return streamTable(
      c,
      `history-${account}.csv`,
      await operations.exportHistory(account, c.req.valid('query')),
    );
  });
  app.openapi(routes.showStatistics, async (c) =>
    c.json(await operations.showStatistics(c.req.valid('param').account, c.req.valid('query')), 200),
  );
  app.openapi(routes.listAccountSessions, async (c) =>
    streamSessions(c, await operations.listSessions(c.req.valid('param').account, c.req.valid('query'))),
  );
  app.openapi(routes.waitSettled, async (c) => {
    await operations.waitSettled(c.req.valid('param').account, c.req.valid('json').timeoutMs);
    return c.json({ settled: true as const }, 200);
  });
  app.openapi(routes.waitEmails, async (c) =>
    c.json(
      { emails: [...(await operations.waitEmails(c.req.valid('param').account, c.req.valid('json')))] },
      200,
    ),
  );
  app.openapi(routes.waitSessions, async (c) => {
    const { count, timeoutMs } = c.req.valid('json');
    const sessions = await operations.waitSessions(c.req.valid('param').account, count, timeoutMs);
    return streamSessions(c, { sessions: [...sessions] });
  });
  app.openapi(routes.streamEvents, async (c) => {
    const { account } = c.req.valid('param');
    return answerStream(c, c.req.valid('header')['last-event-id'], (after, signal) =>
      operations.streamEvents(account, after, signal),
    );
  });
  app.openapi(routes.streamAllEvents, async (c) =>
    answerStream(c, c.req.valid('header')['last-event-id'], (after, signal) =>
      operations.streamAllEvents(after, signal),
    ),
  );
}

/** Answers with events behind the last one that was seen, until whoever listens goes away. */
async function answerStream(
  c: Context,
  last: string | undefined,
  open: (after: number | undefined, signal: AbortSignal) => Promise<EventStream>,
): Promise<Response> {
  const ended = new AbortController();
  const events = await open(last === undefined ? undefined : Number(last), ended.signal);
  return streamSSE(c, async (stream) => {
    stream.onAbort(() => ended.abort());
    // the headers leave at once, so that a listener knows that it is heard
    await stream.write(': listening\n\n');
    for await (const { id, event } of events)
      await stream.writeSSE({ id: String(id), data: JSON.stringify(event) });
  });
}
