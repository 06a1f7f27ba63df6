import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** A client's end of one session: it writes, and waits for so many replies. */
export interface ClientWire {
  /** Resolves with the code of the last of `replies` whole replies; rejects when the session ends before. */
  exchange(octets: Buffer | undefined, replies: number): Promise<number>;
  close(): void;
}

/** Milliseconds without a reply after which a session is given up. */
const SILENCE_LIMIT_MS = 30_000;

/** Opens a session; the greeting is the first reply to wait for. */
export function openWire(host: string, port: number, tls: boolean): ClientWire {
  let waiting: PromiseWithResolvers<number> | undefined;
  let missing = 0;
  let rest = '';
  const hear = (chunk: Buffer): void => {
    rest += chunk.toString('latin1');
    for (;;) {
      const end = rest.indexOf('\n');
      if (end === -1) return;
      const code = rest[3] === ' ' ? Number(rest.slice(0, 3)) : undefined;
      rest = rest.slice(end + 1);
      if (code === undefined) continue;
      missing -= 1;
      if (missing > 0) continue;
      const asked = waiting;
      waiting = undefined;
      asked?.resolve(code);
    }
  };
  // loopback only, and nothing of this run is secret: the certificate is not looked at
  const socket: Socket = tls
    ? connectTls({ host, port, rejectUnauthorized: false })
    : connectPlain({ host, port });
  socket.setNoDelay(true);
  socket.setTimeout(SILENCE_LIMIT_MS, () => socket.destroy());
  socket.on('data', hear);
  let fault = new Error('the session was closed');
  socket.on('error', (cause) => {
    fault = cause;
  });
  socket.on('close', () => waiting?.reject(fault));
  return {
    exchange: (octets, replies) => {
      waiting = Promise.withResolvers<number>();
      missing = replies;
      if (octets !== undefined) socket.write(octets);
      if (socket.destroyed) waiting.reject(fault);
      return waiting.promise;
    },
    close: () => socket.destroy(),
  };
}
