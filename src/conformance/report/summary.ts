import { recordedRuleOf } from '../result/recorded-contract.ts';
import { outcomes, type Outcome } from '../result/result.ts';
import type { RunEvent } from '../result/run-event.ts';
import { jsonPieces } from './json-pieces.ts';
import { gatherRun, outcomeOf, titleOf, type ReportedCase, type ReportedRun } from './report.ts';
import { requirementVerdicts, ruleVerdicts } from './rule-verdicts.ts';
import { summarySchemaVersion, type Summary } from './summary-schema.ts';

/** The run in short, as JSON; ends with a line feed. */
export function* summaryPieces(events: readonly RunEvent[]): Generator<string> {
  yield* jsonPieces({ ...summarize(gatherRun(events)) }, 2);
  yield '\n';
}

/** The same as one text. */
export function summaryReport(events: readonly RunEvent[]): string {
  return [...summaryPieces(events)].join('');
}

/** The run in short. */
export function summarize(run: ReportedRun): Summary {
  const verdicts = ruleVerdicts(run.contract, run.cases);
  const requirements = requirementVerdicts(run.cases);
  const findings = run.cases.flatMap((one) => one.findings);
  const known = findings.filter((finding) => finding.known === true).length;
  return {
    summary: summarySchemaVersion,
    run: summarizeRun(run),
    counts: {
      rules: countOutcomes([...verdicts.values()]),
      requirements: countOutcomes([...requirements.values()]),
      cases: countOutcomes(run.cases.map(outcomeOf)),
      findings: { new: findings.length - known, known },
    },
    rules: summarizeRules(run, verdicts),
    requirements: summarizeRequirements(run, requirements),
    cases: run.cases.map(summarizeCase),
  };
}

function summarizeRun({ started, finished }: ReportedRun): Summary['run'] {
  const contract = started?.contract;
  return {
    target: started?.target ?? { name: 'unknown', version: 'unknown', declaresChoices: false },
    ...(contract === undefined ? {} : { contract: { id: contract.id, version: contract.version } }),
    suite: started?.suite ?? '',
    seed: started?.seed ?? '',
    clock: started?.clock ?? '',
    node: started?.node ?? '',
    how: finished?.how ?? 'broken-off',
    why: finished?.why,
    ms: finished?.ms,
  };
}

function summarizeRules(run: ReportedRun, verdicts: ReturnType<typeof ruleVerdicts>): Summary['rules'] {
  const inMode = new Map(
    run.modes.map((mode) => [
      mode,
      ruleVerdicts(
        run.contract,
        run.cases.filter(({ started }) => started.mode === mode),
      ),
    ]),
  );
  return [...verdicts].flatMap(([rule, outcome]) => {
    const entry = recordedRuleOf(run.contract, rule);
    if (entry === undefined) return [];
    const { basis, level, statement } = entry;
    const ofModes = run.modes.flatMap((mode) => {
      const verdict = inMode.get(mode)?.get(rule);
      return verdict === undefined ? [] : [[mode, verdict] as const];
    });
    return {
      rule,
      basis,
      level,
      statement,
      outcome,
      modes: Object.fromEntries(ofModes),
    };
  });
}

function summarizeRequirements(
  run: ReportedRun,
  verdicts: ReturnType<typeof requirementVerdicts>,
): Summary['requirements'] {
  const byMode = Map.groupBy(run.cases, ({ started }) => started.mode);
  const inMode = new Map([...byMode].map(([mode, cases]) => [mode, requirementVerdicts(cases)]));
  return [...verdicts].map(([requirement, outcome]) => ({
    requirement,
    outcome,
    modes: Object.fromEntries(
      run.modes.flatMap((mode) => {
        const verdict = inMode.get(mode)?.get(requirement);
        return verdict === undefined ? [] : [[mode, verdict] as const];
      }),
    ),
  }));
}

function summarizeCase(reported: ReportedCase): Summary['cases'][number] {
  const { started, finished, findings } = reported;
  const { group, mode, repeat, about, file, line } = started;
  return {
    case: started.case,
    group,
    mode,
    repeat,
    title: titleOf(started),
    about,
    file,
    line,
    outcome: outcomeOf(reported),
    why: finished === undefined ? 'the run broke off' : finished.why,
    ms: finished?.costs.ms,
    sends: finished?.costs.sends,
    findings: findings.map(
      ({ offset: _offset, wire: _wire, file: _file, statement: _statement, known = false, ...finding }) => ({
        ...finding,
        known,
      }),
    ),
  };
}

function countOutcomes(all: readonly Outcome[]): Partial<Record<Outcome, number>> {
  const byOutcome = Map.groupBy(all, (one) => one);
  return Object.fromEntries(
    outcomes.flatMap((outcome) => {
      const count = byOutcome.get(outcome)?.length ?? 0;
      return count === 0 ? [] : [[outcome, count] as const];
    }),
  );
}
