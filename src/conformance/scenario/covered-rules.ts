import type { Contract } from '../../contract/contract.ts';
import type { Requirement } from '../../contract/requirement.ts';
import { ruleOfThen, rulesOfMetReply } from './rule-of-expectation.ts';
import type { ScenarioCase } from './scenario.ts';

/** The requirements that a case can show: what its expectations count for once they are met. Nobody lists them by hand. */
export function coveredRules(
  contract: Contract,
  { about, dialogue, ending }: ScenarioCase,
): readonly Requirement[] {
  const rules = new Set<Requirement>([about]);
  for (const line of dialogue) {
    if (line.kind !== 'expect' && line.kind !== 'open-stage') continue;
    const reply =
      line.kind === 'open-stage'
        ? line.reply.text
        : line.expectation.kind === 'literal'
          ? line.expectation.reply.text
          : undefined;
    for (const rule of rulesOfMetReply(contract, about, line.rule, reply)) rules.add(rule);
  }
  for (const { kind, rule } of ending) rules.add(ruleOfThen(contract, kind, about, rule));
  return [...rules];
}
