import type { Context, TypedResponse } from 'hono';
import { stream } from 'hono/streaming';
import type { Session } from '../../control-api/history-schemas.ts';

/**
 * Answers with transcripts, one written after another: the answer is never in memory as a whole, and between two of them
 * others have their turn. `next` is the cursor of the next page.
 */
export function streamSessions<Body extends { readonly sessions: readonly Session[] }>(
  c: Context,
  { sessions, ...rest }: Body,
): Response & TypedResponse<Body, 200, 'json'> {
  c.header('content-type', 'application/json');
  const response = stream(c, async (to) => {
    const end = Object.entries(rest).map(
      ([name, value]) => `,${JSON.stringify(name)}:${JSON.stringify(value)}`,
    );
    await to.write('{"sessions":[');
    for (const [at, session] of sessions.entries()) {
      if (to.aborted) return;
      await to.write(`${at === 0 ? '' : ','}${JSON.stringify(session)}`);
    }
    await to.write(`]${end.join('')}}`);
  });
  // what was written is the JSON of the body, which a stream cannot tell the compiler
  return response as Response & TypedResponse<Body, 200, 'json'>;
}
