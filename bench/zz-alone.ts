import { startChild } from './child.ts';
import { startPeer } from './peers/start-peer.ts';
import { processorSeconds } from './process-figures.ts';
import { runLoad } from './works/side-by-side.ts';
import { z } from 'zod';
await using load = startChild('load/client.ts', [], undefined);
await using smarthost = startChild('peers/smarthost.ts', [], undefined);
const port = await smarthost.ask('port', undefined, z.int());
const name = (process.argv[2] ?? 'ours') as 'ours';
const sessions = Number(process.argv[4] ?? 10);
{
await using peer = await startPeer(name, { smarthostPort: port, profileFolder: process.argv[3] || undefined });
const bench: any = { load };
const plan: any = { sessions, connections: 'reused', recipients: Number(process.argv[5] ?? 1), pipelining: process.argv[6]==='p', size: Number(process.argv[7] ?? 1024), tls: false };
await runLoad(bench, peer, plan, 1500);
const before = await processorSeconds(peer.pid);
const r = await runLoad(bench, peer, plan, 5000);
console.log(name, (r.messages / r.seconds).toFixed(0), '/s', (((await processorSeconds(peer.pid)) - before) / r.messages * 1e6).toFixed(0), 'us', 'client', r.clientCpu.toFixed(2), peer.backlog ? await peer.backlog() : '');
}
