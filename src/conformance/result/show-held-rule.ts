import { rules } from '../../contract/contract.ts';
import type { Finding } from './finding.ts';

/** The rule of a finding in a line; where no rule says what was expected, that it is the author's own expectation. */
export function showHeldRule({ rule, basis, level, own }: Finding): string {
  const told = `${rule} (${basis}${level === undefined ? '' : ` ${level}`}): ${rules[rule].statement}`;
  return own === true ? `your expectation, which no rule says; of this moment speaks ${told}` : told;
}
