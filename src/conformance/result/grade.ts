import { rules, type RuleId } from '../../contract/contract.ts';

/** What an expectation that was not met means; `never-run` for a sandbox rule on a target that is none. */
export type Grade = 'failed' | 'differs' | 'never-run';

/**
 * Grades an unmet expectation by the basis of the rule it holds. A target that declares its choices has promised all of
 * them; a foreign one owes the documentation and the MUSTs of the RFCs.
 */
export function gradeUnmet(rule: RuleId, targetDeclaresChoices: boolean): Grade {
  if (targetDeclaresChoices) return 'failed';
  const entry = rules[rule];
  switch (entry.basis) {
    case 'documented':
      return 'failed';
    case 'standard':
      return entry.level === 'MUST' ? 'failed' : 'differs';
    case 'inferred':
      return 'differs';
    case 'sandbox':
      return 'never-run';
  }
}

/** Whether a rule of an RFC is held only to the class of the reply: on a target that declared no wording. */
export function holdsClassOnly(rule: RuleId, targetDeclaresChoices: boolean): boolean {
  return !targetDeclaresChoices && rules[rule].basis === 'standard';
}
