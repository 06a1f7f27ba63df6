import { z } from 'zod';
import { ruleIds } from '../../contract/emailmassivo/transition.ts';
import { ownRequirementPattern, type OwnRequirement } from '../../contract/requirement.ts';

/** A requirement of the author's own, as a record has it. */
// the pattern lets through what the type allows, and less
export const ownRequirementSchema = z
  .string()
  .regex(ownRequirementPattern) as unknown as z.ZodType<OwnRequirement>;

/** A rule of the contract, or a requirement of the author's own. */
export const requirementSchema = z.union([z.enum(ruleIds), ownRequirementSchema]);
