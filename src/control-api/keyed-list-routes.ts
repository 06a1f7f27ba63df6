/** Domains, senders, suppression list and roles of an account: to list, add and remove. */
import { createRoute, z } from '@hono/zod-openapi';
import {
  domainPageSchema,
  keyedListQuerySchema,
  recipientPageSchema,
  senderPageSchema,
  suppressionPageSchema,
  suppressionSetupSchema,
} from './keyed-list-schemas.ts';
import { answer, body, ofAccount, problems } from './route-parts.ts';

const query = { params: ofAccount, query: keyedListQuerySchema };
const ofAddress = z.object({ account: z.string(), address: z.string() });
const gone = { 204: { description: 'Gone' }, ...problems };

export const listDomains = createRoute({
  method: 'get',
  path: '/accounts/{account}/domains',
  summary: 'The domains of an account by name, each with the records to publish and their state, by page',
  request: query,
  responses: { 200: answer(domainPageSchema, 'A page of domains'), ...problems },
});

export const removeDomain = createRoute({
  method: 'delete',
  path: '/accounts/{account}/domains/{domain}',
  summary: 'Remove a domain and its senders; mail from it is then refused (error.553-domain)',
  request: { params: z.object({ account: z.string(), domain: z.string() }) },
  responses: gone,
});

export const listSenders = createRoute({
  method: 'get',
  path: '/accounts/{account}/senders',
  summary: 'The senders of an account by address, by page',
  request: query,
  responses: { 200: answer(senderPageSchema, 'A page of senders'), ...problems },
});

export const removeSender = createRoute({
  method: 'delete',
  path: '/accounts/{account}/senders/{address}',
  summary: 'Remove a sender; connections that were created with it stay',
  request: { params: ofAddress },
  responses: gone,
});

export const listSuppressions = createRoute({
  method: 'get',
  path: '/accounts/{account}/suppressions',
  summary: 'The suppression list by address, by page',
  request: query,
  responses: { 200: answer(suppressionPageSchema, 'A page of addresses'), ...problems },
});

export const addSuppression = createRoute({
  method: 'post',
  path: '/accounts/{account}/suppressions',
  summary: 'Put an address on the suppression list; mail to it is then refused (error.550-suppressed)',
  request: { params: ofAccount, ...body(suppressionSetupSchema) },
  responses: { 201: answer(suppressionSetupSchema, 'The address'), ...problems },
});

export const removeSuppression = createRoute({
  method: 'delete',
  path: '/accounts/{account}/suppressions/{address}',
  summary: 'Take an address off the suppression list, in any spelling of it',
  request: { params: ofAddress },
  responses: gone,
});

export const listRecipients = createRoute({
  method: 'get',
  path: '/accounts/{account}/recipients',
  summary: 'The addresses whose role was set, with their roles, by page (sandbox.recipients)',
  request: query,
  responses: { 200: answer(recipientPageSchema, 'A page of addresses'), ...problems },
});

export const removeRecipient = createRoute({
  method: 'delete',
  path: '/accounts/{account}/recipients/{address}',
  summary: 'Forget the role of an address; it has that of any other address again',
  request: { params: ofAddress },
  responses: gone,
});
