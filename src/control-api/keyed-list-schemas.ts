/** Domains, senders, suppression list and roles of an account, by page. */
import { z } from '@hono/zod-openapi';
import { nextCursor, searchText } from './listing-schemas.ts';
import { address, providerWord } from './schema-parts.ts';
import { domainCardSchema } from './schemas.ts';

export const keyedListQuerySchema = z.strictObject({
  search: searchText.optional().openapi({ description: 'part of the domain or the address' }),
  cursor: z.string().min(1).max(400).optional().openapi({ description: 'the `next` of the page before' }),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export const domainPageSchema = z
  .object({ domains: z.array(domainCardSchema), next: nextCursor })
  .openapi('DomainPage');

export const senderPageSchema = z
  .object({
    senders: z.array(
      z.object({
        address,
        domain: z.string(),
        domainState: z
          .enum(['verified', 'unverified', 'missing'])
          .openapi({ description: 'missing: the account has no such domain' }),
        connections: z.int().openapi({ description: 'how many connections send from it' }),
      }),
    ),
    next: nextCursor,
  })
  .openapi('SenderPage');

export const suppressionSetupSchema = z.strictObject({ address }).openapi('SuppressionSetup');

export const suppressionPageSchema = z
  .object({ addresses: z.array(address), next: nextCursor })
  .openapi('SuppressionPage');

export const recipientPageSchema = z
  .object({ recipients: z.array(z.object({ address, role: providerWord })), next: nextCursor })
  .openapi('RecipientPage');

export type KeyedListQuery = z.output<typeof keyedListQuerySchema>;
export type DomainPage = z.output<typeof domainPageSchema>;
export type SenderPage = z.output<typeof senderPageSchema>;
export type SuppressionPage = z.output<typeof suppressionPageSchema>;
export type RecipientPage = z.output<typeof recipientPageSchema>;
