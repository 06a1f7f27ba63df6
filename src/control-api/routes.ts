/**
 * The wire between the wings: routes as data. The sandbox serves them, everybody else calls them; neither side knows
 * the other. Whoever implements them makes their own gateway fully testable.
 */
import { createRoute, z } from '@hono/zod-openapi';
import {
  accountSchema,
  accountSetupSchema,
  clockSchema,
  connectionSchema,
  domainSchema,
  gatewaySchema,
  historyPageSchema,
  historyQuerySchema,
  limitsSchema,
  planKindSchema,
  plansSchema,
  problemSchema,
  purchaseSchema,
  recipientSchema,
  sessionSchema,
  statisticsQuerySchema,
  statisticsSchema,
} from './schemas.ts';

const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });
const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  ...json(schema),
  description,
});
const body = <Schema extends z.ZodType>(schema: Schema) => ({ body: { ...json(schema), required: true } });
const problems = {
  400: answer(problemSchema, 'The request is not what the schema says.'),
  404: answer(problemSchema, 'There is no such thing.'),
} as const;
const ofAccount = z.object({ account: z.string() });
const ofConnection = z.object({ account: z.string(), connection: z.string() });

export const showGateway = createRoute({
  method: 'get',
  path: '/gateway',
  summary: 'What this gateway is, where it listens, and the certificate authority to trust',
  responses: { 200: answer(gatewaySchema, 'The gateway') },
});

export const setGatewayMaintenance = createRoute({
  method: 'put',
  path: '/gateway/maintenance',
  summary: 'Switch maintenance of the shared listeners on or off (error.421-unavailable)',
  request: body(z.object({ on: z.boolean() })),
  responses: { 200: answer(gatewaySchema, 'The gateway'), 400: problems[400] },
});

export const createAccount = createRoute({
  method: 'post',
  path: '/accounts',
  summary: 'Create an account with all that it needs, in one call',
  request: body(accountSetupSchema),
  responses: { 201: answer(accountSchema, 'The account'), 400: problems[400] },
});

export const showAccount = createRoute({
  method: 'get',
  path: '/accounts/{account}',
  summary: 'Balance, sends charged, domains, connections, suppression list, listeners, clock',
  request: { params: ofAccount },
  responses: { 200: answer(accountSchema, 'The account'), ...problems },
});

export const deleteAccount = createRoute({
  method: 'delete',
  path: '/accounts/{account}',
  summary: 'Delete an account; its own listeners close with it',
  request: { params: ofAccount },
  responses: { 204: { description: 'Gone' }, ...problems },
});

export const setBalance = createRoute({
  method: 'put',
  path: '/accounts/{account}/balance',
  summary: 'Set how many sends are left',
  request: { params: ofAccount, ...body(z.object({ sends: z.int().min(0).max(1_000_000_000) })) },
  responses: { 200: answer(accountSchema, 'The account'), ...problems },
});

export const moveClock = createRoute({
  method: 'post',
  path: '/accounts/{account}/clock',
  summary: "Move the account's clock forward, to an instant or by milliseconds; freeze it or let it run",
  request: {
    params: ofAccount,
    ...body(
      z
        .object({ advanceMs: z.int().min(0), to: clockSchema.shape.now, frozen: z.boolean() })
        .partial()
        .openapi('ClockMove'),
    ),
  },
  responses: { 200: answer(clockSchema, 'The clock as it stands now'), ...problems },
});

export const setDomain = createRoute({
  method: 'put',
  path: '/accounts/{account}/domains',
  summary: 'Add a domain to the account, or set the state of one',
  request: { params: ofAccount, ...body(domainSchema) },
  responses: { 200: answer(accountSchema, 'The account'), ...problems },
});

export const setRecipient = createRoute({
  method: 'put',
  path: '/accounts/{account}/recipients',
  summary: 'Say what becomes of mail to an address',
  request: { params: ofAccount, ...body(recipientSchema) },
  responses: { 200: answer(accountSchema, 'The account'), ...problems },
});

export const setLimits = createRoute({
  method: 'put',
  path: '/accounts/{account}/limits',
  summary: 'Set limits of the account; those left out stay',
  request: { params: ofAccount, ...body(limitsSchema.partial()) },
  responses: { 200: answer(accountSchema, 'The account'), ...problems },
});

export const setConnectionBlock = createRoute({
  method: 'put',
  path: '/accounts/{account}/connections/{connection}/block',
  summary: 'Block or unblock a connection, as support does',
  request: { params: ofConnection, ...body(z.object({ blocked: z.boolean() })) },
  responses: { 200: answer(connectionSchema, 'The connection'), ...problems },
});

