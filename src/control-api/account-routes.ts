/** Accounts and what belongs to them. */
import { createRoute, z } from '@hono/zod-openapi';
import { answer, badRequest, body, conflict, ofAccount, ofConnection, problems } from './route-parts.ts';
import {
  accountSchema,
  clockMoveSchema,
  connectionSetupSchema,
  accountSetupSchema,
  clockSchema,
  connectionSchema,
  domainChangeSchema,
  identitySchema,
  limitsSchema,
  recipientSchema,
  tokenSchema,
  tokenSetupSchema,
} from './schemas.ts';
import { providerWord } from './schema-parts.ts';

export const createAccount = createRoute({
  method: 'post',
  path: '/accounts',
  summary: 'Create an account with all that it needs, in one call',
  request: body(accountSetupSchema),
  responses: {
    201: answer(accountSchema, 'The account'),
    ...badRequest,
    ...conflict(
      'A login that was asked for belongs to another connection, or no listeners of its own can be opened.',
    ),
  },
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

export const moveClock = createRoute({
  method: 'post',
  path: '/accounts/{account}/clock',
  summary: "Move the account's clock forward, to an instant or by milliseconds; freeze it or let it run",
  request: {
    params: ofAccount,
    ...body(clockMoveSchema),
  },
  responses: {
    200: answer(clockSchema, 'The clock as it stands now'),
    ...problems,
    ...conflict('The clock would go back.'),
  },
});

export const setDomain = createRoute({
  method: 'put',
  path: '/accounts/{account}/domains',
  summary: 'Add a domain to the account, or set the state of one',
  request: { params: ofAccount, ...body(domainChangeSchema) },
  responses: { 200: answer(accountSchema, 'The account'), ...problems },
});

export const setIdentity = createRoute({
  method: 'put',
  path: '/accounts/{account}/identities',
  summary: 'Add an address or a domain to send from, or set the state of one',
  request: { params: ofAccount, ...body(identitySchema) },
  responses: { 200: answer(accountSchema, 'The account'), ...problems },
});

export const removeIdentity = createRoute({
  method: 'delete',
  path: '/accounts/{account}/identities/{identity}',
  summary: 'Remove an address or a domain; mail from it is then rejected',
  request: { params: z.object({ account: z.string(), identity: z.string() }) },
  responses: { 204: { description: 'Gone' }, ...problems },
});

export const setAccess = createRoute({
  method: 'put',
  path: '/accounts/{account}/access',
  summary: 'Say what the account may do',
  request: { params: ofAccount, ...body(z.strictObject({ access: providerWord })) },
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

export const setMaintenance = createRoute({
  method: 'put',
  path: '/accounts/{account}/maintenance',
  summary: "Switch maintenance of the account's own listeners on or off",
  request: { params: ofAccount, ...body(z.strictObject({ on: z.boolean() })) },
  responses: {
    200: answer(accountSchema, 'The account'),
    ...problems,
    ...conflict('The account has no listeners of its own.'),
  },
});

export const setMailbox = createRoute({
  method: 'put',
  path: '/accounts/{account}/mailbox',
  summary:
    "Take the mailbox away from the account's relay, or give it back; deferred emails are then due at once",
  request: { params: ofAccount, ...body(z.strictObject({ up: z.boolean() })) },
  responses: { 200: answer(accountSchema, 'The account'), ...problems },
});

export const resetAccount = createRoute({
  method: 'post',
  path: '/accounts/{account}/reset',
  summary:
    'Undo what was arranged: triggers, roles, suppression list, limits, blocks, locks, maintenance, mailbox, a frozen clock',
  request: { params: ofAccount },
  responses: { 200: answer(accountSchema, 'The account'), ...problems },
});

export const addSender = createRoute({
  method: 'post',
  path: '/accounts/{account}/senders',
  summary: 'Add a sender on a domain of the account (sender.create)',
  request: { params: ofAccount, ...body(z.strictObject({ address: connectionSetupSchema.shape.sender })) },
  responses: { 201: answer(accountSchema, 'The account'), ...problems },
});

export const createConnection = createRoute({
  method: 'post',
  path: '/accounts/{account}/connections',
  summary:
    'Create a connection from a name and a sender of the account; it gives login and password (connection.create)',
  request: { params: ofAccount, ...body(connectionSetupSchema) },
  responses: {
    201: answer(connectionSchema, 'The connection with its card'),
    ...problems,
    ...conflict('The login that was asked for belongs to another connection.'),
  },
});

export const showConnection = createRoute({
  method: 'get',
  path: '/accounts/{account}/connections/{connection}',
  summary: 'The card: login and password for copying, and the status (connection.card, connection.status)',
  request: { params: ofConnection },
  responses: { 200: answer(connectionSchema, 'The connection'), ...problems },
});

export const setConnectionBlock = createRoute({
  method: 'put',
  path: '/accounts/{account}/connections/{connection}/block',
  summary: 'Block or unblock a connection, as support does',
  request: { params: ofConnection, ...body(z.strictObject({ blocked: z.boolean() })) },
  responses: { 200: answer(connectionSchema, 'The connection'), ...problems },
});

export const generatePassword = createRoute({
  method: 'post',
  path: '/accounts/{account}/connections/{connection}/password',
  summary: 'Generate a new password; the old one stops (auth.regenerate)',
  request: { params: ofConnection },
  responses: { 200: answer(connectionSchema, 'The connection with its new password'), ...problems },
});

export const issueToken = createRoute({
  method: 'post',
  path: '/accounts/{account}/connections/{connection}/tokens',
  summary: 'Issue an access token for AUTH XOAUTH2 and OAUTHBEARER (sandbox.tokens)',
  request: { params: ofConnection, ...body(tokenSetupSchema) },
  responses: { 201: answer(tokenSchema, 'The token'), ...problems },
});

export const revokeTokens = createRoute({
  method: 'delete',
  path: '/accounts/{account}/connections/{connection}/tokens',
  summary: 'Revoke all tokens of a connection',
  request: { params: ofConnection },
  responses: { 204: { description: 'Gone' }, ...problems },
});
