import type { Port } from '../../contract/modes.ts';
import { ports } from '../../contract/modes.ts';
import type { KeyPair } from './certificate.ts';
import type { GatewayParts } from './gateway-parts.ts';
import { GatewayServer } from './gateway-server.ts';
import type { ListenerGroup } from './listener-group.ts';
import type { Session } from './session.ts';

/** Where one documented port can be reached. */
export interface ListenerAddress {
  readonly port: Port;
  readonly host: string;
  /** The number on which it really listens. */
  readonly number: number;
  readonly tls: 'implicit' | 'starttls';
}

/** The numbers to listen on; 0 is any free one. */
export type PortNumbers = Readonly<Record<Port, number>>;

/** Free numbers, as tests want them. */
export const freePorts: PortNumbers = { 465: 0, 587: 0, 25: 0 };

/** The three documented ports, open on loopback. */
export interface Listeners {
  readonly group: ListenerGroup;
  readonly addresses: readonly ListenerAddress[];
  stopListening(): Promise<void>;
}

/** What listeners are opened with. */
export interface ListenersSetup {
  readonly parts: GatewayParts;
  readonly group: ListenerGroup;
  readonly numbers: PortNumbers;
  readonly certificate: KeyPair;
  /** All sessions of the gateway; each adds itself and takes itself off. */
  readonly sessions: Set<Session>;
}

const IPV4 = '127.0.0.1';
const IPV6 = '::1';

/** Opens 465, 587 and 25 on both loopback addresses, the same number on each. */
export async function openListeners(setup: ListenersSetup): Promise<Listeners> {
  const opened = await Promise.all(ports.map((port) => openPort(setup, port)));
  return {
    group: setup.group,
    addresses: opened.map((each) => each.address),
    stopListening: async () => {
      await Promise.all(opened.flatMap((each) => each.servers.map((server) => server.stopListening())));
    },
  };
}

async function openPort(
  setup: ListenersSetup,
  port: Port,
): Promise<{ readonly address: ListenerAddress; readonly servers: readonly GatewayServer[] }> {
  const implicitTls = setup.parts.wire.implicitTls(port);
  const server = () => createServer(setup, port, implicitTls);
  const first = server();
  const number = await first.listenOn(setup.numbers[port], IPV4);
  const address = { port, host: IPV4, number, tls: implicitTls ? 'implicit' : 'starttls' } as const;
  const second = server();
  const hasIpv6 = await second.listenOn(number, IPV6).then(
    () => true,
    // a machine without IPv6, or the number taken there: the listener is reached over IPv4
    () => false,
  );
  return { address, servers: hasIpv6 ? [first, second] : [first] };
}

function createServer(
  { parts, group, certificate, sessions }: ListenersSetup,
  port: Port,
  implicitTls: boolean,
): GatewayServer {
  const openSessions = () => [...sessions].filter((session) => session.group === group).length;
  return new GatewayServer(
    { parts, group, port, implicitTls, openSessions, onEnd: (session) => sessions.delete(session) },
    certificate,
    (session) => sessions.add(session),
  );
}
