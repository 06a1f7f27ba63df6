/** Plans and purchases. */
import { z } from '@hono/zod-openapi';
import { instant } from './schema-parts.ts';

export const planKindSchema = z.enum(['prepaid', 'monthly']).openapi('PlanKind');

export const plansSchema = z
  .object({
    plans: z.array(
      z.object({ kind: planKindSchema, packages: z.array(z.object({ sends: z.int(), cents: z.int() })) }),
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

export type Plans = z.output<typeof plansSchema>;
export type Purchase = z.output<typeof purchaseSchema>;
