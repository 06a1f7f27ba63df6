import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeWithMailpit } from '../mailbox/mailpit-for-tests.ts';
import { gauntletIn, projectFolder } from './command-line-fixture.ts';

const folder = await mkdtemp(join(tmpdir(), 'gauntlet-pipes-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const scenario = (reply: string) =>
  `title: One\nabout: protocol.rset\nmodes: ['587']\ndialogue: |\n  C: <open>\n  C: RSET\n  S: ${reply}\n`;

beforeAll(async () => {
  await writeFile(join(folder, 'good.scenario.yaml'), scenario('250 *'));
  await writeFile(join(folder, 'bad.scenario.yaml'), scenario('299 *'));
  await gauntletIn(folder, 'run', 'good', '--mailbox', 'embedded');
}, 60_000);

/** Types a command and shuts its output as soon as something comes, or before. */
function typeAndShut(
  words: readonly string[],
  when: 'at once' | 'after the first text',
): Promise<{ readonly exitCode: number | null; readonly stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [`${projectFolder}/bin/gauntlet.cjs`, ...words], { cwd: folder });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    if (when === 'at once') child.stdout.destroy();
    else child.stdout.once('data', () => child.stdout.destroy());
    child.once('close', (exitCode) => resolve({ exitCode, stderr }));
  });
}

const record = 'reports/run.ndjson';

describe('a pipe that nobody reads any more ends a command quietly', () => {
  test.each([
    ['run good --mailbox embedded', 0],
    ['run bad --mailbox embedded', 1],
    ['coverage', 0],
    ['coverage --replies reports/run.ndjson', 1],
    ['schema', 0],
    ['choices', 0],
    ['lint good', 0],
    ['format --check good.scenario.yaml', 0],
    ['show billing/copies-are-charged smoke', 0],
    [`report ${record}`, 0],
    [`report ${record} --report html=-`, 0],
    ['explore --property sessions --runs 2', 0],
    ['--help', 0],
    ['sandbox --port-465 0 --port-587 0 --port-25 0 --control-port 0 --mailbox embedded', 0],
  ])('%s', async (words, exitCode) => {
    expect(await typeAndShut(words.split(' '), 'at once')).toEqual({ exitCode, stderr: '' });
  });

  test('that had a report: the error output has what a person reads, and no fault', async () => {
    const ended = await typeAndShut('run good --mailbox embedded --report ndjson=-'.split(' '), 'at once');
    expect(ended.exitCode).toBe(0);
    expect(ended.stderr).not.toMatch(/EPIPE|fault/);
  });

  test('after its first words too', async () => {
    const words = ['run', 'good', '--mailbox', 'embedded'];
    expect(await typeAndShut(words, 'after the first text')).toEqual({ exitCode: 0, stderr: '' });
  });
});

describe('a report on the standard output has it alone', () => {
  const isJson = (text: string) => () => JSON.parse(text) as unknown;

  test.each([
    ['run', ['run', 'bad', '--mailbox', 'embedded', '--report', 'json=-'], 1],
    ['report', ['report', record, '--report', 'json=-'], 0],
    [
      'check-client',
      ['check-client', '--report', 'json=-', '--', process.execPath, '-e', 'process.exit(1)'],
      2,
    ],
  ])('%s', async (_what, words, exitCode) => {
    const ended = await gauntletIn(folder, ...words);
    expect(ended.exitCode).toBe(exitCode);
    expect(isJson(ended.stdout)).not.toThrow();
  });

  test('which scenarios were taken is told beside it', async () => {
    await mkdir(join(folder, 'project', 'scenarios'), { recursive: true });
    await writeFile(join(folder, 'project', 'scenarios', 'good.scenario.yaml'), scenario('250 *'));
    const words = ['run', '--mailbox', 'embedded', '--report', 'json=-'];
    const ended = await gauntletIn(join(folder, 'project'), ...words);
    expect(isJson(ended.stdout)).not.toThrow();
    expect(ended.stderr).toContain('Scenarios: those in ./scenarios');
  });

  test('what a person reads is on the error output then', async () => {
    const ended = await gauntletIn(folder, 'run', 'bad', '--mailbox', 'embedded', '--report', 'tap=-');
    expect(ended.stdout).toMatch(/^TAP version 14\n/);
    expect(ended.stderr).toContain('expected  299 *');
  });

  test('two of them are refused before anything is started', async () => {
    const ended = await gauntletIn(folder, 'run', 'good', '--report', 'json=-', '--report', 'tap=-');
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toContain('The reports json and tap both want the standard output.');
  });
});

describeWithMailpit('Ctrl-C with Mailpit', () => {
  test('reaches the runner alone: what has begun is finished, with its mailbox', async () => {
    const summary = join(folder, 'interrupted.json');
    const words = ['run', 'billing', '--mailbox', 'program', '--report', `json=${summary}`];
    // a group of its own, all of which gets the signal, as the processes of a terminal do
    const child = spawn(process.execPath, [`${projectFolder}/bin/gauntlet.cjs`, ...words], {
      cwd: folder,
      detached: true,
    });
    child.stderr.resume();
    child.stdout.once('data', () => process.kill(-(child.pid ?? 0), 'SIGINT'));
    child.stdout.resume();
    const exitCode = await new Promise((resolve) => void child.once('close', resolve));
    expect(exitCode).toBe(130);
    const { cases, run } = JSON.parse(await readFile(summary, 'utf8')) as {
      readonly run: { readonly how: string };
      readonly cases: readonly { readonly outcome: string; readonly why?: string }[];
    };
    expect(run.how).toBe('interrupted');
    expect(cases.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
  });
});
