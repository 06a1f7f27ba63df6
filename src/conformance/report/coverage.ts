import { ruleIds, rules, type RuleId } from '../../contract/contract.ts';
import { coveredRules } from '../scenario/covered-rules.ts';
import type { Scenario } from '../scenario/scenario.ts';

/** A rule and the cases that hold it; derived from their expectations, never listed by hand. */
export interface RuleCoverage {
  readonly rule: RuleId;
  readonly heldBy: readonly string[];
  /** Built, to be shown by a scenario, and held by none: the suite has a hole. */
  readonly isHole: boolean;
}

/** What the scenarios hold, rule by rule, in the order of the documentation. */
export function ruleCoverage(scenarios: readonly Scenario[]): readonly RuleCoverage[] {
  const cases = scenarios.flatMap((scenario) => (scenario.withdrawn === undefined ? scenario.cases : []));
  const held = cases.map((each) => ({ id: each.id, rules: new Set(coveredRules(each)) }));
  return ruleIds.map((rule) => {
    const heldBy = held.filter((each) => each.rules.has(rule)).map((each) => each.id);
    const { built, shownBy } = rules[rule];
    return { rule, heldBy, isHole: built && shownBy === 'scenario' && heldBy.length === 0 };
  });
}

/** The coverage for a terminal, holes first; ends with a line feed. */
export function writeCoverage(coverage: readonly RuleCoverage[]): string {
  const holes = coverage.filter((each) => each.isHole);
  const width = Math.max(...coverage.map((each) => each.rule.length));
  const line = ({ rule, heldBy, isHole }: RuleCoverage) =>
    `${isHole ? '✗' : ' '} ${rule.padEnd(width)}  ${showHolders(rule, heldBy)}`;
  const shown = coverage.filter((each) => rules[each.rule].shownBy === 'scenario' && !each.isHole);
  const held = shown.filter((each) => each.heldBy.length > 0);
  return [
    ...holes.map(line),
    ...shown.map(line),
    '',
    `${held.length} rules are held by scenarios, ${holes.length} built ones by none.`,
    '',
  ].join('\n');
}

function showHolders(rule: RuleId, heldBy: readonly string[]): string {
  if (heldBy.length > 0) return heldBy.join(', ');
  return rules[rule].built ? 'held by no scenario' : 'not built yet';
}
