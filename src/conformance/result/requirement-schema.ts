import { z } from 'zod';
import { isOwnRequirement, ownRequirementPattern, type OwnRequirement } from '../../contract/requirement.ts';

export { isOwnRequirement };
export type { OwnRequirement };
export type { Requirement } from '../../contract/requirement.ts';

/** A requirement of the author's own, as a record has it. */
// the pattern lets through what the type allows, and less
export const ownRequirementSchema = z
  .string()
  .regex(ownRequirementPattern) as unknown as z.ZodType<OwnRequirement>;

/** The id of a rule as a record has it; whether its contract has such a rule is asked where the record is read. */
export const ruleIdSchema = z.string().regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/);

/** A rule of the contract, or a requirement of the author's own. */
export const requirementSchema = z.union([ruleIdSchema, ownRequirementSchema]);
