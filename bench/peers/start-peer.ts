import { z } from 'zod';
import { startChild, type Child } from '../child.ts';
import { startMailDev } from './maildev.ts';
import { startMailpit } from './mailpit.ts';
import { addressSchema, type Peer, type PeerName } from './peer.ts';
import { startSmtpSink } from './smtp-sink.ts';

/** What peers are started with. */
export interface PeerSettings {
  /** Where ours relays to. */
  readonly smarthostPort: number;
  readonly profileFolder: string | undefined;
}

/** Starts a peer; throws `PeerMissing` where it is not on this machine. */
export async function startPeer(name: PeerName, settings: PeerSettings): Promise<Peer> {
  switch (name) {
    case 'ours':
    case 'ours in memory':
      return startOurs(name, settings);
    case 'bare':
    case 'smtp-server': {
      const child = startChild('peers/smtp-server.ts', [name], settings.profileFolder);
      return listening(name, child, {});
    }
    case 'Mailpit':
      return startMailpit();
    case 'smtp-sink':
      return startSmtpSink();
    case 'MailDev':
      return startMailDev();
  }
}

async function startOurs(name: PeerName, { smarthostPort, profileFolder }: PeerSettings): Promise<Peer> {
  const where = name === 'ours' ? 'file' : 'memory';
  const child = startChild('peers/gauntlet.ts', [where, String(smarthostPort)], profileFolder);
  return listening(name, child, { backlog: () => child.ask('backlog', undefined, z.int()) });
}

async function listening(name: PeerName, child: Child, rest: Pick<Peer, 'backlog'>): Promise<Peer> {
  return {
    name,
    pid: child.pid,
    address: await child.ask('address', undefined, addressSchema),
    flag: undefined,
    ...rest,
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}
