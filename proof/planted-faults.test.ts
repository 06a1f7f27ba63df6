import { fileURLToPath } from 'node:url';
import { describe, test } from 'vitest';
import { coveredRules } from '../src/conformance/scenario/covered-rules.ts';
import { loadScenarios } from '../src/conformance/scenario/load-scenarios.ts';
import type { RuleId } from '../src/contract/contract.ts';
import { mutants } from './mutants.ts';
import { runOn } from './prove.ts';

const suiteFolder = fileURLToPath(new URL('../scenarios', import.meta.url));
const { scenarios } = await loadScenarios([], { suiteFolder });
const rulesOf = new Map(
  scenarios.flatMap((scenario) => scenario.cases.map((each) => [each.id, new Set(coveredRules(each))])),
);

describe.concurrent('a gateway that is wrong in one way turns the run red for the right reason', () => {
  test.for(mutants)('$id: $wrong', { timeout: 60_000 }, async (mutant, { expect }) => {
    let hits = 0;
    const { summary, events } = await runOn(
      mutant.parts(() => {
        hits += 1;
      }),
      scenarios,
      ['587'],
    );
    expect(summary.exitCode).toBe(1);
    expect(hits).toBeGreaterThan(0);

    const findings = events.flatMap((event) => (event.kind === 'finding' ? [event.finding] : []));
    const right = findings.filter((finding) => finding.rule === mutant.rule);
    expect(right.length).toBeGreaterThan(0);
    for (const finding of right) {
      expect(finding).toMatchObject({
        outcome: 'failed',
        line: expect.any(Number),
        column: expect.any(Number),
      });
      expect(finding.file).toMatch(/\.scenario\.yaml$/);
      expect(finding.expected).not.toBe(finding.received);
    }

    // what has nothing to do with the fault stays green
    const touched = new Set<RuleId>([mutant.rule, ...mutant.alsoTouches]);
    const groupOf = new Map(
      events.flatMap((event) => (event.kind === 'case-started' ? [[event.case, event.group]] : [])),
    );
    const wronglyRed = events.flatMap((event) =>
      event.kind === 'case-finished' &&
      event.outcome !== 'passed' &&
      touched.isDisjointFrom(rulesOf.get(groupOf.get(event.case) ?? '') ?? new Set())
        ? [event.case]
        : [],
    );
    expect(wronglyRed).toEqual([]);
    expect(summary.counts.errored).toBe(0);
    expect(summary.counts.passed).toBeGreaterThan(summary.cases / 2);
  });

  test('and the right gateway turns it green', { timeout: 60_000 }, async ({ expect }) => {
    const { summary } = await runOn({}, scenarios, ['587']);
    expect(summary).toMatchObject({ exitCode: 0, counts: { failed: 0, errored: 0 } });
  });
});
