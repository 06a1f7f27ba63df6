import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Order } from '../order.ts';
import { commandLauncher } from './command-launcher.ts';

const order: Order = {
  case: 'plain-mail',
  host: 'localhost',
  serverName: 'smtp.gateway.example',
  port: 2525,
  user: 'shop',
  password: 'secret',
  tls: 'starttls',
  ca: '',
  caFile: '/ca.pem',
  from: 'a@a.example',
  to: ['b@b.example', 'c@c.example'],
  bcc: [],
  subject: 'A subject',
  fromName: 'Shop',
  text: 'hello',
  mails: 1,
  dsn: [],
};
const never = new AbortController().signal;

type ChildrenEnd = Parameters<typeof commandLauncher>[0]['childrenEnd'];

function launcher(...command: readonly string[]) {
  return doorWhere('with it', {}, ...command);
}

function doorWhere(
  childrenEnd: ChildrenEnd,
  environment: Readonly<Record<string, string>>,
  ...command: readonly string[]
) {
  const faults: unknown[] = [];
  return {
    faults,
    send: commandLauncher({
      command,
      environment: { ...process.env, ...environment },
      childrenEnd,
      onFault: (fault) => faults.push(fault),
    }),
  };
}

test('a program is told by environment and by the words of its command', async () => {
  const { send } = launcher(
    'sh',
    '-c',
    'echo "$SMTP_HOST $SMTP_TO $SMTP_TLS $SMTP_CASE $0"',
    '{host}:{port}/{from}',
  );
  expect(await send(order, never)).toMatchObject({
    kind: 'exit',
    exitCode: 0,
    output: 'localhost b@b.example,c@c.example starttls plain-mail localhost:2525/a@a.example\n',
  });
});

test('one that cannot be started is a mistake in the command', async () => {
  const { send, faults } = launcher('./not-there');
  await send(order, never);
  expect(faults).toMatchObject([{ name: 'CommandError' }]);
});

test('one that is still at it when patience ends is ended, with what it started', async () => {
  const patience = new AbortController();
  const folder = await mkdtemp(join(tmpdir(), 'launcher-'));
  const file = join(folder, 'pids');
  const { send } = launcher('sh', '-c', `sleep 60 & echo "$$ $!" > ${file}; wait`);
  const told = send(order, patience.signal);
  await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toMatch(/\n/);
  const pids = await readFile(file, 'utf8');
  patience.abort();
  expect(await told).toMatchObject({ kind: 'running' });
  for (const pid of pids.trim().split(' ')) {
    await expect.poll(() => isRunning(pid)).toBe(false);
  }
  await rm(folder, { recursive: true });
});

test('what a program started and left behind ends with it, though it ended well', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'launcher-'));
  const file = join(folder, 'pid');
  // the second does not end when it is asked to
  const { send } = launcher(
    'sh',
    '-c',
    `sleep 60 & (trap '' TERM; exec sleep 61) & echo "$! $(jobs -p)" > ${file}`,
  );
  expect(await send(order, never)).toMatchObject({ kind: 'exit', exitCode: 0 });
  for (const pid of (await readFile(file, 'utf8')).trim().split(/\s+/)) {
    await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
  }
  await rm(folder, { recursive: true });
});

test('but where mail is handed to a queue, which works on, only with patience', async () => {
  const patience = new AbortController();
  const folder = await mkdtemp(join(tmpdir(), 'launcher-'));
  const file = join(folder, 'pid');
  const { send } = doorWhere('with patience', {}, 'sh', '-c', `sleep 60 & echo "$!" > ${file}`);
  expect(await send(order, patience.signal)).toMatchObject({ kind: 'exit', exitCode: 0 });
  const pid = (await readFile(file, 'utf8')).trim();
  expect(isRunning(pid)).toBe(true);
  patience.abort();
  await expect.poll(() => isRunning(pid)).toBe(false);
  await rm(folder, { recursive: true });
});

test('the token of a control API is not handed on', async () => {
  const { send } = doorWhere(
    'with it',
    { GAUNTLET_TOKEN: 'a token', Gauntlet_Token: 'in other letters', OTHER: 'kept' },
    'sh',
    '-c',
    'env | grep -i gauntlet_token; echo "$OTHER"',
  );
  expect(await send(order, never)).toMatchObject({ output: 'kept\n' });
});

/** What nobody has asked after yet is a name in a table, and runs no more. */
function isRunning(pid: string): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}
