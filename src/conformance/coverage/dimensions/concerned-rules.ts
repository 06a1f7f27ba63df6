import type { Contract } from '../../../contract/contract.ts';
import type { Dimension } from '../../../contract/dimensions.ts';
import type { RuleId } from '../../../contract/rule.ts';

/** The rules to which a dimension applies: those of its patterns that scenarios show. */
export function concernedRules({ rules }: Contract, { concerns }: Dimension): readonly RuleId[] {
  return Object.entries(rules)
    .filter(([id, { shownBy }]) => shownBy === 'scenario' && concerns.some((pattern) => matches(id, pattern)))
    .map(([id]) => id);
}

function matches(id: string, pattern: string): boolean {
  const [start = '', end] = pattern.split('*');
  return end === undefined ? id === pattern : id.startsWith(start) && id.endsWith(end);
}
