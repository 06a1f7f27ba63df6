import { setTimeout as delay } from 'node:timers/promises';
import { PeerMissing } from '../peers/peer.ts';
import { startMailpit, type MailpitPeer } from '../peers/mailpit.ts';
import { startPeer } from '../peers/start-peer.ts';
import { median, type Bar, type Finding } from '../row.ts';
import { runLoad, type Load } from './side-by-side.ts';
import type { Bench, Work } from './work.ts';

const load: Load = {
  sessions: 10,
  connections: 'reused',
  recipients: 1,
  pipelining: false,
  size: 1024,
  tls: false,
};
/** Milliseconds between two looks at how much Mailpit has, and until it must have all. */
const LOOK_MS = 20;
const ARRIVAL_LIMIT_MS = 60_000;

/** Emails a second from the first command until the last is in the real Mailpit, beside what it takes directly. */
export function relayToMailpit(name: string, bar: Bar): Work {
  return {
    name,
    quick: true,
    run: async (bench) => {
      try {
        return await measure(bench, name, bar);
      } catch (fault) {
        if (!(fault instanceof PeerMissing)) throw fault;
        return { rows: [], notRun: [{ name, peerName: 'Mailpit', reason: fault.message }] };
      }
    },
  };
}

async function measure(bench: Bench, name: string, bar: Bar): Promise<Finding> {
  await using mailpit = await startMailpit();
  await using ours = await startPeer('ours', {
    smarthostPort: mailpit.address.port,
    profileFolder: bench.profileFolder,
  });
  const emails = bench.quick ? 1_500 : 4_000;
  const direct: number[] = [];
  const throughOurs: number[] = [];
  for (let round = 0; round <= bench.rounds; round += 1) {
    for (const [peer, figures] of [
      [ours, throughOurs],
      [mailpit, direct],
    ] as const) {
      const count = round === 0 ? Math.ceil(emails / 3) : emails;
      const begin = performance.now();
      const { messages } = await runLoad(bench, peer, load, 60_000, count);
      await arrived(mailpit, messages);
      if (round > 0) figures.push(messages / ((performance.now() - begin) / 1_000));
      await mailpit.clear();
    }
  }
  return {
    rows: [
      {
        name,
        unit: 'emails/s',
        ours: median(throughOurs),
        peerName: 'Mailpit directly',
        peer: median(direct),
        ratio: median(throughOurs.map((figure, at) => figure / (direct[at] ?? Number.NaN))),
        bar,
        latency: undefined,
        processor: undefined,
        notes: [`${emails} emails a round, from the first command until the last is stored`],
      },
    ],
    notRun: [],
  };
}

async function arrived(mailpit: MailpitPeer, emails: number): Promise<void> {
  const late = performance.now() + ARRIVAL_LIMIT_MS;
  for (;;) {
    const stored = await mailpit.stored();
    if (stored >= emails) return;
    if (performance.now() > late) throw new Error(`Mailpit has ${stored} of ${emails} emails.`);
    await delay(LOOK_MS);
  }
}
