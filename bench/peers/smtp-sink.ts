import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { chooseFreePorts } from '../../src/mailbox/host/loopback.ts';
import { findProgram, PeerMissing, type Peer } from './peer.ts';

/** Milliseconds that it may take to start, and between two looks. */
const START_LIMIT_MS = 5_000;
const LOOK_MS = 50;

/** Postfix's sink, in C, which discards and knows no AUTH. */
export async function startSmtpSink(): Promise<Peer> {
  const program = await findProgram('smtp-sink');
  const [port = 0] = await chooseFreePorts(1);
  const child = spawn(program, [`127.0.0.1:${port}`, '511'], { stdio: 'ignore' });
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
  return {
    name: 'smtp-sink',
    pid: child.pid ?? 0,
    address: { port },
    flag: 'no AUTH',
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
