import type { Mode, RecordedRule, RuleId } from '../result/recorded-contract.ts';
import type { Requirement } from '../result/requirement-schema.ts';
import { outcomes, type Outcome } from '../result/result.ts';
import { compareRuns, type PlacedFinding, type RunComparison } from './compare-runs.ts';
import { escapeControls } from './escape-controls.ts';
import type { MutantRow } from './mutant-rows.ts';
import { buildPageCases } from './page-cases.ts';
import type { PageComparison, PageData, PagePlace, PageRule, PageRun } from './page-data.ts';
import { marks } from './paint.ts';
import { gatherRun, type ReportedCase, type ReportedRun } from './report.ts';
import type { ReportInput } from './report-input.ts';
import {
  countOwnExpectations,
  requirementVerdicts,
  ruleVerdicts,
  showOwnExpectations,
} from './rule-verdicts.ts';

/** A run as the HTML page takes it. */
export function buildPageData({ events, before, mutants }: ReportInput): PageData {
  const run = gatherRun(events);
  const comparison = before === undefined ? undefined : compareRuns(events, before);
  const used = run.modes;
  const { groups, cases } = buildPageCases(run, used);
  return {
    run: buildRun(run),
    modes: used,
    marks: Object.fromEntries(outcomes.map((outcome) => [outcome, marks[outcome].mark])) as PageData['marks'],
    rules: buildRules(run, used, comparison?.before, mutants),
    documentation: run.contract.documentedPage,
    requirements: buildRequirements(run, used),
    own: showOwnExpectations(countOwnExpectations(run.cases)),
    groups,
    cases,
    comparison: comparison && buildComparison(comparison),
    hasMutants: mutants !== undefined,
  };
}

function buildRun({ started, finished }: ReportedRun): PageRun {
  const target = started?.target;
  return {
    target: escapeControls(target === undefined ? 'unknown' : `${target.name} ${target.version}`),
    suite: escapeControls(started?.suite ?? ''),
    seed: escapeControls(started?.seed ?? ''),
    node: escapeControls(started?.node ?? ''),
    clock: started?.clock ?? '',
    ms: finished?.ms,
    how: finished?.how ?? 'broken-off',
    why: finished === undefined ? 'The run broke off.' : finished.why && escapeControls(finished.why),
  };
}

function buildRules(
  run: ReportedRun,
  used: readonly Mode[],
  before: ReportedRun | undefined,
  mutants: readonly MutantRow[] | undefined,
): readonly PageRule[] {
  const verdicts = ruleVerdicts(run.contract, run.cases);
  const now = verdictsByMode(run, used);
  const then = before === undefined ? undefined : verdictsByMode(before, used);
  const casesOf = indexCases(run.cases);
  return run.contract.rules.map((rule): PageRule => {
    const { id, basis, level, statement, source } = rule;
    const outcome = verdicts.get(id);
    const byMode = now.map((ofMode) => ofMode.get(id) ?? null);
    const changes = then?.map((ofMode, at) => changeOf(ofMode.get(id), byMode[at] ?? undefined));
    return {
      id,
      basis,
      level,
      statement,
      source,
      outcome,
      unheld: outcome === undefined ? whyUnheld(rule) : undefined,
      byMode,
      changes: changes?.some((change) => change !== null) === true ? changes : undefined,
      cases: casesOf.get(id) ?? [],
      mutants: mutants
        ?.filter((mutant) => mutant.rule === id)
        .map(({ id: mutant, wrong, caught, scenarios }) => ({ id: mutant, wrong, caught, by: scenarios })),
    };
  });
}

function buildRequirements({ cases }: ReportedRun, used: readonly Mode[]): readonly PageRule[] {
  const casesOf = indexCases(cases);
  const now = used.map((mode) => requirementVerdicts(cases.filter(({ started }) => started.mode === mode)));
  return [...requirementVerdicts(cases)].map(([id, outcome]) => ({
    id,
    basis: 'own',
    statement: 'A requirement of your own.',
    source: 'named by its scenarios',
    outcome,
    byMode: now.map((ofMode) => ofMode.get(id) ?? null),
    cases: casesOf.get(id) ?? [],
  }));
}

function verdictsByMode(
  { cases, contract }: ReportedRun,
  used: readonly Mode[],
): readonly ReadonlyMap<RuleId, Outcome>[] {
  const byMode = Map.groupBy(cases, ({ started }) => started.mode);
  return used.map((mode) => ruleVerdicts(contract, byMode.get(mode) ?? []));
}

/** Where each rule's cases stand: those that are about it, met it, or found it broken. */
function indexCases(cases: readonly ReportedCase[]): ReadonlyMap<Requirement, readonly number[]> {
  const index = new Map<Requirement, number[]>();
  for (const [at, { started, finished, findings }] of cases.entries()) {
    const touched = new Set([started.about, ...(finished?.met ?? []), ...findings.map(({ rule }) => rule)]);
    for (const rule of touched) {
      const own = index.get(rule);
      if (own === undefined) index.set(rule, [at]);
      else own.push(at);
    }
  }
  return index;
}

function changeOf(was: Outcome | undefined, is: Outcome | undefined): 'better' | 'worse' | null {
  if (was === undefined || is === undefined || was === is) return null;
  return outcomes.indexOf(is) < outcomes.indexOf(was) ? 'worse' : 'better';
}

function whyUnheld({ shownBy }: RecordedRule): string {
  return shownBy === 'scenario' ? 'no case of this run' : 'shown by tests over the control API';
}

function buildComparison({ before, appeared, gone, stayed, changed }: RunComparison): PageComparison {
  return {
    before: buildRun(before),
    appeared: appeared.map(buildPlace),
    gone: gone.map(buildPlace),
    stayed: stayed.length,
    changed: changed.map(({ case: id, before: was, now }) => ({ id: escapeControls(id), before: was, now })),
  };
}

function buildPlace({ group, mode, finding }: PlacedFinding): PagePlace {
  return {
    id: escapeControls(`${group} @${mode}`),
    rule: finding.rule,
    source: escapeControls(finding.source),
    expected: escapeControls(finding.expected, 'line feeds'),
    received: escapeControls(finding.received, 'line feeds'),
  };
}
