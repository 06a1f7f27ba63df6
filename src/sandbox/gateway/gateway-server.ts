import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { SMTPServer } from 'smtp-server';
import type { SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection.js';
import type { KeyPair } from './certificate.ts';
import { Session } from './session.ts';
import type { SessionSetup } from './session-setup.ts';

/** One socket that listens: the library's server, with our session in place of its own. */
export class GatewayServer extends SMTPServer {
  readonly #setup: SessionSetup<Session>;
  readonly #onSession: (session: Session) => void;

  constructor(setup: SessionSetup<Session>, certificate: KeyPair, onSession: (session: Session) => void) {
    super({
      name: setup.parts.name,
      secure: setup.implicitTls,
      key: certificate.privateKey,
      cert: certificate.certificate,
      ...setup.parts.wire.tlsOf(setup.port),
      disableReverseLookup: true,
      socketTimeout: setup.parts.choices.idleMs,
      logger: false,
    });
    this.#setup = setup;
    this.#onSession = onSession;
    // a failed handshake or a reset is the client's affair; without a listener it would end the process
    this.on('error', (fault: Error & { readonly meta?: object; readonly remoteAddress?: string }) => {
      if (fault.meta !== undefined)
        this.#recordFailedHandshake(fault.remoteAddress ?? 'unknown', fault.message);
    });
  }

  #recordFailedHandshake(clientAddress: string, why: string): void {
    const { parts, port, group } = this.#setup;
    const recorder = parts.recorder.open({
      id: parts.newId('tls-'),
      port,
      startedAt: parts.clock.now(),
      clientAddress,
    });
    if (group.owner !== undefined) recorder.belongsTo(group.owner);
    recorder.failedHandshake(why);
    recorder.closed();
  }

  override connect(socket: Socket | TLSSocket, options?: SMTPConnectionOptions): void {
    const session = new Session(this, socket, options, this.#setup);
    this.connections.add(session);
    this.#onSession(session);
    session.on('error', () => undefined);
    session.init();
  }

  /** Listens on one address; resolves with the port's number. Rejects where the address cannot be had. */
  listenOn(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.listen({ port, host, ipv6Only: true, backlog: 511 }, () => {
        this.server.removeListener('error', reject);
        const address = this.server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : port);
      });
    });
  }

  /** Stops listening; sessions are their owner's to end. Handshakes that have not become one are dropped. */
  stopListening(): Promise<void> {
    for (const socket of this._pendingSockets.values()) socket.destroy();
    return new Promise((resolve) => {
      this.server.close(() => resolve());
    });
  }
}
