/** What happened in an account, and waiting for it. */
import { createRoute, z } from '@hono/zod-openapi';
import { answer, badRequest, body, conflict, ofAccount, problems, tooMany } from './route-parts.ts';
import {
  emailSchema,
  emailWaitSchema,
  eventSchema,
  gatewayEventSchema,
  sessionWaitSchema,
  settledWaitSchema,
  historyFilterSchema,
  historyPageSchema,
  historyQuerySchema,
  sessionPageSchema,
  sessionQuerySchema,
  sessionSchema,
  statisticsQuerySchema,
  statisticsSchema,
} from './history-schemas.ts';

const late = conflict('Not so within the limit; the detail says what was there.');

export const listHistory = createRoute({
  method: 'get',
  path: '/accounts/{account}/history',
  summary: 'The send history by time period, status, connection and texts (history.filter)',
  request: { params: ofAccount, query: historyQuerySchema },
  responses: { 200: answer(historyPageSchema, 'A page of rows'), ...problems },
});

export const exportHistory = createRoute({
  method: 'get',
  path: '/accounts/{account}/history.csv',
  summary: 'The same rows, all of them, oldest first, as a table for a spreadsheet (RFC 4180)',
  request: { params: ofAccount, query: historyFilterSchema },
  responses: {
    200: {
      content: { 'text/csv': { schema: z.string() } },
      description: 'The rows, written as they are read',
    },
    ...problems,
  },
});

export const showStatistics = createRoute({
  method: 'get',
  path: '/accounts/{account}/statistics',
  summary: 'Totals per status and per day (UTC), for one connection or all, by time period',
  request: { params: ofAccount, query: statisticsQuerySchema },
  responses: { 200: answer(statisticsSchema, 'The totals'), ...problems },
});

export const listAccountSessions = createRoute({
  method: 'get',
  path: '/accounts/{account}/sessions',
  summary: 'Transcripts of the sessions that logged in to the account or used its own listeners',
  request: { params: ofAccount, query: sessionQuerySchema },
  responses: { 200: answer(sessionPageSchema, 'A page of transcripts'), ...problems },
});

export const waitSettled = createRoute({
  method: 'post',
  path: '/accounts/{account}/settled',
  summary: 'Wait until nothing of the account is under way any more (sandbox.settled)',
  request: {
    params: ofAccount,
    ...body(settledWaitSchema),
  },
  responses: {
    200: answer(z.object({ settled: z.literal(true) }), 'Settled'),
    ...problems,
    ...conflict('Not settled within the limit; the detail says what is under way.'),
  },
});

export const waitEmails = createRoute({
  method: 'post',
  path: '/accounts/{account}/history/wait',
  summary: 'Wait until the history has so many emails, of a status or to a recipient if that is said',
  request: { params: ofAccount, ...body(emailWaitSchema) },
  responses: {
    200: answer(z.object({ emails: z.array(emailSchema) }), 'The emails'),
    ...problems,
    ...late,
  },
});

export const waitSessions = createRoute({
  method: 'post',
  path: '/accounts/{account}/sessions/wait',
  summary: 'Wait until so many sessions of the account have ended, and read their transcripts',
  request: { params: ofAccount, ...body(sessionWaitSchema) },
  responses: {
    200: answer(z.object({ sessions: z.array(sessionSchema) }), 'The transcripts'),
    ...problems,
    ...late,
  },
});

const lastEvent = z.object({
  'last-event-id': z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
});

export const streamAllEvents = createRoute({
  method: 'get',
  path: '/events',
  summary:
    'What happens anywhere, refused sessions too, as it happens (server-sent events); Last-Event-ID resumes',
  request: { headers: lastEvent },
  responses: {
    200: {
      content: { 'text/event-stream': { schema: gatewayEventSchema } },
      description: 'A stream; the data of each event is one JSON object',
    },
    ...badRequest,
    ...tooMany('So many streams are open already.'),
  },
});

export const streamEvents = createRoute({
  method: 'get',
  path: '/accounts/{account}/events',
  summary: 'What happens in an account, as it happens (server-sent events); Last-Event-ID resumes',
  request: {
    params: ofAccount,
    headers: lastEvent,
  },
  responses: {
    200: {
      content: { 'text/event-stream': { schema: eventSchema } },
      description: 'A stream; the data of each event is one JSON object',
    },
    ...problems,
    ...tooMany('So many streams are open already.'),
  },
});
