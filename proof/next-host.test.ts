import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openSmarthostWriter } from '../src/sandbox/relay/smarthost.ts';
import { openNextHost } from './next-host.ts';

/** A mailbox of a few lines that keeps what each session says. */
async function openMailbox(): Promise<{ host: string; port: number; said: string[] }> {
  const said: string[] = [];
  const server = createServer((socket) => {
    const at = said.push('') - 1;
    let isMessage = false;
    let rest = '';
    socket.write('220 mailbox\r\n');
    socket.setEncoding('latin1');
    socket.on('error', () => socket.destroy());
    socket.on('data', (octets: string) => {
      said[at] += octets;
      rest += octets;
      const lines = rest.split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (isMessage && line !== '.') continue;
        isMessage = line === 'DATA';
        if (line.startsWith('EHLO')) socket.write('250-mailbox\r\n250-PIPELINING\r\n250 8BITMIME\r\n');
        else socket.write(isMessage ? '354 go on\r\n' : '250 ok\r\n');
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port, said };
}

test('a relay hands over the same mail to a host that speaks in each of its manners', async () => {
  const mailbox = await openMailbox();
  await using host = await openNextHost(mailbox);
  await using relay = openSmarthostWriter(host, 'gateway.example');
  const message = new TextEncoder().encode('Subject: one\r\n\r\n.text\r\n');
  const email = { reversePath: 'a@x.example', forwardPath: 'b@x.example', message };
  const hand = async (count: number) =>
    Promise.all(Array.from({ length: count }, async () => (await relay.handOver(email)).kind));
  // four sessions side by side, then the same ones again until the last of them says goodbye
  for (let round = 0; round < 4; round += 1) expect(await hand(4)).toEqual(Array(4).fill('taken'));
  const all = mailbox.said.join('');
  expect(all.split('\r\n..text\r\n.\r\n')).toHaveLength(17);
  expect(mailbox.said.some((session) => session.startsWith('HELO'))).toBe(true);
  expect(mailbox.said.length).toBeGreaterThan(4);
});
