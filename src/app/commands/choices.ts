import { rules } from '../../contract/contract.ts';
import { choiceRules, defaultChoices, type Choices } from '../../sandbox/policy/choices.ts';

/** The declared choices, a line each: name, value, rule, and the basis of that rule. */
export function describeChoices(): string {
  // Object.keys forgets the type of the keys; the table is closed, so they are these
  const names = Object.keys(choiceRules) as readonly (keyof Choices)[];
  return names
    .map((name) => {
      const rule = choiceRules[name];
      return `${name.padEnd(18)}${String(defaultChoices[name] ?? 'none').padEnd(12)}${rule} (${rules[rule].basis})\n`;
    })
    .join('');
}
