import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { openMailboxClient } from '../mailbox/client.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'gauntlet-sandbox-'));
afterAll(() => rm(folder, { recursive: true }));

interface Running {
  readonly process: ChildProcess;
  /** What it printed until it was up. */
  readonly said: string;
  readonly ended: Promise<number | null>;
}

/** Types `gauntlet sandbox` and waits until it says how to send. */
function startSandbox(...words: readonly string[]): Promise<Running> {
  const ports = ['--port-465', '0', '--port-587', '0', '--port-25', '0', '--control-port', '0'];
  const process_ = spawn(
    process.execPath,
    ['bin/gauntlet.cjs', 'sandbox', ...ports, '--mailbox', 'embedded', ...words],
    {
      cwd: root,
    },
  );
  const ended = new Promise<number | null>((resolve) => {
    process_.once('exit', (code) => resolve(code));
  });
  return new Promise((resolve, reject) => {
    let said = '';
    process_.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('Ctrl-C ends it.')) resolve({ process: process_, said, ended });
    });
    process_.stderr.setEncoding('utf8').on('data', (text: string) => {
      reject(new Error(text));
      // what only told a notice would stay up
      process_.kill('SIGTERM');
    });
    process_.once('exit', () => reject(new Error(`It ended after: ${said}`)));
  });
}

const field = (said: string, name: string) => new RegExp(`^ +${name} +(\\S+)`, 'm').exec(said)?.[1] ?? '';

test('the printed command line sends a first mail, and Ctrl-C ends it cleanly', async () => {
  const sandbox = await startSandbox();
  const command = /^ +(printf .*)$/m.exec(sandbox.said)?.[1] ?? '';
  await new Promise<void>((resolve, reject) => {
    execFile('sh', ['-c', command], { timeout: 20_000 }, (fault) =>
      fault === null ? resolve() : reject(fault),
    );
  });
  const mailbox = openMailboxClient(field(sandbox.said, 'mailbox'));
  const emails = await mailbox.waitForEmails({
    address: 'accepts@simulator.test',
    count: 1,
    timeoutMs: 5_000,
  });
  expect(emails).toMatchObject([{ subject: 'hello' }]);
  sandbox.process.kill('SIGINT');
  expect(await sandbox.ended).toBe(0);
});

test('the live line of a bounce has its reason', async () => {
  const sandbox = await startSandbox();
  let live = '';
  const told = new Promise<void>((resolve) => {
    sandbox.process.stdout?.on('data', (text: string) => {
      live += text;
      if (live.includes('bounced')) resolve();
    });
  });
  const command = /^ +(printf .*)$/m.exec(sandbox.said)?.[1] ?? '';
  execFile('sh', ['-c', command.replaceAll('accepts@', 'nonexistent@')], { timeout: 20_000 }, () => {});
  await told;
  expect(live).toMatch(/^mail to nonexistent@simulator\.test: bounced \(\S.*\)$/m);
  sandbox.process.kill('SIGINT');
  expect(await sandbox.ended).toBe(0);
});

test('with --data, login, password and CA are the same after a restart', async () => {
  const data = join(folder, 'data');
  const first = await startSandbox('--data', data);
  first.process.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  const second = await startSandbox('--data', data);
  second.process.kill('SIGINT');
  expect(await second.ended).toBe(0);
  for (const name of ['login', 'password', 'CA'])
    expect(field(second.said, name)).toBe(field(first.said, name));
});

test('with --data the mailbox has the same port after a restart, or says why not', async () => {
  const data = join(folder, 'kept-port');
  const first = await startSandbox('--data', data);
  first.process.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  const second = await startSandbox('--data', data);
  const mailbox = field(second.said, 'mailbox');
  expect(mailbox).toBe(field(first.said, 'mailbox'));
  const { port } = new URL(mailbox);
  const elsewhere = join(folder, 'kept-port-elsewhere');
  await expect(startSandbox('--data', elsewhere, '--mailbox-port', port)).rejects.toThrow(
    `gauntlet: The mailbox cannot listen on 127.0.0.1:${port}: something else listens there already.`,
  );
  second.process.kill('SIGTERM');
  expect(await second.ended).toBe(0);
  const third = await startSandbox('--mailbox-port', port);
  expect(field(third.said, 'mailbox')).toBe(mailbox);
  await expect(startSandbox('--data', data)).rejects.toThrow(
    `Something else listens on ${port}, which was the port of the mailbox before`,
  );
  third.process.kill('SIGTERM');
  expect(await third.ended).toBe(0);
});

