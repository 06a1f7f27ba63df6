import type { Contract } from '../../contract/contract.ts';
import { isOwnRequirement, type OwnRequirement } from '../result/requirement-schema.ts';
import type { RuleId } from '../../contract/rule.ts';
import { coveredRules } from '../scenario/covered-rules.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { MutantRow } from '../report/mutant-rows.ts';
import { counted } from '../result/counted.ts';

/** A rule and the cases that hold it; derived from their expectations, never listed by hand. */
export interface RuleCoverage {
  readonly rule: RuleId;
  readonly shownBy: 'scenario' | 'control test';
  readonly heldBy: readonly string[];
  /** To be shown by a scenario, and held by none: the suite has a hole. */
  readonly isHole: boolean;
}

/** What the scenarios hold, rule by rule, in the order of the documentation. */
export function ruleCoverage(contract: Contract, scenarios: readonly Scenario[]): readonly RuleCoverage[] {
  const cases = scenarios.flatMap((scenario) => (scenario.withdrawn === undefined ? scenario.cases : []));
  const held = cases.map((each) => ({ id: each.id, rules: new Set(coveredRules(contract, each)) }));
  return Object.entries(contract.rules).map(([rule, { shownBy }]) => {
    const heldBy = held.filter((each) => each.rules.has(rule)).map((each) => each.id);
    return { rule, shownBy, heldBy, isHole: shownBy === 'scenario' && heldBy.length === 0 };
  });
}

/** The requirements of the authors' own, in the order of their names, each with the cases that are about it. */
export function requirementCoverage(
  scenarios: readonly Scenario[],
): readonly { readonly requirement: OwnRequirement; readonly heldBy: readonly string[] }[] {
  const cases = scenarios.flatMap((scenario) => (scenario.withdrawn === undefined ? scenario.cases : []));
  const own = cases.flatMap(({ id, about }) => (isOwnRequirement(about) ? [{ id, about }] : []));
  return [...Map.groupBy(own, ({ about }) => about)]
    .map(([requirement, held]) => ({ requirement, heldBy: held.map(({ id }) => id) }))
    .toSorted((a, b) => (a.requirement < b.requirement ? -1 : 1));
}

/** What generated sessions came through, property by property, as `gauntlet explore` writes it down. */
export interface ExploredRules {
  readonly property: string;
  readonly rules: readonly RuleId[];
}

/**
 * The coverage beside what generated sessions reached and which wrong gateways were caught, for a terminal: a line a
 * rule. A rule that a scenario holds is half covered until a wrong gateway of it was caught; those stand first.
 */
export function writeProof(
  coverage: readonly RuleCoverage[],
  explored: readonly ExploredRules[],
  mutants: readonly MutantRow[],
): string {
  const lines = coverage.map(({ rule, heldBy }) => {
    const properties = explored.filter((each) => each.rules.includes(rule)).map(({ property }) => property);
    const tried = mutants.filter((mutant) => mutant.rule === rule);
    const caught = tried.filter((mutant) => mutant.caught);
    const isHalf = heldBy.length > 0 && (caught.length === 0 || caught.length < tried.length);
    return {
      rule,
      scenarios: heldBy.length,
      properties,
      caught: caught.length,
      tried: tried.length,
      isHalf,
    };
  });
  const width = Math.max(...lines.map(({ rule }) => rule.length));
  const show = ({ rule, scenarios, properties, caught, tried, isHalf }: (typeof lines)[number]) =>
    `${isHalf ? '½' : ' '} ${rule.padEnd(width)}  ${String(scenarios).padStart(3)} ${scenarios === 1 ? 'scenario ' : 'scenarios'}  ` +
    `${`${caught} of ${tried}`.padStart(8)} wrong ${tried === 1 ? 'gateway ' : 'gateways'} caught  ${properties.join(' ')}`.trimEnd();
  const half = lines.filter(({ isHalf }) => isHalf);
  return [
    ...half.map(show),
    ...lines.filter(({ isHalf }) => !isHalf).map(show),
    '',
    `${counted(lines.length, 'rule is', 'rules are')} built; ${half.length} that scenarios hold ${half.length === 1 ? 'is' : 'are'} half covered (½): no wrong gateway of theirs was caught.`,
    '',
  ].join('\n');
}

/** The coverage for a terminal, holes first, the requirements of the authors' own last; ends with a line feed. */
export function writeCoverage(
  coverage: readonly RuleCoverage[],
  requirements: ReturnType<typeof requirementCoverage> = [],
): string {
  const holes = coverage.filter((each) => each.isHole);
  const width = Math.max(...coverage.map((each) => each.rule.length));
  const line = ({ rule, heldBy, isHole }: RuleCoverage) =>
    `${isHole ? '✗' : ' '} ${rule.padEnd(width)}  ${showHolders(heldBy)}`;
  const shown = coverage.filter(
    (each) => (each.shownBy === 'scenario' || each.heldBy.length > 0) && !each.isHole,
  );
  const held = shown.filter((each) => each.heldBy.length > 0);
  const others = coverage.length - shown.length - holes.length;
  return [
    ...holes.map(line),
    ...shown.map(line),
    '',
    `${held.length} of ${counted(coverage.length, 'rule')} ${held.length === 1 ? 'is' : 'are'} held by scenarios, ${holes.length} by none; ${others} ${others === 1 ? 'is' : 'are'} shown by tests over the control API.`,
    ...(requirements.length === 0
      ? []
      : [
          '',
          `${counted(requirements.length, 'requirement')} of your own:`,
          ...requirements.map(({ requirement, heldBy }) => `  ${requirement}  ${heldBy.join(', ')}`),
        ]),
    '',
  ].join('\n');
}

function showHolders(heldBy: readonly string[]): string {
  return heldBy.length > 0 ? heldBy.join(', ') : 'held by no scenario';
}
