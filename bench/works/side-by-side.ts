import { z } from 'zod';
import { startChild } from '../child.ts';
import { resultSchema, type LoadPlan, type LoadResult } from '../load/plan.ts';
import { PeerMissing, type Peer, type PeerName } from '../peers/peer.ts';
import { processorSeconds } from '../process-figures.ts';
import { startPeer } from '../peers/start-peer.ts';
import { median, type Bar, type NotRun, type Percentiles, type Row } from '../row.ts';
import type { Bench, Work } from './work.ts';

/** The load of one piece of work, whoever takes it. */
export type Load = Pick<LoadPlan, 'sessions' | 'connections' | 'recipients' | 'pipelining' | 'size' | 'tls'>;

/** One peer to stand beside ours, and the bar that holds against it. */
export interface Beside {
  readonly peer: PeerName;
  readonly bar?: Bar;
}

/** A round, with the seconds of processor time that the peer took for a message. */
interface Round extends LoadResult {
  readonly processor: number;
}

/** Messages of one round at most, so that a round is bounded in count too. */
const MOST_MESSAGES = 200_000;

/** Ours and its peers at the same load, in rounds: each in turn, and round again. */
export function sideBySide(
  name: string,
  load: Load,
  peers: readonly [Beside, ...Beside[]],
  quick: boolean,
): Work {
  return { name, quick, run: (bench) => measure(bench, name, load, peers) };
}

async function measure(bench: Bench, name: string, load: Load, peers: readonly Beside[]) {
  await using stack = new AsyncDisposableStack();
  const smarthost = stack.use(startChild('peers/smarthost.ts', [], undefined));
  const settings = {
    smarthostPort: await smarthost.ask('port', undefined, z.int()),
    profileFolder: bench.profileFolder,
  };
  const notRun: NotRun[] = [];
  const running: Peer[] = [stack.use(await startPeer('ours', settings))];
  const besides: Beside[] = [];
  for (const beside of peers) {
    try {
      const peer = stack.use(await startPeer(beside.peer, settings));
      if (load.tls && peer.address.tlsPort === undefined) {
        throw new PeerMissing('It is not set up for TLS from the first octet here.');
      }
      running.push(peer);
      besides.push(beside);
    } catch (fault) {
      if (!(fault instanceof PeerMissing)) throw fault;
      notRun.push({ name, peerName: beside.peer, reason: fault.message });
    }
  }
  const backlogs: number[] = [];
  const results = new Map<Peer, Round[]>(running.map((peer) => [peer, []]));
  for (let round = 0; round <= bench.rounds; round += 1) {
    for (const peer of running) {
      hold(running.filter((other) => other !== peer));
      try {
        const before = await processorSeconds(peer.pid);
        const result = await runLoad(bench, peer, load, round === 0 ? bench.warmUpMs : bench.roundMs);
        const processor = ((await processorSeconds(peer.pid)) - before) / result.messages;
        if (round === 0) continue;
        results.get(peer)?.push({ ...result, processor });
        if (peer.backlog !== undefined && peer === running[0]) backlogs.push(await peer.backlog());
      } finally {
        // a process that stands still never hears that it should end
        letGo(running);
      }
    }
  }
  const [ours, ...others] = running;
  const rows = others.map((peer, at) =>
    rowOf(name, besides[at], peer, results.get(peer) ?? [], (ours && results.get(ours)) ?? [], backlogs),
  );
  return { rows, notRun };
}

/** Lets one peer take the load for so long. */
export async function runLoad(
  bench: Bench,
  peer: Peer,
  load: Load,
  milliseconds: number,
  messages = MOST_MESSAGES,
): Promise<LoadResult> {
  const { port, tlsPort, login } = peer.address;
  const plan: LoadPlan = {
    ...load,
    host: '127.0.0.1',
    port: load.tls ? (tlsPort ?? port) : port,
    milliseconds,
    messages,
    ...(login === undefined ? {} : { login }),
  };
  return bench.load.ask('run', plan, resultSchema);
}

/** Whoever is not being measured stands still, its backlog included: the two processors belong to one peer at a time. */
function hold(peers: readonly Peer[]): void {
  for (const { pid } of peers) process.kill(pid, 'SIGSTOP');
}

function letGo(peers: readonly Peer[]): void {
  for (const { pid } of peers) process.kill(pid, 'SIGCONT');
}

function rowOf(
  name: string,
  beside: Beside | undefined,
  peer: Peer,
  theirs: readonly Round[],
  ours: readonly Round[],
  backlogs: readonly number[],
): Row {
  const rate = ({ messages, seconds }: LoadResult) => messages / seconds;
  const busiest = Math.max(...theirs.map((result) => result.clientCpu));
  return {
    name,
    unit: 'messages/s',
    ours: median(ours.map(rate)),
    peerName: peer.name,
    peer: median(theirs.map(rate)),
    ratio: median(theirs.map((result, round) => rate(ours[round] ?? result) / rate(result))),
    bar: beside?.bar,
    latency: { ours: percentiles(ours), peer: percentiles(theirs) },
    processor: { ours: microseconds(ours), peer: microseconds(theirs) },
    notes: [
      ...(peer.flag === undefined ? [] : [peer.flag]),
      `backlog ${backlogs.join(', ')} emails after the rounds`,
      `load client's processor ${Math.round(busiest * 100)} %`,
    ],
  };
}

function microseconds(rounds: readonly Round[]): number {
  return median(rounds.map(({ processor }) => processor)) * 1e6;
}

function percentiles(results: readonly LoadResult[]): Percentiles {
  return {
    p50: median(results.map(({ p50 }) => p50)),
    p99: median(results.map(({ p99 }) => p99)),
  };
}
