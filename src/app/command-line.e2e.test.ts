import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { readRunEvents } from '../conformance/report/ndjson.ts';
import { missingReplies, replyMatrix } from '../conformance/report/reply-matrix.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'gauntlet-cli-'));
afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Types the command as a user does, with the packaged bin. */
function gauntlet(...words: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['bin/gauntlet.cjs', ...words],
      { cwd: root, timeout: 60_000 },
      (fault, stdout, stderr) => {
        const code = fault?.code;
        resolve({ exitCode: fault === null ? 0 : typeof code === 'number' ? code : 99, stdout, stderr });
      },
    );
  });
}

describe('gauntlet run', () => {
  test(
    'the whole suite is green, and each documented reply comes in each mode',
    { timeout: 60_000 },
    async () => {
      const record = join(folder, 'run.ndjson');
      const junit = join(folder, 'junit.xml');
      const ended = await gauntlet(
        'run',
        '--mailbox',
        'embedded',
        '--report',
        `ndjson=${record}`,
        '--report',
        `junit=${junit}`,
      );
      expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
      expect(ended.stdout).toMatch(/\d+ rules: \d+ passed · 0 failed · 0 differs · 0 not arranged/);

      const events = readRunEvents(await readFile(record, 'utf8'));
      expect(missingReplies(replyMatrix(events))).toEqual([]);
      expect(events.at(-1)).toMatchObject({ kind: 'run-finished', how: 'finished' });
      expect(await readFile(junit, 'utf8')).toContain('<testsuites name="gauntlet gateway"');

      const replies = await gauntlet('coverage', '--replies', record);
      expect(replies.exitCode).toBe(0);
      expect(replies.stdout).toContain('0 of 50 did not come.');
    },
  );

  test('one case in one mode, by its id', async () => {
    const record = join(folder, 'one.ndjson');
    const ended = await gauntlet(
      'run',
      'billing/balance-runs-out',
      '--mode',
      '25',
      '--mailbox',
      'embedded',
      '--report',
      `ndjson=${record}`,
    );
    expect(ended.exitCode).toBe(0);
    expect(ended.stdout).toContain('(1 case,');
    // a password is 16 letters behind a NUL in base64; what is recorded of AUTH is blank
    expect(await readFile(record, 'utf8')).toContain(String.raw`AUTH PLAIN ********\r\n`);
  });
});

describe.concurrent('a scenario with a mistake: one message with its place, exit code 2, no stack', () => {
  test.each([
    ['misspelt-key', 4, 3, 'balance'],
    ['wrong-mode', 3, 14, '465'],
    ['unknown-name', 8, 15, 'too'],
    ['broken-line', 5, 3, 'Q:'],
    ['unknown-rule', 2, 8, 'error.450'],
  ])('%s', async (name, line, column, hint) => {
    const file = `fixtures/broken-scenarios/${name}.scenario.yaml`;
    const ended = await gauntlet('run', file);
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toContain(`${name}.scenario.yaml:${line}:${column}: `);
    expect(ended.stderr).toContain(hint);
    expect(ended.stderr).not.toMatch(/\n\s+at /);
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
    expect(ended.stdout).toBe('');
  });
});

describe.concurrent('bad input', () => {
  test.each([
    [['run', '--mode', '99'], 'is no mode'],
    [['run', 'nowhere'], 'nowhere'],
    [['run', '--jobs', 'many'], '--jobs'],
    [['run', '--report', 'pdf=x'], 'is no report'],
    [['run', '--mailbox', 'postbox'], 'is no mailbox'],
    [['run', '--unheard-of'], 'unknown option'],
    [['ruin'], 'unknown command'],
  ])('%j gets a sentence and exit code 2', async (words, sentence) => {
    const ended = await gauntlet(...words);
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toContain(sentence);
    expect(ended.stderr).not.toMatch(/\n\s+at /);
  });

  test('help and version are no mistakes', async () => {
    expect(await gauntlet('--help')).toMatchObject({ exitCode: 0 });
    expect((await gauntlet('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
