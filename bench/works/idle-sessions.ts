import { z } from 'zod';
import { startChild } from '../child.ts';
import type { LoadPlan } from '../load/plan.ts';
import { residentMegabytes } from '../process-figures.ts';
import { startPeer } from '../peers/start-peer.ts';
import type { Bar } from '../row.ts';
import type { Work } from './work.ts';

/** Sessions that one process opens; each is a descriptor on both sides. */
const SESSIONS_A_CLIENT = 5_000;

/** What the gateway's process holds in memory while so many sessions are logged in and idle. */
export function idleSessions(name: string, sessions: number, tls: boolean, bar: Bar): Work {
  return {
    name,
    quick: false,
    run: async ({ profileFolder }) => {
      await using stack = new AsyncDisposableStack();
      const smarthost = stack.use(startChild('peers/smarthost.ts', [], undefined));
      const smarthostPort = await smarthost.ask('port', undefined, z.int());
      const ours = stack.use(await startPeer('ours', { smarthostPort, profileFolder }));
      const { port, tlsPort, login } = ours.address;
      const plan: LoadPlan = {
        host: '127.0.0.1',
        port: tls ? (tlsPort ?? port) : port,
        tls,
        ...(login === undefined ? {} : { login }),
        sessions: 1,
        connections: 'reused',
        recipients: 1,
        pipelining: false,
        size: 1024,
        milliseconds: 0,
        messages: 0,
      };
      for (let opened = 0; opened < sessions; opened += SESSIONS_A_CLIENT) {
        const client = stack.use(startChild('load/client.ts', [], undefined));
        await client.ask('hold', { plan, sessions: Math.min(SESSIONS_A_CLIENT, sessions - opened) }, z.int());
      }
      const megabytes = await residentMegabytes(ours.pid);
      return {
        rows: [
          {
            name,
            unit: 'MB',
            ours: megabytes,
            peerName: undefined,
            peer: undefined,
            ratio: undefined,
            bar,
            latency: undefined,
            processor: undefined,
            notes: [`${sessions} sessions, VmRSS of the gateway's process`],
          },
        ],
        notRun: [],
      };
    },
  };
}
