import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emailmassivo } from '../contract/emailmassivo/emailmassivo.ts';
import { readRecord } from './read-record.ts';
import { gauntlet, projectFolder } from './command-line-fixture.ts';
import { missingReplies, replyMatrix } from '../conformance/coverage/reply-matrix.ts';

const folder = await mkdtemp(join(tmpdir(), 'gauntlet-cli-'));
afterAll(() => rm(folder, { recursive: true }));

describe('gauntlet run', () => {
  // `npm start` plays every mode; here it is one, so that `npm test` stays short
  test(
    'the whole suite is green in a mode, and each documented reply comes',
    { timeout: 60_000 },
    async () => {
      const record = join(folder, 'run.ndjson');
      const junit = join(folder, 'junit.xml');
      const reports = ['--report', `ndjson=${record}`, '--report', `junit=${junit}`];
      const ended = await gauntlet('run', '--mode', '587+starttls', '--mailbox', 'embedded', ...reports);
      expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
      expect(ended.stdout).toMatch(/\d+ rules: \d+ passed · 0 failed · 0 differs · \d+ not arranged/);

      const events = readRecord(await readFile(record, 'utf8'), { file: record });
      const missing = missingReplies(replyMatrix(emailmassivo, events));
      expect(missing.filter(({ mode }) => mode === '587+starttls')).toEqual([]);
      expect(events.at(-1)).toMatchObject({ kind: 'run-finished', how: 'finished' });
      expect(await readFile(junit, 'utf8')).toContain('<testsuites name="gauntlet gateway"');

      const replies = await gauntlet('coverage', '--replies', record);
      expect(replies.exitCode).toBe(1);
      expect(replies.stdout).toContain('40 of 50 did not come.');
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

describe('gauntlet run, of files outside the suite', () => {
  const own = join(folder, 'my mails');
  const text = (modes: string, reply: string) =>
    `title: Same\nabout: protocol.rset\nmodes: [${modes}]\ndialogue: |\n  C: <open>\n  C: RSET\n  S: ${reply}\n`;
  const words = ['--mailbox', 'embedded', '--report', `ndjson=${join(folder, 'own.ndjson')}`];
  beforeAll(async () => {
    await mkdir(join(own, 'bad'), { recursive: true });
    await mkdir(join(own, 'good'));
    await writeFile(join(own, 'bad', 'same.scenario.yaml'), text('587', '299 *'));
    await writeFile(join(own, 'good', 'same.scenario.yaml'), text('587', '250 *'));
  });

  test('tells two of the same name apart, and prints a command that plays the failed one again', async () => {
    const ended = await gauntlet('run', own, ...words);
    expect(ended.exitCode).toBe(1);
    expect(ended.stdout).toContain('(2 cases,');
    // the words behind the program's name: they are whole, and nothing need be added
    const again = /= again: (?:npx )?gauntlet (.*)$/m.exec(ended.stdout)?.[1] ?? '';
    const repeated = await new Promise<string>((resolve) => {
      const command = `"$0" bin/gauntlet.cjs ${again}`;
      execFile('sh', ['-c', command, process.execPath], { cwd: projectFolder }, (_fault, stdout) =>
        resolve(stdout),
      );
    });
    expect(repeated).toContain('(1 case,');
    expect(repeated).toContain('expected  299 *');
  });

  test('is refused where no case is left to play', async () => {
    const ended = await gauntlet('run', own, '--mode', '25', ...words);
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toBe('gauntlet: No case of these scenarios is played in the mode 25.\n');
  });
});

describe('reports', () => {
  test.each(['ndjson', 'junit'])(
    '%s: a folder cannot be written, which is said before the run',
    async (kind) => {
      const ended = await gauntlet(
        'run',
        'billing/balance-runs-out',
        '--mailbox',
        'embedded',
        '--report',
        `${kind}=${folder}`,
      );
      expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
      expect(ended.stderr).toContain(`gauntlet: The report ${folder} cannot be written: EISDIR`);
      expect(ended.stderr).not.toMatch(/\n\s+at /);
    },
  );

  test('of an earlier run stay where the next one is refused', async () => {
    const record = join(folder, 'earlier.ndjson');
    await writeFile(record, 'earlier');
    const control = ['--control-api', 'http://127.0.0.1:1'];
    expect(await gauntlet('run', ...control, '--report', `ndjson=${record}`)).toMatchObject({ exitCode: 2 });
    const mailbox = ['--mailbox', 'http://127.0.0.1:1'];
    const words = [...control, ...mailbox, '--report', `ndjson=${record}`];
    expect(await gauntlet('run', ...words)).toMatchObject({ exitCode: 2 });
    expect(await readFile(record, 'utf8')).toBe('earlier');
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
    [['sandbox', '--port-587', '70000'], '--port-587 takes a whole number from 0 to 65535, not "70000".'],
    [['sandbox', '--control-port', '65536'], '--control-port'],
    [['run', '--mailbox', 'http://a', '--mailbox-smtp', 'a:65536'], '--mailbox-smtp'],
    [['ruin'], 'unknown command'],
  ])('%j gets a sentence and exit code 2', async (words, sentence) => {
    const ended = await gauntlet(...words);
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toContain(sentence);
    expect(ended.stderr).not.toMatch(/\n\s+at /);
  });

  test('the help shows no default that is nothing', async () => {
    const help = await gauntlet('run', '--help');
    expect(help.stdout).not.toMatch(/default: (?:\[\]|false)/);
    expect(help.stdout).toContain('(default: "16")');
  });

  test('help and version are no mistakes', async () => {
    expect(await gauntlet('--help')).toMatchObject({ exitCode: 0 });
    expect((await gauntlet('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
