import type { RuleId } from '../../contract/rule.ts';
import type { Refusal } from './decision.ts';

/** One reason to refuse. A list of them is the order in which a verb is checked: the first that applies answers. */
export interface Check<Facts, Rule extends RuleId = RuleId, Said extends Refusal<Rule> = Refusal<Rule>> {
  /** The reason in a few words, as `gauntlet choices` prints it. */
  readonly name: string;
  /** The rule that it enforces. */
  readonly rule: Rule;
  /** The refusal where the reason applies. Pure. */
  readonly refusal: (facts: Facts) => Said | undefined;
}

/** A check that always says the same where its reason applies. */
export function checkWith<Facts, Rule extends RuleId, Said extends Refusal<Rule>>(
  name: string,
  said: Said & Refusal<Rule>,
  applies: (facts: Facts) => boolean,
): Check<Facts, Rule, Said> {
  return { name, rule: said.rule, refusal: (facts) => (applies(facts) ? said : undefined) };
}

/** What the first check says whose reason applies; `undefined` where none does. */
export function firstRefusal<Facts, Said extends Refusal>(
  checks: readonly Check<Facts, RuleId, Said>[],
  facts: Facts,
): Said | undefined {
  for (const { refusal } of checks) {
    const said = refusal(facts);
    if (said !== undefined) return said;
  }
  return undefined;
}
