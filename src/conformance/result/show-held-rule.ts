import { rules } from '../../contract/contract.ts';
import type { Finding } from './finding.ts';

/** What is said before the rule of a finding that is the author's own expectation. */
export const ownExpectation = 'your expectation, which no rule says; the rule that speaks of this moment';

/** The rule of a finding in a line; where no rule says what was expected, that it is the author's own expectation. */
export function showHeldRule({ rule, basis, level, own }: Finding): string {
  const told = `${rule} (${basis}${level === undefined ? '' : ` ${level}`}): ${rules[rule].statement}`;
  return own === true ? `${ownExpectation}: ${told}` : told;
}
