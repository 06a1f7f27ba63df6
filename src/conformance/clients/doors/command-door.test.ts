import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Order } from '../order.ts';
import { commandDoor } from './command-door.ts';

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
  text: 'hello',
};
const never = new AbortController().signal;

function door(...command: readonly string[]) {
  const faults: unknown[] = [];
  return {
    faults,
    send: commandDoor({
      command,
      environment: process.env,
      childrenEnd: 'with it',
      onFault: (fault) => faults.push(fault),
    }),
  };
}

test('a program is told by environment and by the words of its command', async () => {
  const { send } = door(
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
  const { send, faults } = door('./not-there');
  await send(order, never);
  expect(faults).toMatchObject([{ name: 'CommandError' }]);
});

test('one that is still at it when patience ends is ended, with what it started', async () => {
  const patience = new AbortController();
  const folder = await mkdtemp(join(tmpdir(), 'door-'));
  const file = join(folder, 'pids');
  const { send } = door('sh', '-c', `sleep 60 & echo "$$ $!" > ${file}; wait`);
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

/** What nobody has asked after yet is a name in a table, and runs no more. */
function isRunning(pid: string): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}
