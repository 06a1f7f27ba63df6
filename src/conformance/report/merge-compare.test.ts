import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../result/run-event.ts';
import { readBaseline } from './baseline.ts';
import { compareRuns } from './compare-runs.ts';
import { mergeRuns } from './merge-runs.ts';
import { recordPieces } from './ndjson.ts';
import { gatherRun, groupCases, outcomeOf } from './report.ts';
import { contract } from '../result/contract-fixture.ts';
import { balanceFinding, failing, finished, passing, started, tell } from './run-fixture.ts';
import { summaryReport } from './summary.ts';
import { summarySchema } from './summary-schema.ts';

const one = tell({ group: 'a/one', title: 'One', modes: ['25', '587'], outcome: 'passed' });
const two = tell({ group: 'a/two', title: 'Two', modes: ['25', '587'], outcome: 'passed' });
const twoFailed = tell({
  group: 'a/two',
  title: 'Two',
  modes: ['25'],
  outcome: 'failed',
  finding: balanceFinding,
});
const runOf = (...cases: readonly RunEvent[]): readonly RunEvent[] => [started, ...cases, finished];

describe('several runs as one', () => {
  test('have the cases of all, one beginning and one end', () => {
    const merged = mergeRuns([
      { file: 'a', events: runOf(...one) },
      { file: 'b', events: runOf(...two) },
    ]);
    expect(merged.filter(({ kind }) => kind === 'run-started')).toMatchObject([{ cases: 8 }]);
    expect(merged.filter(({ kind }) => kind === 'run-finished')).toEqual([
      { kind: 'run-finished', how: 'finished', ms: 2468 },
    ]);
    expect(gatherRun(merged).cases.map(({ started: { case: id } }) => id)).toEqual([
      'a/one @25',
      'a/one @587',
      'a/two @25',
      'a/two @587',
    ]);
  });

  test('count a case of both as played twice, and show its worst', () => {
    const merged = mergeRuns([
      { file: 'a', events: runOf(...two) },
      { file: 'b', events: runOf(...twoFailed) },
    ]);
    const run = gatherRun(merged);
    expect(run.cases.map(({ started: { case: id, repeat } }) => [id, repeat])).toEqual([
      ['a/two @25', undefined],
      ['a/two @587', undefined],
      ['a/two @25 ~2', 2],
    ]);
    const worst = groupCases(run)[0]?.cases.get('25');
    expect(worst && outcomeOf(worst)).toBe('failed');
  });

  test('end as badly as the worst of them', () => {
    const bailed: RunEvent = { kind: 'run-finished', how: 'bailed', why: 'enough', ms: 1 };
    const merged = mergeRuns([
      { file: 'a', events: runOf(...one) },
      { file: 'b', events: [started, ...two, bailed] },
    ]);
    expect(merged.at(-1)).toMatchObject({ how: 'bailed', why: 'enough' });
    const broken = mergeRuns([
      { file: 'a', events: runOf(...one) },
      { file: 'b', events: [started, ...two] },
    ]);
    expect(broken.at(-1)?.kind).not.toBe('run-finished');
  });

  test('must be held to one contract', () => {
    const others = [{ ...started, contract: { ...contract, id: 'another' } }, ...one, finished];
    const merge = () =>
      mergeRuns([
        { file: 'a', events: runOf(...one) },
        { file: 'b', events: others },
      ]);
    expect(merge).toThrow('b: This run was held to the contract another 1, and a to emailmassivo 1.');
  });

  test('must be of one target', () => {
    const other = { ...started, target: { name: 'postfix', version: '3', declaresChoices: false } } as const;
    const merge = () =>
      mergeRuns([
        { file: 'a.ndjson', events: runOf(...one) },
        { file: 'b.ndjson', events: [other, ...two, finished] },
      ]);
    expect(merge).toThrow('b.ndjson: This run is of postfix 3, and a.ndjson of gateway 1.0.');
  });
});

describe('two runs compared', () => {
  const was = runOf(...one, ...two);
  const is = runOf(...one, ...twoFailed);

  test('tell what is new, what is gone and what became of cases', () => {
    expect(compareRuns(is, was)).toMatchObject({
      appeared: [{ group: 'a/two', mode: '25' }],
      gone: [],
      stayed: [],
      changed: [
        { case: 'a/two @25', before: 'passed', now: 'failed' },
        { case: 'a/two @587', before: 'passed', now: undefined },
      ],
    });
    expect(compareRuns(was, is)).toMatchObject({ appeared: [], gone: [{ group: 'a/two' }] });
  });

  test('know a finding again where its line has moved and other addresses came', () => {
    const moved = tell({
      group: 'a/two',
      title: 'Two',
      modes: ['25'],
      outcome: 'failed',
      finding: { ...balanceFinding, line: 77, received: '450 4.2.1 other@example' },
    });
    expect(compareRuns(runOf(...moved), is)).toMatchObject({
      appeared: [],
      gone: [],
      stayed: [{ group: 'a/two' }],
    });
  });

  test('call nothing gone that was not played again', () => {
    expect(compareRuns(runOf(...one), is).gone).toEqual([]);
  });
});

describe('a baseline', () => {
  const place = { group: 'billing/balance', mode: '587' } as const;

  test.each([
    ['record', [...recordPieces(failing)].join('')],
    ['summary', summaryReport(failing)],
  ])('is read from a %s', (_what, text) => {
    const baseline = readBaseline(text, { file: 'b', former: contract });
    expect(baseline.size).toBe(2);
    expect(baseline.knows(place, balanceFinding)).toBe(true);
    expect(baseline.knows({ ...place, mode: '25' }, balanceFinding)).toBe(false);
    expect(baseline.knows(place, { ...balanceFinding, rule: 'error.450' })).toBe(false);
  });

  test.each([['{}'], ['title: no'], ['']])('is not %j', (text) => {
    expect(() => readBaseline(text, { file: 'b.json', former: contract })).toThrow(
      'b.json: This is no baseline.',
    );
  });
});

describe('the summary', () => {
  test('keeps to its own schema', () => {
    for (const events of [passing, failing, failing.slice(0, -3), [started, finished]]) {
      expect(() => summarySchema.parse(JSON.parse(summaryReport(events)))).not.toThrow();
    }
  });

  test('tells each rule in each mode, and each case with its findings', () => {
    const { counts, rules, cases } = summarySchema.parse(JSON.parse(summaryReport(failing)));
    expect(counts.cases).toEqual({ passed: 2, failed: 2, errored: 1, 'not-arranged': 1 });
    expect(counts.findings).toEqual({ new: 2, known: 0 });
    expect(rules.find(({ rule }) => rule === 'reply.format')?.modes).toEqual({
      '465+tls': 'failed',
      '587': 'failed',
    });
    expect(cases[0]).toMatchObject({
      case: 'billing/balance @465+tls',
      outcome: 'failed',
      findings: [{ line: 29 }],
    });
  });
});
