/** Plans and purchases. */
import { z } from '@hono/zod-openapi';
import { nextCursor, numberCursor } from './listing-schemas.ts';
import { instant, providerWord } from './schema-parts.ts';

export const planKindSchema = z.enum(['prepaid', 'monthly']).openapi('PlanKind');

export const plansSchema = z
  .object({
    plans: z.array(
      z.object({
        kind: planKindSchema,
        meaning: z.string(),
        packages: z.array(z.object({ sends: z.int(), cents: z.int() })),
      }),
    ),
  })
  .openapi('Plans');

export const purchaseSchema = z
  .object({
    id: z.string(),
    kind: planKindSchema,
    sends: z.int(),
    cents: z.int().openapi({ description: 'price in cents' }),
    boughtAt: instant,
    endsAt: instant.nullable().openapi({ description: 'when unused sends end; null for prepaid ones' }),
  })
  .openapi('Purchase');

export const ledgerQuerySchema = z.strictObject({
  order: z.enum(['oldest', 'newest']).default('oldest').openapi({ description: 'which entry comes first' }),
  cursor: numberCursor,
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export const ledgerPageSchema = z
  .object({
    entries: z.array(
      z.object({
        time: instant,
        kind: providerWord.openapi({
          description: 'ended: what was left of a subscription at its end, noted with the next entry',
        }),
        change: z.int().openapi({ description: 'sends; negative where they were used or ended' }),
        balance: z.int().openapi({ description: 'sends left behind it' }),
        reference: z
          .string()
          .nullable()
          .openapi({ description: 'the purchase, or the first email of the message' }),
      }),
    ),
    next: nextCursor,
  })
  .openapi('LedgerPage');

export type LedgerPage = z.output<typeof ledgerPageSchema>;
export type LedgerQuery = z.output<typeof ledgerQuerySchema>;
export type Plans = z.output<typeof plansSchema>;
export type Purchase = z.output<typeof purchaseSchema>;
