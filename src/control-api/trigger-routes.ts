/** Behaviour that is forced (sandbox.triggers). */
import { createRoute, z } from '@hono/zod-openapi';
import { answer, body, conflict, ofAccount, problems } from './route-parts.ts';
import { triggerSchema, triggerSetupSchema } from './trigger-schemas.ts';

export const addTrigger = createRoute({
  method: 'post',
  path: '/accounts/{account}/triggers',
  summary: 'Force a reply, a delay, a cut or a TLS fault at a stage, for a match, so many times',
  request: { params: ofAccount, ...body(triggerSetupSchema) },
  responses: {
    201: answer(triggerSchema, 'The trigger'),
    ...problems,
    ...conflict('Before the login, and for TLS, the account needs listeners of its own.'),
  },
});

export const listTriggers = createRoute({
  method: 'get',
  path: '/accounts/{account}/triggers',
  summary: 'The triggers of an account, and how often each has matched',
  request: { params: ofAccount },
  responses: { 200: answer(z.object({ triggers: z.array(triggerSchema) }), 'The triggers'), ...problems },
});

export const removeTrigger = createRoute({
  method: 'delete',
  path: '/accounts/{account}/triggers/{trigger}',
  summary: 'Remove a trigger',
  request: { params: z.object({ account: z.string(), trigger: z.string() }) },
  responses: { 204: { description: 'Gone' }, ...problems },
});
