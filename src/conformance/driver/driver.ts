/**
 * A raw SMTP client: it sends exactly the octets it is told, in every mode and with bad manners if wished, and says what
 * came back. It has no opinion on what is right, knows no scenario, and waits for nothing but events.
 */
import { connect, type Socket } from 'node:net';
import { createRecorder, type RecorderOptions } from './recorder.ts';
import { SmtpSession } from './smtp-session.ts';

/** How to open a session. Times in milliseconds. */
export interface SessionOptions extends RecorderOptions {
  readonly host: string;
  readonly port: number;
  /** The limit of the connect. */
  readonly connectTimeoutMs: number;
}

/** A session, or why there is none. */
export type Opened =
  | { readonly kind: 'open'; readonly session: SmtpSession }
  | { readonly kind: 'unreachable'; readonly why: string };

/** Opens a session up to the TCP connection; the greeting is not read, and TLS not begun. */
export async function openSession(options: SessionOptions): Promise<Opened> {
  const { host, port, connectTimeoutMs } = options;
  const socket = connect({ host, port, noDelay: true });
  const why = await waitForConnect(socket, connectTimeoutMs);
  if (why !== undefined) {
    socket.destroy();
    return { kind: 'unreachable', why: `${host}:${port}: ${why}` };
  }
  return { kind: 'open', session: new SmtpSession(socket, createRecorder(options)) };
}

function waitForConnect(socket: Socket, limitMs: number): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const timer = setTimeout(() => resolve(`no connection within ${limitMs} ms`), limitMs);
  socket.once('connect', () => resolve(undefined));
  // stays for the life of the socket: an error that nobody listens to would end the process
  socket.on('error', (error) => resolve(error.message));
  return promise.finally(() => clearTimeout(timer));
}
