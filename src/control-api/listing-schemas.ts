/** Lists of accounts and of what belongs to them, for pages that show many. */
import { z } from '@hono/zod-openapi';
import { address, instant, providerWord } from './schema-parts.ts';

/** What is looked for, in any letter case, somewhere in the text. */
export const searchText = z.string().min(1).max(200);

/** The `next` of a page whose cursor is a number. */
export const numberCursor = z
  .string()
  .max(20)
  .optional()
  .openapi({ description: 'the `next` of the page before' });

/** The cursor of the next page, or null where the list ends. */
export const nextCursor = z
  .string()
  .nullable()
  .openapi({ description: 'cursor of the next page; null at the end' });

/** How many entries a page has at most. */
export const pageLimit = z.coerce.number().int().min(1).max(500).default(100);

export const accountListQuerySchema = z.strictObject({
  search: searchText.optional().openapi({
    description:
      'part of an account’s id, of the name, login or sender of one of its connections, or of one of its domains',
  }),
  cursor: numberCursor,
  limit: pageLimit,
});

export const accountSummarySchema = z
  .object({
    id: z.string(),
    balance: z.int().min(0).openapi({ description: 'sends left' }),
    charged: z.int().openapi({ description: 'sends deducted since the account exists' }),
    ownListeners: z.boolean(),
    connectionCount: z.int(),
    blockedCount: z.int().openapi({ description: 'how many of its connections are blocked' }),
    domainCount: z.int(),
    firstConnection: z
      .object({ id: z.string(), name: z.string(), login: z.string(), sender: address })
      .nullable()
      .openapi({ description: 'its oldest connection, by which people know the account' }),
  })
  .openapi('AccountSummary');

export const accountPageSchema = z
  .object({ accounts: z.array(accountSummarySchema), next: nextCursor })
  .openapi('AccountPage');

export const connectionListQuerySchema = z.strictObject({
  search: searchText.optional().openapi({ description: 'part of the name, the login or the sender' }),
  cursor: numberCursor,
  limit: pageLimit,
});

export const connectionSummarySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    sender: address,
    login: z.string(),
    status: providerWord,
    sends: z.int().openapi({ description: 'sends that it has used' }),
    sendLimit: z.int().nullable(),
    lastUsed: instant.nullable().openapi({
      description: 'account time at which its newest email was accepted; null where it has sent none',
    }),
  })
  .openapi('ConnectionSummary');

export const connectionPageSchema = z
  .object({ connections: z.array(connectionSummarySchema), next: nextCursor })
  .openapi('ConnectionPage');

export type AccountPage = z.output<typeof accountPageSchema>;
export type AccountListQuery = z.output<typeof accountListQuerySchema>;
export type ConnectionPage = z.output<typeof connectionPageSchema>;
export type ConnectionListQuery = z.output<typeof connectionListQuerySchema>;
