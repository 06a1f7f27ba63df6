import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { chooseFreePorts } from '../../src/mailbox/host/loopback.ts';
import { findProgram, PeerMissing, type Peer } from './peer.ts';

/** Mailpit, with what it holds. */
export interface MailpitPeer extends Peer {
  /** How many emails it has stored. */
  stored(): Promise<number>;
  /** Takes all of them away. */
  clear(): Promise<void>;
}

/** Milliseconds that it may take to start, and between two looks. */
const START_LIMIT_MS = 15_000;
const LOOK_MS = 50;

/** Starts Mailpit with AUTH, whatever the password, and a database of its own. */
export async function startMailpit(): Promise<MailpitPeer> {
  const program = await findProgram('mailpit');
  const [port = 0, apiPort = 0] = await chooseFreePorts(2);
  const folder = await mkdtemp(join(tmpdir(), 'gauntlet-bench-mailpit-'));
  const api = `http://127.0.0.1:${apiPort}`;
  const child = spawn(
    program,
    // prettier-ignore
    [
      '--smtp', `127.0.0.1:${port}`, '--listen', `127.0.0.1:${apiPort}`, '--database', join(folder, 'mail.db'),
      '--max', '0', '--quiet', '--smtp-auth-accept-any', '--smtp-auth-allow-insecure', '--disable-version-check',
      '--smtp-disable-rdns',
    ],
    { stdio: 'ignore' },
  );
  const ended = once(child, 'exit');
  const end = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const late = performance.now() + START_LIMIT_MS;
  while (!(await isReady(api))) {
    if (performance.now() > late || child.exitCode !== null) {
      await end();
      throw new PeerMissing(`${program} did not start.`);
    }
    await delay(LOOK_MS);
  }
  return {
    name: 'Mailpit',
    pid: child.pid ?? 0,
    address: { port, login: { name: 'bench', password: 'bench-password' } },
    flag: undefined,
    stored: async () => {
      const response = await fetch(`${api}/api/v1/messages?limit=1`);
      return z.object({ total: z.int() }).parse(await response.json()).total;
    },
    clear: async () => {
      await (await fetch(`${api}/api/v1/messages`, { method: 'DELETE' })).text();
    },
    [Symbol.asyncDispose]: end,
  };
}

async function isReady(api: string): Promise<boolean> {
  return fetch(`${api}/readyz`).then(
    (response) => response.ok,
    () => false,
  );
}
