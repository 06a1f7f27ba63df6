/** The gateway as a whole. */
import { createRoute, z } from '@hono/zod-openapi';
import { answer, badRequest, body, conflict } from './route-parts.ts';
import { sessionPageSchema, sessionQuerySchema } from './history-schemas.ts';
import { clockMoveSchema, clockSchema, gatewaySchema } from './schemas.ts';
import { vocabularySchema } from './vocabulary-schemas.ts';

export const showGateway = createRoute({
  method: 'get',
  path: '/gateway',
  summary: 'What this gateway is, where it listens, and the certificate authority to trust',
  responses: { 200: answer(gatewaySchema, 'The gateway'), ...badRequest },
});

export const showVocabulary = createRoute({
  method: 'get',
  path: '/vocabulary',
  summary:
    'The words of this gateway: modes, plans, statuses, roles, rules with their sentences, choices, bounds',
  responses: { 200: answer(vocabularySchema, 'The vocabulary'), ...badRequest },
});

export const setGatewayMaintenance = createRoute({
  method: 'put',
  path: '/gateway/maintenance',
  summary: 'Switch maintenance of the shared listeners on or off (error.421-unavailable)',
  request: body(z.strictObject({ on: z.boolean() })),
  responses: { 200: answer(gatewaySchema, 'The gateway'), ...badRequest },
});

export const moveGatewayClock = createRoute({
  method: 'post',
  path: '/gateway/clock',
  summary: "Move the gateway's clock forward; it times what no account owns, such as locks of unknown logins",
  request: body(clockMoveSchema),
  responses: {
    200: answer(clockSchema, 'The clock as it stands now'),
    ...badRequest,
    ...conflict('The clock would go back.'),
  },
});

export const listSessions = createRoute({
  method: 'get',
  path: '/sessions',
  summary: 'Transcripts of the latest sessions, refused ones too, secrets blanked; oldest first',
  request: { query: sessionQuerySchema },
  responses: { 200: answer(sessionPageSchema, 'A page of transcripts'), ...badRequest },
});
