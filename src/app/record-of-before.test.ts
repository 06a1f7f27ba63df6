import { emailmassivo } from '../contract/emailmassivo/emailmassivo.ts';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { renderReport, type ReportKind } from '../conformance/report/report-kinds.ts';
import { loadScenarios } from '../conformance/scenario/load-scenarios.ts';
import { suiteOf } from '../conformance/scenario/suite.ts';
import { formerContract, readRecord } from './read-record.ts';

// A record that was written before records carried a contract, the reports that were made of it then, and the list of
// all cases of that time.
const kept = (file: string) => new URL(`../../fixtures/records/form-2/${file}`, import.meta.url);
const record = gunzipSync(await readFile(kept('run.ndjson.gz'))).toString('utf8');
const events = readRecord(record, { file: 'run.ndjson' });

test.each<[ReportKind, string]>([
  ['terminal', 'terminal.txt'],
  ['junit', 'junit.xml'],
  ['markdown', 'markdown.md'],
  ['annotations', 'annotations.txt'],
  ['tap', 'tap.txt'],
])('the report %s of a record of the form before is what it was', async (kind, file) => {
  const report = [...renderReport(kind, { events })].join('');
  expect(report).toBe(await readFile(kept(file), 'utf8'));
});

test('the summary of a record of the form before is what it was, and names the contract', async () => {
  const before = JSON.parse(await readFile(kept('summary.json'), 'utf8')) as { readonly run: object };
  const summary: unknown = JSON.parse([...renderReport('json', { events })].join(''));
  const { id, version } = formerContract;
  expect(summary).toEqual({ ...before, run: { ...before.run, contract: { id, version } } });
});

test('every case of that time is still played under its id, in its modes', async () => {
  const suite = fileURLToPath(new URL('../../scenarios', import.meta.url));
  const { scenarios, errors } = await loadScenarios([], {
    suite: suiteOf(suite, emailmassivo.id),
    contract: emailmassivo,
  });
  expect(errors).toEqual([]);
  const now = new Set(
    scenarios.flatMap(({ cases }) => cases.flatMap(({ id, modes }) => modes.map((mode) => `${id} @${mode}`))),
  );
  const before = (await readFile(kept('cases.txt'), 'utf8')).trimEnd().split('\n');
  expect(before.filter((id) => !now.has(id))).toEqual([]);
});
