import { isOwnRequirement, type OwnRequirement, type Requirement } from '../result/requirement-schema.ts';
import type { RecordedContract, RuleId } from '../result/recorded-contract.ts';
import { outcomes, showOutcome, worstOutcome, type Outcome } from '../result/result.ts';
import { outcomeOf, type ReportedCase } from './report.ts';
import { counted } from '../result/counted.ts';

/**
 * What a run says of each rule that it touched: the worst that any case found. A case that was withdrawn or skipped
 * says something only where nothing else does; one that stopped elsewhere leaves its own rule not observed. The rules
 * stand in the order of the contract.
 */
export function ruleVerdicts(
  { rules }: RecordedContract,
  cases: readonly ReportedCase[],
): ReadonlyMap<RuleId, Outcome> {
  const evidence = gatherEvidence(cases);
  return new Map(
    rules.flatMap(({ id }): readonly (readonly [RuleId, Outcome])[] => {
      const own = evidence.get(id);
      return own === undefined ? [] : [[id, judge(own)]];
    }),
  );
}

/** The same of the requirements of the authors' own, in the order of the cases. */
export function requirementVerdicts(cases: readonly ReportedCase[]): ReadonlyMap<OwnRequirement, Outcome> {
  return new Map(
    [...gatherEvidence(cases)].flatMap(
      ([requirement, own]): readonly (readonly [OwnRequirement, Outcome])[] =>
        isOwnRequirement(requirement) ? [[requirement, judge(own)]] : [],
    ),
  );
}

function gatherEvidence(cases: readonly ReportedCase[]): ReadonlyMap<Requirement, readonly Outcome[]> {
  const evidence = new Map<Requirement, Outcome[]>();
  const add = (requirement: Requirement, outcome: Outcome) => {
    const own = evidence.get(requirement);
    if (own === undefined) evidence.set(requirement, [outcome]);
    else own.push(outcome);
  };
  for (const reported of cases) {
    const { started, finished, findings } = reported;
    for (const rule of finished?.met ?? []) add(rule, 'passed');
    // what no rule says breaks none, and may break a requirement of the author's own
    const held = findings.filter(({ rule, own }) => own !== true || isOwnRequirement(rule));
    for (const { rule, outcome } of held) add(rule, outcome);
    const shown =
      finished?.met.includes(started.about) === true || held.some(({ rule }) => rule === started.about);
    const outcome = outcomeOf(reported);
    if (outcome === 'passed') add(started.about, 'passed');
    else if (outcome !== 'failed' && outcome !== 'differs') add(started.about, outcome);
    else if (!shown) add(started.about, 'not-observed');
  }
  return evidence;
}

function judge(evidence: readonly Outcome[]): Outcome {
  const spoken = evidence.filter((outcome) => outcome !== 'withdrawn' && outcome !== 'skipped');
  return worstOutcome(spoken.length > 0 ? spoken : evidence);
}

const ALWAYS_TOLD: readonly Outcome[] = ['passed', 'failed', 'differs', 'not-arranged'];

/** `99 rules: 98 passed · 1 failed · 0 differs · 0 not arranged`, and the other outcomes where there are any. */
export function countRules(verdicts: ReadonlyMap<RuleId, Outcome>): string {
  const count = (outcome: Outcome) => [...verdicts.values()].filter((one) => one === outcome).length;
  const told = [...ALWAYS_TOLD, ...outcomes.filter((one) => !ALWAYS_TOLD.includes(one) && count(one) > 0)];
  return `${counted(verdicts.size, 'rule')}: ${told.map((one) => `${count(one)} ${showOutcome(one)}`).join(' · ')}`;
}

/** `2 requirements of your own: 1 passed · 1 failed`, as one part of a line; none where the run is about none. */
export function countRequirements(verdicts: ReadonlyMap<OwnRequirement, Outcome>): readonly string[] {
  if (verdicts.size === 0) return [];
  const byOutcome = Map.groupBy(verdicts.values(), (one) => one);
  const told = (['passed', ...outcomes.filter((one) => one !== 'passed')] as const).flatMap((outcome) => {
    const count = byOutcome.get(outcome)?.length ?? 0;
    return count === 0 ? [] : [`${count} ${showOutcome(outcome)}`];
  });
  return [`${counted(verdicts.size, 'requirement')} of your own: ${told.join(' · ')}`];
}

/** How many expectations of the authors' own did not hold; the same line of a file counts once for all modes. */
export function countOwnExpectations(cases: readonly ReportedCase[]): number {
  const places = cases.flatMap(({ started, findings }) =>
    findings
      .filter(({ own }) => own === true)
      .map(({ line, column, message }) => [started.group, line, column, message].join('\0')),
  );
  return new Set(places).size;
}

/** `1 expectation of yours does not hold`; nothing where all hold. */
export function showOwnExpectations(count: number): string | undefined {
  return count === 0
    ? undefined
    : counted(count, 'expectation of yours does not hold', 'expectations of yours do not hold');
}
