import { isRuleOf, ruleOf, type Contract } from '../../contract/contract.ts';
import type { RuleId } from '../../contract/rule.ts';
import type { Checks } from '../../sandbox/policy/checks.ts';
import type { Provider } from '../providers.ts';
import { choiceMeanings, type Choices } from '../../sandbox/policy/choices.ts';

const WIDTH = Math.max(...Object.keys(choiceMeanings).map((name) => name.length)) + 2;

/**
 * The choices, a line each: name, value, rule, and the basis of that rule; those of `given` that are not as declared
 * say what was declared.
 */
export function describeChoices({ contract, sandbox }: Provider, given: Partial<Choices> = {}): string {
  // Object.keys forgets the type of the keys; the table is closed, so they are these
  const names = Object.keys(sandbox.choiceRules) as readonly (keyof Choices)[];
  return names
    .map((name) => {
      const rule = sandbox.choiceRules[name];
      if (rule === undefined) return '';
      const declared = showChoice(sandbox.choices[name]);
      const value = name in given ? showChoice(given[name]) : declared;
      const note = value === declared ? '' : `  declared: ${declared}`;
      return `${name.padEnd(WIDTH)}${value.padEnd(12)}${describeRule(contract, rule)}${note}\n`;
    })
    .join('');
}

/** The rule under which a choice is declared; a provider need not have one. */
function describeRule(contract: Contract, rule: RuleId): string {
  return isRuleOf(contract, rule) ? `${rule} (${ruleOf(contract, rule).basis})` : 'under no rule';
}

/** The order in which each verb is checked, a line each reason: the first that applies answers. */
export function describeChecks(checks: Checks): string {
  const lines = Object.entries(checks).flatMap(([verb, list]: [string, Checks['MAIL']]) =>
    list.map(
      ({ name, rule }, at) => `${verb.padEnd(VERB_WIDTH)}${String(at + 1).padStart(2)}  ${name} (${rule})`,
    ),
  );
  return `Of several reasons to refuse, the first in this order answers (order.checks):\n${lines.join('\n')}\n`;
}

const VERB_WIDTH = 12;

/** The value of a choice as people write it. */
export function showChoice(value: Choices[keyof Choices] | undefined): string {
  if (value === undefined || value === null) return 'none';
  return typeof value === 'object' ? value.join(',') : String(value);
}
