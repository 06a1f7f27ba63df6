/** One session with what was decided in it. */
import { createRoute, z } from '@hono/zod-openapi';
import { sessionSchema } from './history-schemas.ts';
import { answer, problems } from './route-parts.ts';
import { ruleSchema } from './vocabulary-schemas.ts';

const ofSession = z.object({ session: z.string() });

export const sessionDetailSchema = z
  .object({
    session: sessionSchema,
    refusals: z
      .array(
        z.object({
          entry: z.int().openapi({ description: 'which of the entries holds the reply' }),
          reply: z.string(),
          rule: ruleSchema,
          cause: z
            .string()
            .nullable()
            .openapi({ description: 'the documented cause; null where the page has none' }),
          cure: z.array(z.string()),
        }),
      )
      .openapi({ description: 'each refusal, with the rule that prescribes it and its sentence' }),
  })
  .openapi('SessionDetail');

export const showSession = createRoute({
  method: 'get',
  path: '/sessions/{session}',
  summary: 'A transcript with times and TLS, and for each refusal its rule with the sentence where it stands',
  request: { params: ofSession },
  responses: { 200: answer(sessionDetailSchema, 'The session'), ...problems },
});

export const showSessionScenario = createRoute({
  method: 'get',
  path: '/sessions/{session}/scenario',
  summary: 'The session as a scenario file, which `gauntlet run` plays against a fresh gateway',
  request: { params: ofSession },
  responses: {
    200: { content: { 'application/yaml': { schema: z.string() } }, description: 'The file' },
    ...problems,
  },
});

export type SessionDetail = z.output<typeof sessionDetailSchema>;
