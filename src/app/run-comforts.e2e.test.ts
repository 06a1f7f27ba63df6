import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { gauntletIn, projectFolder } from './command-line-fixture.ts';

const folder = await mkdtemp(join(tmpdir(), 'gauntlet-comforts-'));
afterAll(() => rm(folder, { recursive: true }));
const scenario = (title: string, reply: string) =>
  `title: ${title}\nabout: protocol.rset\nmodes: [587, 25]\ndialogue: |\n  C: <open>\n  C: RSET\n  S: ${reply}\n`;

/** A folder as a user has it, with a scenario that holds and one that does not. */
async function project(name: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const own = join(folder, name);
  await mkdir(join(own, 'scenarios'), { recursive: true });
  const all = {
    'scenarios/good.scenario.yaml': scenario('A good one', '250 *'),
    'scenarios/bad.scenario.yaml': scenario('A bad one', '299 *'),
    ...files,
  };
  for (const [path, text] of Object.entries(all)) await writeFile(join(own, path), text);
  return own;
}

const embedded = ['--mailbox', 'embedded'] as const;
const ids = ['bad @587', 'bad @25', 'good @587', 'good @25'].map((id) => `scenarios/${id}`);
const lines = (text: string) => text.trim().split('\n');

describe.concurrent('without a path', () => {
  test('run and lint take ./scenarios, and say so', async () => {
    const own = await project('usual');
    const [run, lint] = await Promise.all([gauntletIn(own, 'run', ...embedded), gauntletIn(own, 'lint')]);
    expect(run.stdout).toMatch(/^Scenarios: those in \.\/scenarios\n/);
    expect(run.stdout).toContain('(4 cases,');
    expect(lint).toMatchObject({
      exitCode: 0,
      stdout: 'Scenarios: those in ./scenarios\n2 scenario files, no mistakes.\n',
    });
  });

  test('and where there is no such folder the suite, and say so', async () => {
    const own = join(folder, 'nothing');
    await mkdir(own);
    const list = await gauntletIn(own, 'run', '--list');
    expect(list.stderr).toBe('Scenarios: the suite of the package, for there is no folder ./scenarios\n');
    expect(lines(list.stdout).length).toBeGreaterThan(500);
  });

  test('--suite takes the suite all the same', async () => {
    const list = await gauntletIn(await project('both'), 'run', '--suite', '--list');
    expect(list.stdout).toContain('billing/balance-runs-out @587\n');
    expect(list.stdout).not.toContain('scenarios/good');
  });
});

test('a file whose name ends otherwise is named, by run and by lint', async () => {
  const own = await project('stray', { 'scenarios/foo.yml': scenario('Lost', '250 *') });
  for (const words of [['lint'], ['run', ...embedded], ['run', 'scenarios', ...embedded]]) {
    const ended = await gauntletIn(own, ...words);
    expect(ended.exitCode).toBe(2);
    expect(lines(ended.stderr).at(-1)).toContain(
      'scenarios/foo.yml:1:1: This looks like a scenario, and is not read',
    );
  }
});

test('run and lint warn of a scenario that races, and fail for nothing', async () => {
  const races = `title: Races
about: error.550-unsubscribed
modes: [587]
given: { recipients: { anna: unsubscribes } }
dialogue: |
  C: <session>
  C: <send anna>
  W: anna is accepts
`;
  const own = await project('races', {
    'scenarios/races.scenario.yaml': races,
    'scenarios/bad.scenario.yaml': scenario('Not bad', '250 *'),
  });
  for (const words of [['lint'], ['run', ...embedded]]) {
    const ended = await gauntletIn(own, ...words);
    expect(ended.exitCode).toBe(0);
    expect(lines(ended.stderr)).toContain(
      'gauntlet: warning: scenarios/races.scenario.yaml:8:3: This races: the delivery to "anna" of line 7 may come before or after it. Write "W: settled" between the two.',
    );
  }
});

test('--list names the cases, a line each, and plays none', async () => {
  const own = await project('list');
  const all = await gauntletIn(own, 'run', '--list');
  expect(all).toMatchObject({ exitCode: 0, stdout: `${ids.join('\n')}\n` });
  const some = await gauntletIn(own, 'run', 'scenarios/good', '--mode', '25', '--list');
  expect(some).toMatchObject({ stdout: 'scenarios/good @25\n', stderr: '' });
  await expect(readFile(join(own, 'reports/run.ndjson'))).rejects.toThrow('ENOENT');
});

