import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
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
    expect(end.exitCode).toBe(0);
    // a report on - has standard output alone
    expect(end.stderr).toMatch(words.includes('=-') ? /\n1 rule: 1 passed/ : /^$/);
  }
  const summary = await readFile(join(folder, 'reports/summary.md'), 'utf8');
  expect(summary).toContain('billing.per-recipient');
});

test('the job says what it has where lint found a mistake and nothing was played', async () => {
  await gauntletIn(folder, 'init');
  const job = await readFile(join(folder, '.github/workflows/mail.yml'), 'utf8');
  const { steps } = (parse(job) as { jobs: { scenarios: { steps: { run?: string; if?: string }[] } } }).jobs
    .scenarios;
  const always = steps.filter((step) => step.if !== undefined);
  expect(always.map((step) => step.if)).toEqual(['${{ !cancelled() }}', '${{ !cancelled() }}']);
  const summary = join(folder, 'step-summary');
  const type = () =>
    promisify(execFile)('bash', ['-e', '-c', always[0]?.run ?? 'false'], {
      cwd: folder,
      env: { GITHUB_STEP_SUMMARY: summary, PATH: process.env['PATH'] },
    });
  await type();
  await mkdir(join(folder, 'reports'));
  await writeFile(join(folder, 'reports/summary.md'), 'all is well');
  await type();
  expect(await readFile(summary, 'utf8')).toBe('all is well');
});

test('GitLab gets the same commands, and git leaves out what runs leave', async () => {
  await gauntletIn(folder, 'init');
  const { mail } = parse(await readFile(join(folder, '.gitlab-ci.yml'), 'utf8')) as {
    mail: { script: string[]; artifacts: { reports: { junit: string } } };
  };
  expect(mail.script).toContain('npx gauntlet lint scenarios');
  expect(mail.script.at(-1)).toContain(`junit=${mail.artifacts.reports.junit}`);
  expect(await readFile(join(folder, '.gitignore'), 'utf8')).toBe('node_modules/\nreports/\n');
  await writeFile(join(folder, '.gitignore'), 'dist\n');
  expect((await gauntletIn(folder, 'init')).stdout).toContain('add the line reports/ to it');
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
