/**
 * What nobody should send: each has its documented or standard answer, other sessions go on, memory stays bounded.
 */
import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';
import { describe, expect, test } from 'vitest';
import { senderOf, startProbedForFile } from './probe-fixture.ts';
import { openRawClient } from './raw-client-fixture.ts';
import { createRandomness } from './randomness.ts';

const probed = await startProbedForFile();

const megabytes = () => process.memoryUsage().rss / 1024 / 1024;

/** A session of somebody else works as ever. */
async function expectServed(): Promise<void> {
  await using client = await probed.greeted();
  expect(await client.say('NOOP')).toBe('250 Ok');
}

describe('octets that are no SMTP', () => {
  test('ten megabytes of garbage: 500 after 500, and the session goes on', async () => {
    await using client = await probed.greeted();
    const before = megabytes();
    const { octets } = createRandomness('garbage');
    for (let megabyte = 0; megabyte < 10; megabyte += 1) {
      client.send(
        `${Buffer.from(octets(1024 * 1024))
          .toString('latin1')
          .replaceAll('\n', 'x')}\r\n`,
      );
      expect(await client.reply()).toBe('500 5.5.6 Line too long');
    }
    expect(megabytes() - before).toBeLessThan(200);
    expect(await client.say('NOOP')).toBe('250 Ok');
    await expectServed();
  });

  test('a line of fifty megabytes that never ends is not kept', async () => {
    await using client = await probed.greeted();
    const before = megabytes();
    for (let megabyte = 0; megabyte < 50; megabyte += 1) client.send('x'.repeat(1024 * 1024));
    client.send('\r\n');
    expect(await client.reply()).toBe('500 5.5.6 Line too long');
    expect(megabytes() - before).toBeLessThan(300);
  });

  test('HTTP to the SMTP port gets SMTP, not a page', async () => {
    await using client = await openRawClient(probed.number(25));
    await client.reply();
    client.send('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(await client.replies(3)).toEqual(
      Array.from({ length: 3 }, () => '500 5.5.1 Command not recognized'),
    );
  });

  test('a TLS hello on a plain port hangs nobody', async () => {
    const socket = tls.connect({ port: probed.number(587), host: '127.0.0.1', rejectUnauthorized: false });
    await expect(once(socket, 'secureConnect')).rejects.toThrow(/./);
    socket.destroy();
    await expectServed();
  });

  test('plain octets in the middle of the STARTTLS handshake end that session alone', async () => {
    await using client = await probed.greeted();
    expect(await client.say('STARTTLS')).toMatch(/^220 /);
    client.send('MAIL FROM:<a@b.example>\r\n'.repeat(100));
    expect(await client.untilClosed()).not.toMatch(/^\d{3}[ -]/m);
    await expectServed();
  });

  test('messages over the limit are answered with 552, and no more than the limit is kept', async () => {
    const account = await probed.newAccount({ limits: { sizeLimit: 100_000 } });
    await using client = await probed.inData(account, 'x@a.example');
    const before = megabytes();
    const line = `${'x'.repeat(998)}\r\n`;
    for (let megabyte = 0; megabyte < 50; megabyte += 1) client.send(line.repeat(1_049));
    client.send('.\r\n');
    expect(await client.reply()).toBe('552 5.3.4 Message exceeds the size limit');
    expect(megabytes() - before).toBeLessThan(300);
  });
});

test('ten thousand recipients: a thousand accepted, the others told, the session goes on', async () => {
  const account = await probed.newAccount({ balance: 20_000 });
  await using client = await probed.loggedIn(account);
  await client.say(`MAIL FROM:<${senderOf(account)}>`);
  client.send(Array.from({ length: 10_000 }, (_, at) => `RCPT TO:<r${at}@a.example>\r\n`).join(''));
  const replies = await client.replies(10_000);
  expect(replies.filter((reply) => reply === '250 Ok')).toHaveLength(1_000);
  expect(replies.filter((reply) => reply === '452 4.5.3 Too many recipients')).toHaveLength(9_000);
  expect(await client.say('RSET')).toBe('250 Ok');
}, 30_000);

describe('sessions that do nothing, or next to nothing', () => {
  const open = async (count: number): Promise<readonly net.Socket[]> => {
    const sockets = Array.from({ length: count }, () => net.connect(probed.number(587), '127.0.0.1'));
    for (const socket of sockets) socket.on('error', () => undefined);
    await Promise.all(sockets.map((socket) => once(socket, 'data')));
    return sockets;
  };

  test('a thousand that are open and say nothing, a thousand that say one octet at a time', async () => {
    const before = megabytes();
    const silent = await open(1_000);
    const slow = await open(1_000);
    for (const octet of 'EHLO slow.exam') for (const socket of slow) socket.write(octet);
    await expectServed();
    // measured at about 20 kB a session; a limit that a leak of buffers would break
    expect(megabytes() - before).toBeLessThan(250);
    for (const socket of slow) socket.write('ple\r\n');
    await Promise.all(slow.map((socket) => once(socket, 'data')));
    for (const socket of [...silent, ...slow]) socket.destroy();
    await expectServed();
  }, 30_000);

  test('a client that sends and never reads the replies does not fill the memory', async () => {
    const [socket] = await open(1);
    socket?.pause();
    const before = megabytes();
    const chunk = 'NOOP\r\n'.repeat(20_000);
    for (let time = 0; time < 50; time += 1) {
      if (socket?.writable !== true || !socket.write(chunk)) break;
    }
    await expectServed();
    expect(megabytes() - before).toBeLessThan(250);
    socket?.destroy();
  });
});
