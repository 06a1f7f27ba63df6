import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { MailboxError } from '../mailbox-error.ts';

/** The address that everything started by this room listens on. */
export const loopback = '127.0.0.1';

/** Ports that are free on loopback now, all different; another program may still take one before it is used. */
export async function chooseFreePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  try {
    return await Promise.all(servers.map((server) => listenAnywhere(server)));
  } finally {
    await Promise.all(servers.map((server) => closeServer(server)));
  }
}

/** Lets a server listen on a free loopback port, and gives that port. */
export function listenAnywhere(server: Server): Promise<number> {
  return listenOn(server, 0);
}

/** Lets a server listen on this loopback port; throws {@link MailboxError} where something else listens there. */
export async function listenOn(server: Server, port: number): Promise<number> {
  server.listen(port, loopback);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw cannotListen(port, cause);
  }
  return portOf(server.address());
}

/** The port, if nothing listens on it now; throws {@link MailboxError} where something does. */
export async function requireFree(port: number): Promise<number> {
  const server = createServer();
  await listenOn(server, port);
  await closeServer(server);
  return port;
}

/** What is said of a port that cannot be had; any other fault stays what it is. */
function cannotListen(port: number, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return cause;
  const why =
    code === 'EADDRINUSE'
      ? 'something else listens there already'
      : 'this user may not listen on a port below 1024';
  return new MailboxError(
    'mailbox-port-taken',
    `The mailbox cannot listen on ${loopback}:${port}: ${why}. Choose another port, or end what has it.`,
    { cause },
  );
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has no port');
  return address.port;
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  server.close();
  await once(server, 'close');
}

/** The first line that an SMTP server says, without its line ending; rejects when none comes in time. */
export async function readGreeting(host: string, port: number, signal: AbortSignal): Promise<string> {
  const socket = connect({ host, port, signal });
  try {
    let heard = '';
    socket.setEncoding('latin1');
    for await (const chunk of socket) {
      heard += String(chunk);
      const end = heard.indexOf('\r\n');
      if (end >= 0) return heard.slice(0, end);
    }
    throw new Error(`the connection was closed after ${heard.length} octets, before a greeting was complete`);
  } finally {
    socket.destroy();
  }
}
