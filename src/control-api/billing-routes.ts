/** Balance, plans, limits of sends. */
import { createRoute, z } from '@hono/zod-openapi';
import { answer, badRequest, body, keyReused, ofAccount, ofConnection, problems } from './route-parts.ts';
import {
  ledgerPageSchema,
  ledgerQuerySchema,
  planKindSchema,
  plansSchema,
  purchaseSchema,
} from './billing-schemas.ts';
import { accountSchema, connectionSchema } from './schemas.ts';

export const setBalance = createRoute({
  method: 'put',
  path: '/accounts/{account}/balance',
  summary: 'Set how many sends are left',
  request: { params: ofAccount, ...body(z.strictObject({ sends: z.int().min(0).max(1_000_000_000) })) },
  responses: { 200: answer(accountSchema, 'The account'), ...problems },
});

export const listPlans = createRoute({
  method: 'get',
  path: '/plans',
  summary: 'The two plan options and what their packages cost (billing.plans)',
  responses: { 200: answer(plansSchema, 'The plans'), ...badRequest },
});

export const buyPlan = createRoute({
  method: 'post',
  path: '/accounts/{account}/purchases',
  summary: 'Buy sends; they are there at once (billing.plans.kinds)',
  request: {
    params: ofAccount,
    headers: z.object({
      'idempotency-key': z.string().min(1).max(255).optional().openapi({
        description:
          'the same key with the same order within 24 hours buys once; with another order it is refused',
      }),
    }),
    ...body(z.strictObject({ kind: planKindSchema, sends: z.int().min(1).max(1_000_000_000) })),
  },
  responses: {
    201: answer(purchaseSchema, 'The purchase'),
    ...problems,
    ...keyReused('The key was used within 24 hours to buy something else.'),
  },
});

export const listPurchases = createRoute({
  method: 'get',
  path: '/accounts/{account}/purchases',
  summary: 'What was bought, oldest first',
  request: { params: ofAccount },
  responses: { 200: answer(z.object({ purchases: z.array(purchaseSchema) }), 'The purchases'), ...problems },
});

export const listLedger = createRoute({
  method: 'get',
  path: '/accounts/{account}/ledger',
  summary: 'The balance entry by entry: what was bought, what each message cost, and what was left behind it',
  request: { params: ofAccount, query: ledgerQuerySchema },
  responses: { 200: answer(ledgerPageSchema, 'A page of entries'), ...problems },
});

export const setSendLimit = createRoute({
  method: 'put',
  path: '/accounts/{account}/connections/{connection}/send-limit',
  summary: 'Set how many sends a connection may use in all (billing.send-limit); null is no limit',
  request: { params: ofConnection, ...body(z.strictObject({ limit: z.int().min(0).nullable() })) },
  responses: { 200: answer(connectionSchema, 'The connection'), ...problems },
});
