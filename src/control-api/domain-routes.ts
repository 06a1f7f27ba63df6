/** A domain's records and its verification. */
import { createRoute, z } from '@hono/zod-openapi';
import { recordKinds } from '../contract/vocabulary.ts';
import { answer, body, problems } from './route-parts.ts';
import { domainCardSchema } from './schemas.ts';

const ofDomain = z.object({ account: z.string(), domain: z.string() });

export const showDomain = createRoute({
  method: 'get',
  path: '/accounts/{account}/domains/{domain}',
  summary: 'The records that a domain must publish, and its state',
  request: { params: ofDomain },
  responses: { 200: answer(domainCardSchema, 'The domain'), ...problems },
});

export const setRecord = createRoute({
  method: 'put',
  path: '/accounts/{account}/domains/{domain}/records',
  summary: "Publish one of the domain's records in the sandbox's DNS, or remove it",
  request: {
    params: ofDomain,
    ...body(z.strictObject({ kind: z.enum(recordKinds), published: z.boolean() })),
  },
  responses: { 200: answer(domainCardSchema, 'The domain'), ...problems },
});

export const verifyDomain = createRoute({
  method: 'post',
  path: '/accounts/{account}/domains/{domain}/verify',
  summary:
    'Verify, as support does: checks SPF, DKIM and DMARC and says which is missing (domain.verification.how)',
  request: { params: ofDomain },
  responses: { 200: answer(domainCardSchema, 'The domain after the check'), ...problems },
});