test('--last-failed plays what went wrong, until nothing does', async () => {
  const own = await project('failed');
  expect(await gauntletIn(own, 'run', '--last-failed', ...embedded)).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('--last-failed needs the record of the last run: reports/run.ndjson'),
  });
  expect(await gauntletIn(own, 'run', ...embedded)).toMatchObject({ exitCode: 1 });
  expect(await gauntletIn(own, 'run', '--last-failed', '--list')).toMatchObject({
    stdout: 'scenarios/bad @587\nscenarios/bad @25\n',
  });
  // with paths it leaves only what went wrong among them
  expect(await gauntletIn(own, 'run', 'scenarios/good', '--last-failed', '--list')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('Of 2 cases none is left by --last-failed.'),
  });
  await writeFile(join(own, 'scenarios/bad.scenario.yaml'), scenario('A bad one', '250 *'));
  const mended = await gauntletIn(own, 'run', '--last-failed', ...embedded);
  expect(mended.exitCode).toBe(0);
  expect(mended.stdout).toContain('Only what went wrong in the run of reports/run.ndjson: 2 cases.');
  expect(mended.stdout).toContain('(2 cases,');
  const after = await gauntletIn(own, 'run', '--last-failed', '--list');
  expect(after).toMatchObject({
    stdout: `${ids.join('\n')}\n`,
    stderr: expect.stringContaining('Nothing went wrong in the run of reports/run.ndjson: all is played.'),
  });
});

test('--quiet tells what went wrong, and the last line', async () => {
  const own = await project('quiet');
  const bad = await gauntletIn(own, 'run', '--quiet', ...embedded);
  expect(bad.stdout).toContain('A bad one');
  expect(bad.stdout).not.toMatch(/A good one|Gateway|Scenarios:|reports\//);
  const good = await gauntletIn(own, 'run', 'scenarios/good', '--quiet', ...embedded);
  expect(lines(good.stdout)).toEqual([expect.stringMatching(/^1 rule: 1 passed .*\(2 cases, /)]);
});

describe('gauntlet.config.yaml', () => {
  test('says what the command line does not', async () => {
    const own = await project('config', {
      'gauntlet.config.yaml': `paths: [scenarios/good]\nmodes: ['25']\nreports: [tap=out/run.tap]\nchoices: { rateLimit: 7 }\n`,
    });
    expect(await gauntletIn(own, 'run', '--list')).toMatchObject({ stdout: 'scenarios/good @25\n' });
    expect(await gauntletIn(own, 'run', 'scenarios', '--mode', '587', '--list')).toMatchObject({
      stdout: 'scenarios/bad @587\nscenarios/good @587\n',
    });
    expect(await gauntletIn(own, 'run', ...embedded)).toMatchObject({ exitCode: 0 });
    expect(await readFile(join(own, 'out/run.tap'), 'utf8')).toContain('TAP version 14');
    expect((await gauntletIn(own, 'choices')).stdout).toMatch(/^rateLimit +7 .*declared: 100$/m);
    expect((await gauntletIn(own, 'choices', '--choice', 'rateLimit=9')).stdout).toMatch(/^rateLimit +9 /m);
  });

  test('names a target, from where it stands', async () => {
    const own = await project('target', { 'gauntlet.config.yaml': 'target: nowhere.yaml\n' });
    expect(await gauntletIn(own, 'run', ...embedded)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('nowhere.yaml cannot be read'),
    });
  });
});

test.runIf(process.platform === 'linux')(
  '--open shows the page in the browser of the environment',
  async () => {
    const own = await project('opened');
    const told = join(own, 'told');
    const browser = join(own, 'browser');
    await writeFile(browser, `#!/bin/sh\necho "$@" > '${told}'\n`, { mode: 0o755 });
    await new Promise<void>((resolve, reject) => {
      const words = ['run', 'scenarios/good', '--open', ...embedded];
      // no desktop: the opener of one would not ask for BROWSER
      const env = { PATH: process.env['PATH'] ?? '', BROWSER: browser };
      execFile(
        process.execPath,
        [`${projectFolder}/bin/gauntlet.cjs`, ...words],
        { cwd: own, env },
        (fault) => (fault === null ? resolve() : reject(fault)),
      );
    });
    const opened = () => readFile(told, 'utf8').catch(() => '');
    await expect.poll(opened, { timeout: 10_000 }).toContain('reports/run.html');
  },
);

test('--open needs a page to open', async () => {
  const ended = await gauntletIn(await project('open'), 'run', '--open', '--report', 'tap=-');
  expect(ended).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--open shows the HTML page') });
});

test.each(['-v', '-V', '--version'])('%s tells the version', async (word) => {
  expect(await gauntletIn(folder, word)).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});
