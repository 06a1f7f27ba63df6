import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** A next host that takes whatever comes and keeps no octet of it. */
export interface Sink extends AsyncDisposable {
  readonly port: number;
  /** Messages taken until now. */
  readonly taken: number;
  /** From now on it takes messages and does not answer, until `release`. */
  hold(): void;
  release(): void;
}

const replies = new Map([
  ['EHLO', '250-sink.example\r\n250 PIPELINING\r\n'],
  ['DATA', '354 Go on\r\n'],
  ['QUIT', '221 Bye\r\n'],
]);

/** Opens one on a free port of loopback. */
export async function openSink(): Promise<Sink> {
  let taken = 0;
  let held: (() => void)[] | undefined;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let rest = '';
    let inMessage = false;
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    socket.write('220 sink.example ESMTP\r\n');
    socket.on('data', (chunk) => {
      rest += chunk.toString('latin1');
      for (;;) {
        const end = rest.indexOf(inMessage ? '\r\n.\r\n' : '\r\n');
        if (end === -1) break;
        const verb = rest.slice(0, 4).toUpperCase();
        rest = rest.slice(end + (inMessage ? 5 : 2));
        if (inMessage) taken += 1;
        const reply = inMessage ? '250 Ok\r\n' : (replies.get(verb) ?? '250 Ok\r\n');
        if (inMessage && held !== undefined) held.push(() => socket.write(reply));
        else socket.write(reply);
        inMessage = !inMessage && verb === 'DATA';
      }
      // what is left of a message needs no more than what may begin the final dot
      if (inMessage && rest.length > 4) rest = rest.slice(-4);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    get taken() {
      return taken;
    },
    hold: () => {
      held ??= [];
    },
    release: () => {
      for (const answer of held ?? []) answer();
      held = undefined;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
