import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { chooseFreePorts } from '../../src/mailbox/host/loopback.ts';
import { findProgram, PeerMissing, type Peer } from './peer.ts';

/** Milliseconds that it may take to start, and between two looks. */
const START_LIMIT_MS = 10_000;
const LOOK_MS = 50;

/** A program of the search path that takes mail on a port, without TLS; `args` are told the port. */
export async function startProgram(
  peer: Pick<Peer, 'name' | 'flag'> & {
    readonly login?: { readonly name: string; readonly password: string };
  },
  programName: string,
  args: (port: number) => readonly string[],
): Promise<Peer> {
  const program = await findProgram(programName);
  const [port = 0] = await chooseFreePorts(1);
  const child = spawn(program, args(port), { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const end = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  const late = performance.now() + START_LIMIT_MS;
  while (!(await answers(port))) {
    if (performance.now() > late || child.exitCode !== null) {
      await end();
      throw new PeerMissing(`${program} did not start.`);
    }
    await delay(LOOK_MS);
  }
  const { login, ...described } = peer;
  return {
    ...described,
    pid: child.pid ?? 0,
    address: { port, ...(login === undefined ? {} : { login }) },
    [Symbol.asyncDispose]: end,
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
