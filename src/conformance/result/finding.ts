import { z } from 'zod';
import { requirementSchema, ruleIdSchema } from './requirement-schema.ts';

/**
 * One expectation that was not met, with all that is needed to understand it without the run: the rule with its basis,
 * the place in the scenario, what was expected and what came, and the last lines on the wire.
 */
export const findingSchema = z
  .object({
    /** The rule, or the requirement of the author's own. */
    rule: requirementSchema,
    basis: z.enum(['documented', 'standard', 'observed', 'inferred', 'sandbox', 'own']),
    level: z.enum(['MUST', 'SHOULD', 'MAY']).optional(),
    outcome: z.enum(['failed', 'differs']),
    file: z.string(),
    line: z.int().min(1),
    column: z.int().min(1),
    /** The scenario's line as written, without its indentation. */
    source: z.string(),
    /** Where in `source` the expectation begins, counted from 0. */
    offset: z.int().min(0),
    expected: z.string(),
    received: z.string(),
    /** The last lines of the session, as `C: …` and `S: …`, secrets blanked. */
    wire: z.array(z.string()).readonly(),
    /** What went wrong, in a sentence. */
    message: z.string(),
    /** No rule says what was expected: it is the scenario's own expectation, and the rule only speaks of this moment. */
    own: z.literal(true).optional(),
    /** The rules that speak of this moment, where `rule` is a requirement of the author's own. */
    hints: z.array(ruleIdSchema).readonly().optional(),
  })
  .readonly();

/** One expectation that was not met, and the one rule it holds. */
export type Finding = z.infer<typeof findingSchema>;