export const generatePassword = createRoute({
  method: 'post',
  path: '/accounts/{account}/connections/{connection}/password',
  summary: 'Generate a new password; the old one stops (auth.regenerate)',
  request: { params: ofConnection },
  responses: { 200: answer(connectionSchema, 'The connection with its new password'), ...problems },
});

export const setMaintenance = createRoute({
  method: 'put',
  path: '/accounts/{account}/maintenance',
  summary: "Switch maintenance of the account's own listeners on or off",
  request: { params: ofAccount, ...body(z.object({ on: z.boolean() })) },
  responses: {
    200: answer(accountSchema, 'The account'),
    ...problems,
    409: answer(problemSchema, 'The account has no listeners of its own.'),
  },
});

export const setMailbox = createRoute({
  method: 'put',
  path: '/accounts/{account}/mailbox',
  summary:
    "Take the mailbox away from the account's relay, or give it back; deferred emails are then due at once",
  request: { params: ofAccount, ...body(z.object({ up: z.boolean() })) },
  responses: { 200: answer(accountSchema, 'The account'), ...problems },
});

export const listHistory = createRoute({
  method: 'get',
  path: '/accounts/{account}/history',
  summary: 'The send history, oldest first, by time period, status and connection (history.filter)',
  request: { params: ofAccount, query: historyQuerySchema },
  responses: { 200: answer(historyPageSchema, 'A page of rows'), ...problems },
});

export const showStatistics = createRoute({
  method: 'get',
  path: '/accounts/{account}/statistics',
  summary: 'Totals per status and per day (UTC), for one connection or all, by time period',
  request: { params: ofAccount, query: statisticsQuerySchema },
  responses: { 200: answer(statisticsSchema, 'The totals'), ...problems },
});

export const listPlans = createRoute({
  method: 'get',
  path: '/plans',
  summary: 'The two plan options and what their packages cost (billing.plans)',
  responses: { 200: answer(plansSchema, 'The plans') },
});

export const buyPlan = createRoute({
  method: 'post',
  path: '/accounts/{account}/purchases',
  summary: 'Buy sends; they are there at once (billing.plans.kinds)',
  request: {
    params: ofAccount,
    headers: z.object({
      'idempotency-key': z
        .string()
        .min(1)
        .max(255)
        .optional()
        .openapi({ description: 'the same key within 24 hours buys once' }),
    }),
    ...body(z.object({ kind: planKindSchema, sends: z.int().min(1).max(1_000_000_000) })),
  },
  responses: { 201: answer(purchaseSchema, 'The purchase'), ...problems },
});

export const listPurchases = createRoute({
  method: 'get',
  path: '/accounts/{account}/purchases',
  summary: 'What was bought, oldest first',
  request: { params: ofAccount },
  responses: { 200: answer(z.object({ purchases: z.array(purchaseSchema) }), 'The purchases'), ...problems },
});

export const setSendLimit = createRoute({
  method: 'put',
  path: '/accounts/{account}/connections/{connection}/send-limit',
  summary: 'Set how many sends a connection may use in all (billing.send-limit); null is no limit',
  request: { params: ofConnection, ...body(z.object({ limit: z.int().min(0).nullable() })) },
  responses: { 200: answer(connectionSchema, 'The connection'), ...problems },
});

export const listSessions = createRoute({
  method: 'get',
  path: '/sessions',
  summary: 'Transcripts of the latest sessions, refused ones too, secrets blanked; oldest first',
  responses: { 200: answer(z.object({ sessions: z.array(sessionSchema) }), 'The transcripts') },
});

export const listAccountSessions = createRoute({
  method: 'get',
  path: '/accounts/{account}/sessions',
  summary: 'Transcripts of the sessions that logged in to the account or used its own listeners',
  request: { params: ofAccount },
  responses: { 200: answer(z.object({ sessions: z.array(sessionSchema) }), 'The transcripts'), ...problems },
});

export const waitSettled = createRoute({
  method: 'post',
  path: '/accounts/{account}/settled',
  summary: 'Wait until nothing of the account is under way any more (sandbox.settled)',
  request: {
    params: ofAccount,
    ...body(z.object({ timeoutMs: z.int().min(1).max(60_000).default(10_000) })),
  },
  responses: {
    200: answer(z.object({ settled: z.literal(true) }), 'Settled'),
    ...problems,
    409: answer(problemSchema, 'Not settled within the limit; the detail says what is under way.'),
  },
});
