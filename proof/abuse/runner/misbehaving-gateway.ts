import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { createAuthority, createServerCertificate } from '../../../src/sandbox/gateway/certificate.ts';
import type { Misbehaviour } from './misbehaviours.ts';

/** A gateway that listens on loopback until it is disposed of. */
export interface MisbehavingGateway extends AsyncDisposable {
  readonly port: number;
  /** PEM of the root to trust, where the session begins with TLS. */
  readonly authority: string | undefined;
  /** Octets that it wrote to sockets. */
  octets(): number;
}

/** Starts a gateway that misbehaves so. */
export async function startMisbehaving(misbehaviour: Misbehaviour): Promise<MisbehavingGateway> {
  const { certificateNames } = misbehaviour;
  const secured = certificateNames === undefined ? undefined : await certificateOf(certificateNames);
  const sockets = new Set<Socket>();
  let octets = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      octets += socket.bytesWritten;
      sockets.delete(socket);
    });
    const spoken =
      secured === undefined
        ? socket
        : new TLSSocket(socket, { isServer: true, key: secured.key, cert: secured.certificate });
    spoken.on('error', () => spoken.destroy());
    if (misbehaviour.connected === undefined) talk(spoken, misbehaviour, '220 theirs\r\n');
    else misbehaviour.connected(spoken, () => talk(spoken, misbehaviour, ''));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    authority: secured?.authority,
    octets: () => [...sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, octets),
    [Symbol.asyncDispose]: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

async function certificateOf(names: number) {
  const now = Date.now();
  const serial = () => randomBytes(8).toString('hex');
  const authority = await createAuthority(now, serial);
  const own = await createServerCertificate(authority, now, serial, {
    gatewayName: 'localhost',
    names: ['127.0.0.1', ...Array.from({ length: names }, (_, at) => `mail-${at}.theirs.example`)],
  });
  return { authority: authority.certificate, certificate: own.certificate, key: own.privateKey };
}

const USUAL: Readonly<Record<string, string>> = {
  EHLO: '250-theirs\r\n250 AUTH PLAIN LOGIN\r\n',
  AUTH: '235 yes\r\n',
  DATA: '354 go\r\n',
  QUIT: '221 bye\r\n',
};

function talk(socket: Socket, { answer = () => undefined }: Misbehaviour, greeting: string): void {
  let input = '';
  let inMessage = false;
  let count = 0;
  if (greeting !== '') socket.write(greeting);
  socket.on('data', (chunk: Buffer) => {
    input += chunk.toString('latin1');
    for (let end = input.indexOf('\r\n'); end !== -1; end = input.indexOf('\r\n')) {
      const line = input.slice(0, end);
      input = input.slice(end + 2);
      if (inMessage && line !== '.') continue;
      const verb = inMessage ? 'end of data' : (line.split(' ')[0]?.toUpperCase() ?? '');
      inMessage = verb === 'DATA';
      count += 1;
      const said = answer(verb, socket, count) ?? USUAL[verb] ?? '250 ok\r\n';
      if (said !== '' && !socket.destroyed) socket.write(said);
      if (verb === 'QUIT') socket.end();
    }
  });
}
