import { execFile } from 'node:child_process';
import { access, chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gauntletIn, projectFolder } from './command-line-fixture.ts';
import { nameOfProgram } from './again.ts';

const folder = await mkdtemp(join(tmpdir(), 'gauntlet again '));
const programs = join(folder, 'programs');
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A gateway of somebody else's: it takes sessions, and refuses RSET. */
const foreign = createServer((socket) => {
  socket.on('error', () => socket.destroy());
  socket.write('220 theirs\r\n');
  let inMessage = false;
  socket.on('data', (chunk) => {
    for (const line of chunk.toString('latin1').split('\r\n').slice(0, -1)) {
      if (inMessage && line !== '.') continue;
      const verb = inMessage ? 'end' : (line.split(' ')[0] ?? '');
      inMessage = verb === 'DATA';
      const replies: Readonly<Record<string, string>> = {
        EHLO: '250 theirs',
        DATA: '354 go',
        RSET: '599 theirs',
        QUIT: '221 bye',
      };
      socket.write(`${replies[verb] ?? '250 Ok'}\r\n`);
      if (verb === 'QUIT') socket.end();
    }
  });
});
afterAll(() => void foreign.close());

beforeAll(async () => {
  await new Promise<void>((resolve) => void foreign.listen(0, '127.0.0.1', resolve));
  const address = foreign.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await mkdir(programs);
  await writeFile(
    join(programs, 'gauntlet'),
    `#!/bin/sh\nexec "${process.execPath}" "${projectFolder}/bin/gauntlet.cjs" "$@"\n`,
  );
  await chmod(join(programs, 'gauntlet'), 0o755);
  await writeFile(
    join(folder, 'their gateway.yaml'),
    `name: theirs\nmodes: { '587': '127.0.0.1:${port}' }\nlogin: none\nsender: a@b.example\nrecipients: { accepts: ['*@c.example'] }\n`,
  );
});

/** Types a command line as it stands, with `gauntlet` on the path. */
function type(line: string): Promise<string> {
  return new Promise((resolve) => {
    const environment = { ...process.env, PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}` };
    execFile('sh', ['-c', line], { cwd: folder, env: environment }, (_fault, stdout) => resolve(stdout));
  });
}

test('the command of a finding, pasted, plays on the same target with the same options', async () => {
  const first = await type(
    "gauntlet run protocol --grep rset --mode 587 --target 'their gateway.yaml' --case-timeout 30s --jobs 3 --seed 7 --repeat 2 --report ndjson=first.ndjson",
  );
  expect(first).toContain('received  599 theirs');
  const again = /= again: (.*)$/m.exec(first)?.[1] ?? '';
  expect(again).toMatch(/^gauntlet run protocol\/\S+ --mode 587 /);
  expect(again).toContain("--target 'their gateway.yaml'");
  for (const option of ['--case-timeout 30s', '--jobs 3', '--seed 7', '--repeat 2', '--report']) {
    expect(again).toContain(option);
  }
  expect(again).not.toContain('--grep');
  const second = await type(again);
  expect(second).toContain('Gateway theirs');
  expect(second).toContain('received  599 theirs');
  expect(second).toContain(again);
});

test('the place of a finding is a path that exists where the command was typed', async () => {
  const said = await type("gauntlet run protocol --grep rset --mode 587 --target 'their gateway.yaml'");
  const place = /^\s+(\S.*?\.scenario\.yaml):\d+:\d+/m.exec(said)?.[1] ?? '';
  await expect(access(join(folder, place))).resolves.toBeUndefined();
  expect(await readFile(join(folder, 'reports', 'run.html'), 'utf8')).toContain('--target');
});

test('what is built in can be opened, and is played again by the same run', async () => {
  await writeFile(
    join(folder, 'nobody.yaml'),
    "name: nobody\nmodes: { '587': '127.0.0.1:1' }\nlogin: none\nsender: a@b.example\nrecipients: { accepts: ['*@c.example'] }\n",
  );
  const said = await type('gauntlet run protocol billing --mode 587 --target nobody.yaml');
  expect(said).toContain('= again: gauntlet run protocol billing --mode 587 --target nobody.yaml');
  expect(said).toContain('= open: gauntlet show smoke');
  expect(await type('gauntlet show smoke')).toContain('C: <send to>');
});

test('what is found in the suite is played again from the suite, whatever the folder holds', async () => {
  await writeFile(join(folder, 'tight.yaml'), 'choices: { rateLimit: 3 }\n');
  await mkdir(join(folder, 'connections'));
  await writeFile(
    join(folder, 'connections', 'blocked-by-bad-mailboxes.scenario.yaml'),
    'title: Ours\nabout: protocol.rset\ndialogue: |\n  C: <open>\n  C: RSET\n  S: 250 *\n',
  );
  const words = '--suite --config tight.yaml --mailbox embedded';
  const first = await type(`gauntlet run connections/blocked-by-bad-mailboxes --mode 587 ${words}`);
  const again = /= again: (.*)$/m.exec(first)?.[1] ?? '';
  expect(again).toMatch(
    /^gauntlet run connections\/blocked-by-bad-mailboxes\S* --mode 587 --suite --config /,
  );
  const received = /received .*/.exec(first)?.[0] ?? 'nothing';
  expect(await type(again)).toContain(received);
});

test('a token is told by the variable that holds it, a password in a URL is not told', async () => {
  const url = 'http://me:secret@127.0.0.1:1';
  const ended = await gauntletIn(
    folder,
    'run',
    'protocol',
    '--token',
    'secret',
    '--control-api',
    url,
    '--mailbox',
    'http://127.0.0.1:1',
  );
  expect(ended.exitCode).toBe(2);
  expect(ended.stdout).not.toContain('secret');
});

test('the program is called by its name where the shell finds it, else through npx', async () => {
  expect(await nameOfProgram(programs)).toBe('gauntlet');
  expect(await nameOfProgram('')).toBe('npx gauntlet');
  const ofNpm = join(folder, 'node_modules', '.bin');
  await mkdir(ofNpm, { recursive: true });
  await writeFile(join(ofNpm, 'gauntlet'), '', { mode: 0o755 });
  expect(await nameOfProgram([ofNpm, '/usr/bin'].join(delimiter))).toBe('npx gauntlet');
});
