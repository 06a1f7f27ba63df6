/** Lists by page, for pages that show many. */
import { createRoute } from '@hono/zod-openapi';
import {
  accountListQuerySchema,
  accountPageSchema,
  connectionListQuerySchema,
  connectionPageSchema,
} from './listing-schemas.ts';
import { answer, badRequest, ofAccount, problems } from './route-parts.ts';

export const listAccounts = createRoute({
  method: 'get',
  path: '/accounts',
  summary: 'The accounts, oldest first, by page, with a search',
  request: { query: accountListQuerySchema },
  responses: { 200: answer(accountPageSchema, 'A page of accounts'), ...badRequest },
});

export const listConnections = createRoute({
  method: 'get',
  path: '/accounts/{account}/connections',
  summary:
    'The connections of an account, oldest first, by page, without their passwords (connection.status)',
  request: { params: ofAccount, query: connectionListQuerySchema },
  responses: { 200: answer(connectionPageSchema, 'A page of connections'), ...problems },
});
