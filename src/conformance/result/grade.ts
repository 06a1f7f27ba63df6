import { ruleOf, type Contract } from '../../contract/contract.ts';
import { isOwnRequirement, type Requirement } from '../../contract/requirement.ts';

/** What an expectation that was not met means; `never-run` for a sandbox rule on a target that is none. */
export type Grade = 'failed' | 'differs' | 'never-run';

/**
 * Grades an unmet expectation by the basis of the rule it holds. A target that declares its choices has promised all of
 * them; a foreign one owes the documentation and the MUSTs of the RFCs.
 */
export function gradeUnmet(contract: Contract, rule: Requirement, targetDeclaresChoices: boolean): Grade {
  // what the author asks for, he asks of every target
  if (targetDeclaresChoices || isOwnRequirement(rule)) return 'failed';
  const entry = ruleOf(contract, rule);
  switch (entry.basis) {
    case 'documented':
      return 'failed';
    case 'standard':
      return entry.level === 'MUST' ? 'failed' : 'differs';
    case 'observed':
    case 'inferred':
      return 'differs';
    case 'sandbox':
      return 'never-run';
  }
}

/** Whether a rule of an RFC is held only to the class of the reply: on a target that declared no wording. */
export function holdsClassOnly(
  contract: Contract,
  rule: Requirement,
  targetDeclaresChoices: boolean,
): boolean {
  return !targetDeclaresChoices && !isOwnRequirement(rule) && ruleOf(contract, rule).basis === 'standard';
}
