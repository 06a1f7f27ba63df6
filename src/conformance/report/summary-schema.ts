import { z } from 'zod';
import { findingSchema } from '../result/finding.ts';
import { ownRequirementSchema, requirementSchema, ruleIdSchema } from '../result/requirement-schema.ts';
import { outcomes } from '../result/result.ts';

/** The version of the summary's form; a change that old readers cannot read raises it. */
export const summarySchemaVersion = 1;

const outcome = z.enum(outcomes);
const counts = z.partialRecord(outcome, z.int().min(0)).readonly();

const ruleSummary = z
  .object({
    rule: ruleIdSchema,
    basis: findingSchema.unwrap().shape.basis,
    level: findingSchema.unwrap().shape.level,
    statement: z.string().describe('The promise in a sentence.'),
    outcome: outcome.describe('The worst that any case found.'),
    modes: z.record(z.string(), outcome).readonly().describe('The worst in each mode.'),
  })
  .readonly();

const requirementSummary = z
  .object({
    requirement: ownRequirementSchema,
    outcome: outcome.describe('The worst that any case found.'),
    modes: z.record(z.string(), outcome).readonly().describe('The worst in each mode.'),
  })
  .readonly();

const caseSummary = z
  .object({
    case: z.string().describe('The id, with the mode and, of a repeat, its number.'),
    group: z.string().describe('The id without the mode.'),
    mode: z.string(),
    repeat: z.int().min(1).optional(),
    title: z.string(),
    about: requirementSchema,
    file: z.string(),
    line: z.int().min(1),
    outcome,
    why: z.string().optional().describe('Why it is not passed, where no finding says so.'),
    ms: z.number().min(0).optional(),
    sends: z.int().optional().describe('Sends charged, where the target shows them.'),
    findings: z
      .array(
        findingSchema
          .unwrap()
          .omit({ offset: true, wire: true, file: true })
          .extend({ known: z.boolean().describe('Whether the baseline of the run had it.') })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();

/** A run in short: per rule and per case. */
export const summarySchema = z
  .object({
    summary: z.literal(summarySchemaVersion),
    run: z
      .object({
        target: z.object({ name: z.string(), version: z.string(), declaresChoices: z.boolean() }).readonly(),
        contract: z
          .object({ id: z.string(), version: z.string() })
          .readonly()
          .optional()
          .describe('What the target was held to.'),
        suite: z.string(),
        seed: z.string(),
        clock: z.string().describe('When it began, ISO 8601 in UTC.'),
        node: z.string(),
        how: z.enum(['finished', 'smoke-failed', 'untrustworthy', 'interrupted', 'bailed', 'broken-off']),
        why: z.string().optional(),
        ms: z.number().min(0).optional(),
      })
      .readonly(),
    counts: z
      .object({
        rules: counts,
        requirements: counts.optional().describe('The same of the requirements of the author’s own.'),
        cases: counts,
        findings: z.object({ new: z.int().min(0), known: z.int().min(0) }).readonly(),
      })
      .readonly(),
    rules: z.array(ruleSummary).readonly(),
    requirements: z
      .array(requirementSummary)
      .readonly()
      .optional()
      .describe('The requirements of the author’s own that the run touched.'),
    cases: z.array(caseSummary).readonly(),
  })
  .readonly();

/** A run in short. */
export type Summary = z.infer<typeof summarySchema>;

/** The published JSON Schema of the summary. */
export function summaryJsonSchema(): Readonly<Record<string, unknown>> {
  return { ...z.toJSONSchema(summarySchema), title: 'Summary of a run of SMTP Gauntlet' };
}
