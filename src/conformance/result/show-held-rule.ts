import { isOwnRequirement } from '../../contract/requirement.ts';
import type { RuleId } from '../../contract/rule.ts';
import type { Finding } from './finding.ts';

/** What is said before the rule of a finding that is the author's own expectation. */
export const ownExpectation = 'your expectation, which no rule says; the rule that speaks of this moment';

/** A finding beside the sentence of its rule; empty where it is the author's own requirement. */
export type ExplainedFinding = Finding & { readonly statement: string };

/** The rule of a finding in a line; where no rule says what was expected, that it is the author's own expectation. */
export function showHeldRule({ rule, basis, level, own, hints = [], statement }: ExplainedFinding): string {
  if (isOwnRequirement(rule)) return `${rule}: your expectation, which no rule says${showHints(hints)}`;
  const told = `${rule} (${basis}${level === undefined ? '' : ` ${level}`}): ${statement}`;
  const others = hints.length > 1 ? ` Also: ${hints.slice(1).join(', ')}.` : '';
  return own === true ? `${ownExpectation}: ${told}${others}` : told;
}

/** The rules that speak of the moment of a finding, behind its sentence; nothing where there are none. */
function showHints(hints: readonly RuleId[]): string {
  if (hints.length === 0) return '';
  return `; ${hints.length === 1 ? 'the rule that speaks' : 'the rules that speak'} of this moment: ${hints.join(', ')}`;
}

/** What a finding breaks, in a word or two: its rule, or that it is the author's own expectation. */
export function nameOfHeld({ rule, own }: Finding): string {
  if (own !== true) return rule;
  return isOwnRequirement(rule) ? `${rule}, your expectation` : 'your expectation';
}
