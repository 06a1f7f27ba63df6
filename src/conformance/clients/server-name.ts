/**
 * Names under which a program can be told to reach the gateway. Some libraries trust the machine's own names with a
 * password in clear (Go's PlainAuth does), so a case about TLS says nothing where the gateway had no other name.
 */
import { lookup } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import tls from 'node:tls';

/** The name that every machine has, and that libraries may trust. */
export const LOCAL_NAME = 'localhost';

const LOOPBACK = '127.0.0.1';

/** Milliseconds that a gateway may take to show its certificate. */
const HANDSHAKE_LIMIT_MS = 3_000;

/** Whether a name or address says "this machine" by itself (RFC 6761 §6.3, RFC 1122 §3.2.1.3), so that a library may trust it. */
export function isLocalName(name: string): boolean {
  const bare = name.toLowerCase().replace(/\.$/, '');
  if (bare === LOCAL_NAME || bare.endsWith(`.${LOCAL_NAME}`) || bare.startsWith(`${LOCAL_NAME}.`))
    return true;
  return isIP(bare) === 4 ? /^(?:127|0)\./.test(bare) : ['::1', '::', `::ffff:${LOOPBACK}`].includes(bare);
}

/**
 * The names that a hosts file gives to 127.0.0.1 and that a sandbox's certificate has too: the gateway's own, and the
 * machine's. Other names there belong to somebody else. Pure.
 */
export function namesInHosts(
  hosts: string,
  { gatewayName, machine }: { readonly gatewayName: string; readonly machine: string },
): readonly string[] {
  const names = new Set(
    hosts.split('\n').flatMap((line) => {
      const [address, ...rest] = line.replace(/#.*/s, '').trim().split(/\s+/);
      return address === LOOPBACK ? rest.map((name) => name.toLowerCase()) : [];
    }),
  );
  return [gatewayName, machine.toLowerCase()].filter((name) => names.has(name) && !isLocalName(name));
}

/** The names of this machine that lead to 127.0.0.1 here, without asking a name server. */
export async function machineNames(gatewayName: string): Promise<readonly string[]> {
  const path =
    process.platform === 'win32'
      ? `${process.env['SystemRoot'] ?? String.raw`C:\Windows`}\\System32\\drivers\\etc\\hosts`
      : '/etc/hosts';
  const names = namesInHosts(await readFile(path, 'utf8').catch(() => ''), {
    gatewayName,
    machine: hostname(),
  });
  const found = await Promise.all(names.map(async (name) => ((await leadsHere(name)) ? [name] : [])));
  return found.flat();
}

/** The hosts file may not be what programs go by. */
async function leadsHere(name: string): Promise<boolean> {
  const addresses = await lookup(name, { all: true }).catch(() => []);
  return (
    addresses.some(({ address }) => address === LOOPBACK) &&
    addresses.every(({ address }) => isLocalName(address))
  );
}

/** Whether the listener there, which wants TLS from the first octet, shows a certificate that is good for the name. */
export function isCertifiedFor(
  name: string,
  { port, ca }: { readonly port: number; readonly ca: string },
): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = tls.connect({ host: name, port, ca, servername: isIP(name) === 0 ? name : '' });
    const end = (isGood: boolean) => {
      socket.destroy();
      resolve(isGood);
    };
    socket.setTimeout(HANDSHAKE_LIMIT_MS, () => end(false));
    socket.once('secureConnect', () => end(socket.authorized));
    socket.once('error', () => end(false));
  });
}
