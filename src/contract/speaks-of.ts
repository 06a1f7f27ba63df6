import type { Contract } from './contract.ts';
import { EVERY_REPLY, type Moment } from './moments.ts';
import type { RuleId } from './rule.ts';

/** Whether a rule of the contract says anything of this moment. */
export function speaksOf({ rules }: Pick<Contract, 'rules'>, rule: RuleId, moment: Moment): boolean {
  return rules[rule]?.moments.includes(moment) === true;
}

/** So many rules are named as a hint. */
const HINTS = 5;

/** The rules that speak of a moment, those of the fewest moments first: they say most about it. Five at most. */
export function rulesSpeakingOf({ rules }: Pick<Contract, 'rules'>, moment: Moment): readonly RuleId[] {
  return Object.entries(rules)
    .filter(([, { shownBy, moments }]) => shownBy === 'scenario' && moments.includes(moment))
    .filter(([, { moments }]) => moments.length < EVERY_REPLY.length)
    .toSorted(([, left], [, right]) => left.moments.length - right.moments.length)
    .slice(0, HINTS)
    .map(([id]) => id);
}