test('a port for a mailbox that is not started here is refused', async () => {
  await expect(startSandbox('--mailbox', 'http://127.0.0.1:9', '--mailbox-port', '8025')).rejects.toThrow(
    '--mailbox-port is for a mailbox that the sandbox starts itself',
  );
});

test('a data folder that cannot be used: one sentence, exit code 2', async () => {
  const data = join(folder, 'broken');
  await mkdir(data);
  await writeFile(join(data, 'gauntlet.db'), 'no database');
  const { stderr, code } = await new Promise<{ stderr: string; code: unknown }>((resolve) => {
    execFile(
      process.execPath,
      ['bin/gauntlet.cjs', 'sandbox', '--data', data],
      { cwd: root },
      (fault, _out, said) => resolve({ stderr: said, code: fault?.code }),
    );
  });
  expect(code).toBe(2);
  expect(stderr).toBe(
    `gauntlet: ${join(data, 'keys.json')} is missing, without which the database beside it cannot be read. Put it back, or begin with a new folder.\n`,
  );
});

test('a seed file makes accounts with fixed logins and passwords', async () => {
  const file = join(folder, 'seed.json');
  const account = {
    balance: 7,
    domains: [{ name: 'app.example', state: 'verified' }],
    connections: [{ name: 'App', sender: 'a@app.example', login: 'app', password: 'always the same' }],
  };
  await writeFile(file, JSON.stringify({ accounts: [account] }));
  const sandbox = await startSandbox('--seed-file', file);
  const port = /587 → (\d+)/.exec(sandbox.said)?.[1] ?? '';
  const sent = await new Promise<string>((resolve) => {
    const message = String.raw`From: <a@app.example>\r\n\r\nx\r\n`;
    const words = `--user 'app:always the same' --mail-from a@app.example --mail-rcpt accepts@simulator.test`;
    const command = `printf '${message}' | curl -sv --url smtp://localhost:${port} ${words} --upload-file - 2>&1`;
    execFile('sh', ['-c', command], (_fault, stdout) => resolve(stdout));
  });
  expect(sent).toContain('235 Authentication successful');
  sandbox.process.kill('SIGINT');
  expect(await sandbox.ended).toBe(0);
});

test('a seed file with a mistake says where', async () => {
  const file = join(folder, 'broken.json');
  await writeFile(file, JSON.stringify({ accounts: [{ balance: -1, conections: [] }] }));
  await expect(startSandbox('--seed-file', file)).rejects.toThrow(/accounts\.0\.balance/);
});

test('with --host it is reached from elsewhere, says so, and its certificate carries the name', async () => {
  const words = ['--host', '0.0.0.0', '--name', 'gate.test'];
  await expect(startSandbox(...words)).rejects.toThrow(/give its control API a --token/);
  const file = join(folder, 'told.json');
  const connection = { name: 'App', sender: 'a@app.example', login: 'app', password: 'always the same' };
  const account = { domains: [{ name: 'app.example', state: 'verified' }], connections: [connection] };
  await writeFile(file, JSON.stringify({ accounts: [account] }));
  const sandbox = await startSandbox(...words, '--token', 'of the test', '--seed-file', file);
  expect(sandbox.said).toContain(
    'from other machines, as gate.test: SMTP and the control API (with its token)',
  );
  expect(sandbox.said).toContain('app   password always the same   sender a@app.example');
  const port = /465 → (\d+)/.exec(sandbox.said)?.[1] ?? '';
  const ca = await readFile(field(sandbox.said, 'CA'), 'utf8');
  // any address of this machine will do; 127.0.0.2 is not among those that are open without --host
  const socket = connect({ host: '127.0.0.2', port: Number(port), ca, servername: 'gate.test' });
  const [greeting] = await once(socket, 'data');
  expect(String(greeting)).toMatch(/^220 /);
  socket.destroy();
  const lift = /^ +(curl -X POST .*)$/m.exec(sandbox.said)?.[1]?.replace('gate.test', '127.0.0.1') ?? '';
  const answer = await new Promise<string>((resolve) => {
    execFile(
      'sh',
      ['-c', lift],
      { env: { ...process.env, GAUNTLET_TOKEN: 'of the test' } },
      (_fault, stdout) => resolve(stdout),
    );
  });
  expect(JSON.parse(answer)).toMatchObject({ frozen: false });
  sandbox.process.kill('SIGINT');
  expect(await sandbox.ended).toBe(0);
});
