import net from 'node:net';
import tls from 'node:tls';

/** For probes: a socket that sends exactly the octets it is told, and reads replies by their last line. */
export interface RawClient extends AsyncDisposable {
  /** Sends octets (one character each), no line end added. */
  send(octets: string): void;
  /** Sends a line with its CRLF and waits for the reply. */
  say(line: string): Promise<string>;
  /** Waits for this many replies; each without its last CRLF. */
  replies(count: number): Promise<readonly string[]>;
  reply(): Promise<string>;
  /** Everything that came until the gateway closed. */
  untilClosed(): Promise<string>;
  /** Turns the session into TLS, as a client does after 220. */
  startTls(ca: string): Promise<void>;
  /** Half-closes: no more octets from this side. */
  end(): void;
  destroy(): void;
}

/** Waits no longer than this for octets, in milliseconds. */
const LIMIT_MS = 5_000;

/** Opens a raw session, over TLS from the first byte where a root is given. */
export async function openRawClient(port: number, ca?: string, host = '127.0.0.1'): Promise<RawClient> {
  let socket: net.Socket = net.connect({ port, host, noDelay: true });
  if (ca !== undefined) socket = tls.connect({ socket, ca, servername: 'localhost' });
  let received = '';
  let closed = false;
  let changed = Promise.withResolvers<void>();
  const notice = () => {
    changed.resolve();
    changed = Promise.withResolvers<void>();
  };
  const listen = (to: net.Socket) => {
    to.setEncoding('latin1');
    to.on('data', (octets: string) => {
      received += octets;
      notice();
    });
    to.on('close', () => {
      closed = true;
      notice();
    });
    to.on('error', notice);
  };
  listen(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once(ca === undefined ? 'connect' : 'secureConnect', () => resolve());
    socket.once('error', reject);
  });

  const until = async <Result>(what: string, look: () => Result | undefined): Promise<Result> => {
    const late = AbortSignal.timeout(LIMIT_MS);
    const aborted = new Promise<void>((resolve) =>
      late.addEventListener('abort', () => resolve(), { once: true }),
    );
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      if (closed || late.aborted) {
        throw new Error(
          `Waited for ${what}; ${closed ? 'the session closed' : 'nothing more came'} after ${JSON.stringify(received)}.`,
        );
      }
      await Promise.race([changed.promise, aborted]);
    }
  };
  const takeReply = (): string | undefined => {
    const match = /^(?:\d{3}-.*\r\n)*\d{3} .*\r\n/.exec(received);
    if (match === null) return undefined;
    received = received.slice(match[0].length);
    return match[0].slice(0, -2);
  };
  const replies = async (count: number): Promise<readonly string[]> => {
    const taken: string[] = [];
    while (taken.length < count) taken.push(await until('a reply', takeReply));
    return taken;
  };
  const reply = async () => until('a reply', takeReply);

  return {
    send: (octets) => void socket.write(Buffer.from(octets, 'latin1')),
    say: async (line) => {
      socket.write(Buffer.from(`${line}\r\n`, 'latin1'));
      return reply();
    },
    replies,
    reply,
    untilClosed: () => until('the close', () => (closed ? received : undefined)),
    startTls: async (root) => {
      socket.removeAllListeners('data');
      socket = tls.connect({ socket, ca: root, servername: 'localhost' });
      listen(socket);
      await new Promise<void>((resolve, reject) => {
        socket.once('secureConnect', () => resolve());
        socket.once('error', reject);
      });
    },
    end: () => socket.end(),
    destroy: () => socket.destroy(),
    [Symbol.asyncDispose]: async () => void socket.destroy(),
  };
}
