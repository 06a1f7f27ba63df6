import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardSchema } from '../../src/conformance/clients/card/card.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'check-a-client-'));
beforeAll(() => symlink(join(root, 'node_modules'), join(folder, 'node_modules')));
afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a line as a user types it, with the program of this tree. */
function type(line: string, input = ''): Promise<Ended> {
  const command = line.replaceAll(
    'npx gauntlet',
    `"${process.execPath}" "${join(root, 'bin/gauntlet.cjs')}"`,
  );
  return new Promise((resolve) => {
    const child = spawn('sh', ['-c', command.replaceAll(/^node /g, `"${process.execPath}" `)], {
      cwd: folder,
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
    child.stdin.end(input);
  });
}

test('one check leaves its card in every form', async () => {
  const reports = ['html=card.html', 'junit=client.xml', 'markdown=card.md', 'badge=badge.svg'];
  const client = `"${process.execPath}" "${join(root, 'proof/clients/send-by-reference-client.ts')}"`;
  const ended = await type(
    `npx gauntlet check-client --case login-535 --json card.json ${reports.map((each) => `--report ${each}`).join(' ')} -- ${client}`,
  );
  expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
  expect(() => cardSchema.parse(JSON.parse(read('card.json')))).not.toThrow();
  expect(read('card.html')).toContain('535 5.7.8 Incorrect login or password');
  // it needs nothing from anywhere else
  expect(read('card.html')).not.toMatch(/(?:src|href)=/);
  expect(read('client.xml')).toContain('failures="0"');
  expect(read('card.md')).toContain('login-535');
  expect(read('badge.svg')).toContain('dangerous 0 · wrong 0');
});

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

test('mistakes in the command are told in a sentence', async () => {
  const mistakes = [
    ['npx gauntlet check-client', 'Which program?'],
    [
      'npx gauntlet check-client --case nonsense -- true',
      '"nonsense" is no case. The cases are plain-mail, ',
    ],
    ['npx gauntlet check-client --mode 26 -- true', '"26" is no mode.'],
    ['npx gauntlet check-client --nuisance 80% -- true', '--nuisance takes a share'],
    ['npx gauntlet check-client --report pdf=x -- true', '"pdf=x" is no report.'],
    ['npx gauntlet check-client -- ./not-there', './not-there cannot be started'],
    ['npx gauntlet check-client --control-api http://127.0.0.1:1 -- true', 'cannot be reached'],
    ['npx gauntlet check-client -- true', 'cannot send a plain mail'],
  ] as const;
  for (const [line, sentence] of mistakes) {
    const ended = await type(line);
    expect({ line, ...ended }).toMatchObject({ exitCode: 2 });
    expect(ended.stderr).toContain(`gauntlet: `);
    expect(ended.stderr).toContain(sentence);
    expect(ended.stderr).not.toMatch(/\n\s+at /);
  }
});
