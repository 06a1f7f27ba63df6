import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { convertJUnitToCTRFReport } from 'junit-to-ctrf';
import { parse } from 'junit2json';
import { Parser, type Result } from 'tap-parser';
import { afterAll, describe, expect, test } from 'vitest';
import type { RunEvent } from '../result/run-event.ts';
import { generateRun } from './generated-run-fixture.ts';
import { junitReport } from './junit.ts';
import { failing, finished, passing, started } from './run-fixture.ts';
import { tapReport } from './tap.ts';

// What other programs make of our reports: nobody reads a format as its own writer does.

const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), 'gauntlet-readers-'));
afterAll(() => rm(folder, { recursive: true }));
const hasXmllint = await run('xmllint', ['--version']).then(
  () => true,
  () => false,
);
// a machine of a developer may lack it, CI installs it
const isDemanded = process.env['CI'] !== undefined;

const runs: readonly (readonly [string, readonly RunEvent[]])[] = [
  ['nothing wrong', passing],
  ['every outcome', failing],
  ['forty findings', generateRun({ cases: 420, findings: 40, notArranged: 12 })],
  ['no case', [started, finished]],
  ['broken off', failing.slice(0, -3)],
];

describe('JUnit', () => {
  async function write(name: string, xml: string): Promise<string> {
    const file = join(folder, `${name.replaceAll(' ', '-')}.xml`);
    await writeFile(file, xml);
    return file;
  }
  const schema = fileURLToPath(new URL('../../../fixtures/junit.xsd', import.meta.url));

  describe.skipIf(!hasXmllint && !isDemanded)('keeps to a strict schema (needs xmllint)', () => {
    test.each(runs)('%s', async (name, events) => {
      const file = await write(name, junitReport(events));
      const { stderr } = await run('xmllint', ['--noout', '--schema', schema, file]);
      expect(stderr).toBe(`${file} validates\n`);
    });

    test('which sees what is wrong', async () => {
      const file = await write('wrong', junitReport(failing).replace(' line="2"', ' row="2"'));
      await expect(run('xmllint', ['--noout', '--schema', schema, file])).rejects.toThrow('row');
    });
  });

  test('junit-to-ctrf counts as we do', async () => {
    const file = await write('ctrf', junitReport(failing));
    const report = await convertJUnitToCTRFReport(file);
    expect(report?.results.summary).toMatchObject({ tests: 6, passed: 2, failed: 3, skipped: 1 });
    const failed = report?.results.tests.find(({ status }) => status === 'failed');
    expect(failed?.message).toBe('expected 450 Balance not enough, received 450 4.2.1 Balance not enough');
  });

  test('what a baseline knew fails no build, by junit-to-ctrf', async () => {
    const known = failing.map((event) => (event.kind === 'finding' ? { ...event, known: true } : event));
    const report = await convertJUnitToCTRFReport(await write('known', junitReport(known)));
    // the case that erred is left
    expect(report?.results.summary).toMatchObject({ tests: 6, passed: 2, failed: 1, skipped: 3 });
  });

  test('junit2json finds suites, cases, types and transcripts', async () => {
    const read = await parse(junitReport(failing));
    if (read === undefined || read === null || !('testsuite' in read)) throw new Error('no test suites');
    const suites = read.testsuite ?? [];
    expect(suites.map((suite) => ('name' in suite ? suite.name : ''))).toEqual([
      'billing/balance',
      'billing/copies',
      'plans/monthly',
      'plans/odd',
    ]);
    const cases = suites.flatMap((suite) => ('testcase' in suite ? (suite.testcase ?? []) : []));
    expect(cases).toHaveLength(6);
    expect(cases[0]?.failure?.[0]).toMatchObject({ type: 'reply.format' });
    expect(cases[0]?.['system-out']?.[0]).toContain('S1 220 hi');
  });
});

describe('TAP, read by tap-parser', () => {
  const points = (text: string) =>
    Parser.parse(text, { strict: true }).flatMap((event): readonly Result[] =>
      event[0] === 'assert' ? [event[1]] : [],
    );
  const complete = (text: string) =>
    Parser.parse(text, { strict: true }).find(([kind]) => kind === 'complete')?.[1];

  test.each(runs.slice(0, 3))('%s: every case is a point, and nothing is out of form', (_name, events) => {
    const text = tapReport(events);
    const cases = events.filter(({ kind }) => kind === 'case-started').length;
    expect(complete(text)).toMatchObject({ count: cases, plan: { start: 1, end: cases }, bailout: false });
    expect(Parser.parse(text, { strict: true }).filter(([kind]) => kind === 'extra')).toEqual([]);
  });

  test('a failure has its rule and its place', () => {
    const failed = points(tapReport(failing)).find(({ ok }) => !ok);
    expect(failed?.diag).toMatchObject({
      rule: 'reply.format',
      file: 'scenarios/billing/balance.scenario.yaml',
      line: 29,
      wanted: '450 Balance not enough',
      found: '450 4.2.1 Balance not enough',
    });
  });

  test('what was not arranged is skipped with its reason, and what was known fails nothing', () => {
    const known = failing.map((event) => (event.kind === 'finding' ? { ...event, known: true } : event));
    expect(points(tapReport(failing)).find(({ skip }) => skip !== false)?.skip).toBe('not arranged: plans');
    expect(complete(tapReport(failing))).toMatchObject({ ok: false, fail: 3, skip: 1 });
    // the case that erred still fails
    expect(complete(tapReport(known))).toMatchObject({ fail: 3, todo: 2, failures: [{ name: 'Odd @25' }] });
  });

  test('a run that was given up bails out', () => {
    const why = 'The smoke case passes in no mode.';
    const text = tapReport([started, { kind: 'run-finished', how: 'smoke-failed', why, ms: 5 }]);
    expect(complete(text)).toMatchObject({ bailout: why });
  });
});
