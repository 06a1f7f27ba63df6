import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** What a TLS handshake settled. */
export interface TlsFacts {
  readonly protocol: string;
  readonly cipher: string;
  readonly servername: string | undefined;
}

/**
 * The facts of a socket's handshake, with the name that the client asked for; `undefined` in clear, and where the client
 * was gone by the time that its handshake was heard of.
 */
export function tlsFactsOf(socket: Socket, servername: unknown): TlsFacts | undefined {
  if (!(socket instanceof TLSSocket) || socket.destroyed) return undefined;
  return {
    protocol: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().name,
    servername: typeof servername === 'string' ? servername : undefined,
  };
}
