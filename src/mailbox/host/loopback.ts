import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';

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
export async function listenAnywhere(server: Server): Promise<number> {
  server.listen(0, loopback);
  await once(server, 'listening');
  return portOf(server.address());
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
