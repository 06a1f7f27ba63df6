import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { summarySchema } from '../conformance/report/summary-schema.ts';
import { gauntlet } from './command-line-fixture.ts';

const folder = await mkdtemp(join(tmpdir(), 'gauntlet-report-'));
afterAll(() => rm(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

// two shards of a few cases, played once for all tests
await Promise.all(
  ['1', '2'].map((index) =>
    gauntlet(
      'run',
      'billing',
      '--mode',
      '587',
      '--shard',
      `${index}/2`,
      '--mailbox',
      'embedded',
      '--report',
      `ndjson=${at(`shard-${index}.ndjson`)}`,
      '--report',
      `tap=${at(`at-once-${index}.tap`)}`,
    ),
  ),
);
const shards = [at('shard-1.ndjson'), at('shard-2.ndjson')];

describe('gauntlet report', () => {
  test('prints a run without anything wanted', async () => {
    const ended = await gauntlet('report', ...shards);
    expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ended.stdout).toContain('A message for three recipients costs three sends');
  });

  test('makes later what the run would have made at once', async () => {
    await gauntlet('report', at('shard-1.ndjson'), '--report', `tap=${at('later.tap')}`);
    expect(await readFile(at('later.tap'), 'utf8')).toBe(await readFile(at('at-once-1.tap'), 'utf8'));
  });

  test('makes every kind, of several shards as of one run', async () => {
    const kinds = {
      html: 'run.html',
      json: 'summary.json',
      markdown: 'summary.md',
      junit: 'junit.xml',
      tap: 'run.tap',
      badge: 'badge.svg',
      'badge-json': 'badge.json',
      terminal: 'run.txt',
      annotations: 'annotations.txt',
      ndjson: 'whole.ndjson',
    };
    const words = Object.entries(kinds).flatMap(([kind, name]) => ['--report', `${kind}=${at(name)}`]);
    expect(await gauntlet('report', ...shards, ...words)).toMatchObject({
      exitCode: 0,
      stdout: '',
      stderr: '',
    });
    const summary = summarySchema.parse(JSON.parse(await readFile(at('summary.json'), 'utf8')));
    expect(summary.counts.cases).toEqual({ passed: summary.cases.length });
    expect(await readFile(at('run.html'), 'utf8')).toContain('<!doctype html>');
    expect(await readFile(at('annotations.txt'), 'utf8')).toBe('');

    // the merged record is a record
    const again = await gauntlet('report', at('whole.ndjson'), '--report', 'json=-');
    expect(summarySchema.parse(JSON.parse(again.stdout))).toEqual(summary);
  });

  test('compares two runs, and takes the table of wrong gateways', async () => {
    const mutants = at('mutants.json');
    await writeFile(
      mutants,
      JSON.stringify([{ id: 'm', rule: 'error.450', wrong: 'w', caught: true, scenarios: ['a'], ms: 1 }]),
    );
    const [first = '', second = ''] = shards;
    const words = ['--compare', second, '--mutants', mutants, '--report', `html=${at('compared.html')}`];
    expect(await gauntlet('report', first, ...words, '--report', 'markdown=-')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('**0 new**, 0 gone, 0 still there'),
    });
    expect(await readFile(at('compared.html'), 'utf8')).toContain('"hasMutants":true');
  });
});

describe('records and tables that cannot be used: a sentence with the file, exit code 2', () => {
  test.each([
    ['nowhere.ndjson', undefined, 'nowhere.ndjson cannot be read: ENOENT'],
    ['foreign.ndjson', '{"hello":"world"}\n', 'foreign.ndjson:1: This is no record of a run'],
    ['old.ndjson', '{"kind":"run-started","schema":1}\n', 'old.ndjson:1: The record has the form 1'],
  ])('%s', async (name, text, sentence) => {
    if (text !== undefined) await writeFile(at(name), text);
    const ended = await gauntlet('report', at(name));
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toContain(sentence);
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
  });

  test('a record that was cut, unless what there is will do', async () => {
    const whole = await readFile(at('shard-1.ndjson'), 'utf8');
    await writeFile(at('cut.ndjson'), whole.slice(0, Math.floor(whole.length / 2)));
    const ended = await gauntlet('report', at('cut.ndjson'));
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toMatch(/cut\.ndjson:\d+: The record breaks off in this line\. With --unfinished/);
    const left = await gauntlet('report', at('cut.ndjson'), '--unfinished');
    expect(left.exitCode).toBe(0);
    expect(left.stdout).toContain('The run broke off.');
  });

  test('a table of wrong gateways that is none', async () => {
    const ended = await gauntlet('report', ...shards, '--mutants', 'package.json');
    expect(ended.stderr).toContain('package.json: This is no table of wrong gateways');
    expect(ended.exitCode).toBe(2);
  });

  test('no record at all', async () => {
    expect(await gauntlet('report')).toMatchObject({ exitCode: 2 });
  });
});
