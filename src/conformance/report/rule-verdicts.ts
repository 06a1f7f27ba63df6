import { ruleIds, type RuleId } from '../../contract/contract.ts';
import { outcomes, showOutcome, worstOutcome, type Outcome } from '../result/result.ts';
import { outcomeOf, type ReportedCase } from './report.ts';
import { counted } from '../result/counted.ts';

/**
 * What a run says of each rule that it touched: the worst that any case found. A case that was withdrawn or skipped
 * says something only where nothing else does; one that stopped elsewhere leaves its own rule not observed.
 */
export function ruleVerdicts(cases: readonly ReportedCase[]): ReadonlyMap<RuleId, Outcome> {
  const evidence = new Map<RuleId, Outcome[]>();
  const add = (rule: RuleId, outcome: Outcome) => {
    const own = evidence.get(rule);
    if (own === undefined) evidence.set(rule, [outcome]);
    else own.push(outcome);
  };
  for (const reported of cases) {
    const { started, finished, findings } = reported;
    for (const rule of finished?.met ?? []) add(rule, 'passed');
    // what no rule says breaks none
    for (const { rule, outcome, own } of findings) if (own !== true) add(rule, outcome);
    const shown =
      finished?.met.includes(started.about) === true ||
      findings.some(({ rule, own }) => own !== true && rule === started.about);
    const outcome = outcomeOf(reported);
    if (outcome === 'passed') add(started.about, 'passed');
    else if (outcome !== 'failed' && outcome !== 'differs') add(started.about, outcome);
    else if (!shown) add(started.about, 'not-observed');
  }
  const verdicts = ruleIds.flatMap((rule): readonly (readonly [RuleId, Outcome])[] => {
    const own = evidence.get(rule);
    if (own === undefined) return [];
    const spoken = own.filter((outcome) => outcome !== 'withdrawn' && outcome !== 'skipped');
    return [[rule, worstOutcome(spoken.length > 0 ? spoken : own)]];
  });
  return new Map(verdicts);
}

const ALWAYS_TOLD: readonly Outcome[] = ['passed', 'failed', 'differs', 'not-arranged'];

/** `99 rules: 98 passed · 1 failed · 0 differs · 0 not arranged`, and the other outcomes where there are any. */
export function countRules(verdicts: ReadonlyMap<RuleId, Outcome>): string {
  const count = (outcome: Outcome) => [...verdicts.values()].filter((one) => one === outcome).length;
  const told = [...ALWAYS_TOLD, ...outcomes.filter((one) => !ALWAYS_TOLD.includes(one) && count(one) > 0)];
  return `${counted(verdicts.size, 'rule')}: ${told.map((one) => `${count(one)} ${showOutcome(one)}`).join(' · ')}`;
}
