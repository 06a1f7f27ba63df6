import type { Port } from '../../contract/modes.ts';
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

/** The numbers to listen on, under the documented ports; any free one where none is given, or 0. */
export type PortNumbers = Readonly<Record<Port, number>>;

/** Free numbers, as tests want them. */
export const freePorts: PortNumbers = {};

/** The documented ports, open. */
export interface Listeners {
  readonly group: ListenerGroup;
  readonly addresses: readonly ListenerAddress[];
  stopListening(): Promise<void>;
  /** The certificate of handshakes from now on. */
  useCertificate(certificate: KeyPair): void;
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

/** Opens the documented ports on their address or both loopback ones, the same number on each; all of them or none. */
export async function openListeners(setup: ListenersSetup): Promise<Listeners> {
  const servers: GatewayServer[] = [];
  const stopListening = async () => {
    await Promise.all(servers.map((server) => server.stopListening()));
  };
  try {
    const addresses: ListenerAddress[] = [];
    for (const port of setup.parts.ports) addresses.push(await openPort(setup, port, servers));
    return {
      group: setup.group,
      addresses,
      stopListening,
      useCertificate: ({ privateKey, certificate }) => {
        for (const server of servers) server.updateSecureContext({ key: privateKey, cert: certificate });
      },
    };
  } catch (fault) {
    await stopListening();
    throw fault;
  }
}

async function openPort(
  setup: ListenersSetup,
  port: Port,
  servers: GatewayServer[],
): Promise<ListenerAddress> {
  const implicitTls = setup.parts.wire.implicitTls(port);
  const first = createServer(setup, port, implicitTls);
  const host = setup.parts.host ?? IPV4;
  const number = await first.listenOn(setup.numbers[port] ?? 0, host);
  servers.push(first);
  const address = { port, host, number, tls: implicitTls ? 'implicit' : 'starttls' } as const;
  if (setup.parts.host !== undefined) return address;
  const second = createServer(setup, port, implicitTls);
  // on a machine without IPv6, or where the number is taken there, the listener is reached over IPv4
  await second.listenOn(number, IPV6).then(
    () => servers.push(second),
    () => undefined,
  );
  return address;
}

function createServer(
  { parts, group, certificate, sessions }: ListenersSetup,
  port: Port,
  implicitTls: boolean,
): GatewayServer {
  const onEnd = (session: Session) => {
    if (sessions.delete(session)) group.openSessions -= 1;
  };
  return new GatewayServer({ parts, group, port, implicitTls, onEnd }, certificate, (session) => {
    sessions.add(session);
    group.openSessions += 1;
  });
}
