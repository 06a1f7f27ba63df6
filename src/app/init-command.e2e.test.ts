import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { gauntletIn } from './command-line-fixture.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'init-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('an empty folder gets a scenario and a job, and both run', { timeout: 60_000 }, async () => {
  const written = await gauntletIn(folder, 'init');
  expect(written).toMatchObject({ exitCode: 0, stderr: '' });
  expect(written.stdout).toContain('wrote scenarios/cc-is-charged.scenario.yaml');

  const job = await readFile(join(folder, '.github/workflows/mail.yml'), 'utf8');
  const steps = (parse(job) as { jobs: { scenarios: { steps: { run?: string }[] } } }).jobs.scenarios.steps;
  const commands = steps.flatMap(({ run }) => /^npx gauntlet (.*)$/.exec(run ?? '')?.[1] ?? []);
  expect(commands).toHaveLength(2);
  for (const words of commands) {
    const end = await gauntletIn(folder, ...words.split(' '));
    expect(end).toMatchObject({ exitCode: 0, stderr: '' });
  }
  const summary = await readFile(join(folder, 'reports/summary.md'), 'utf8');
  expect(summary).toContain('billing.per-recipient');
});

test('what is there already is left as it is', async () => {
  await gauntletIn(folder, 'init');
  const file = join(folder, 'scenarios/cc-is-charged.scenario.yaml');
  await writeFile(file, 'mine\n');
  const again = await gauntletIn(folder, 'init');
  expect(again.exitCode).toBe(0);
  expect(again.stdout).toContain('left scenarios/cc-is-charged.scenario.yaml as it is');
  expect(await readFile(file, 'utf8')).toBe('mine\n');
});
