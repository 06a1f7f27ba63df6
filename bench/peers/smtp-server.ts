/**
 * smtp-server as a peer, discarding what it takes: `node smtp-server.ts bare|smtp-server`. Bare is without the 100 ms
 * that it waits before each greeting.
 */
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { SMTPConnection, type SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection.js';
import { createAuthority, createServerCertificate } from '../../src/sandbox/gateway/certificate.ts';
import { answerParent } from '../parent.ts';

class ConnectionWithoutWait extends SMTPConnection {
  override init(): void {
    this._setListeners(() => {
      setImmediate(() => this.connectionReady());
    });
  }
}

class ServerWithoutWait extends SMTPServer {
  override connect(socket: Socket | TLSSocket, options?: SMTPConnectionOptions): void {
    const connection = new ConnectionWithoutWait(this, socket, options);
    this.connections.add(connection);
    connection.on('error', () => undefined);
    connection.init();
  }
}

const Server = process.argv[2] === 'bare' ? ServerWithoutWait : SMTPServer;
const now = Date.now();
let serial = 0;
const newSerial = () => `01${String((serial += 1)).padStart(6, '0')}`;
// the same kind of key as ours, so that handshakes cost the same
const certificate = await createServerCertificate(await createAuthority(now, newSerial), now, newSerial, {
  gatewayName: 'localhost',
});

const options: SMTPServerOptions = {
  key: certificate.privateKey,
  cert: certificate.certificate,
  disableReverseLookup: true,
  allowInsecureAuth: true,
  logger: false,
  onAuth: (auth, _session, callback) => callback(null, { user: auth.username ?? 'bench' }),
  onData: (stream, _session, callback) => {
    stream.on('end', () => callback());
    stream.resume();
  },
};

async function listen(secure: boolean): Promise<number> {
  const server = new Server({ ...options, secure });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen({ port: 0, host: '127.0.0.1', backlog: 511 }, resolve);
  });
  const address = server.server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const port = await listen(false);
const tlsPort = await listen(true);
answerParent({ address: () => ({ port, tlsPort, login: { name: 'bench', password: 'bench-password' } }) });
