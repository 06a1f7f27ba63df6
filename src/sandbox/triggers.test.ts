import net from 'node:net';
import { Duplex } from 'node:stream';
import tls from 'node:tls';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { bodyOf, openControlClient } from '../control-api/client.ts';
import type { Account } from '../control-api/schemas.ts';
import { plain, senderOf, startProbed, startProbedForFile } from './probe-fixture.ts';
import { openRawClient } from './raw-client-fixture.ts';

const probed = await startProbedForFile();

const triggersOf = (account: Account, controlUrl = probed.sandbox.controlUrl) => {
  const client = openControlClient(controlUrl);
  const param = { account: account.id };
  return {
    add: (json: Parameters<(typeof client.accounts)[':account']['triggers']['$post']>[0]['json']) =>
      bodyOf(client.accounts[':account'].triggers.$post({ param, json })),
    list: async () => (await bodyOf(client.accounts[':account'].triggers.$get({ param }))).triggers,
    remove: (trigger: string) =>
      client.accounts[':account'].triggers[':trigger'].$delete({ param: { ...param, trigger } }),
  };
};
const portOf = (account: Account, port: 465 | 587 | 25) =>
  account.listeners.find((each) => each.port === port)?.number ?? 0;

describe('a session is cut', () => {
  test('after the dot and before the reply: the message is accepted and charged all the same', async () => {
    const account = await probed.newAccount();
    await triggersOf(account).add({ stage: 'end of data', times: 1, drop: 'before reply' });
    await using client = await probed.inData(account, 'x@a.example');
    client.send(`From: ${senderOf(account)}\r\n\r\nx\r\n.\r\n`);
    expect(await client.untilClosed()).toBe('');
    expect(await probed.sandbox.operations.showAccount(account.id)).toMatchObject({ charged: 1 });
  });

  test('after the reply', async () => {
    const account = await probed.newAccount();
    await triggersOf(account).add({ stage: 'MAIL', drop: 'after reply' });
    await using client = await probed.loggedIn(account);
    client.send(`MAIL FROM:<${senderOf(account)}>\r\n`);
    expect(await client.untilClosed()).toBe('250 Ok\r\n');
  });
});

test('a reply comes late by the machine’s time, whatever the account’s clock shows', async () => {
  const pauses: number[] = [];
  await using apart = await startProbed({
    parts: { time: (own) => ({ ...own, pause: async (milliseconds) => void pauses.push(milliseconds) }) },
  });
  const account = await apart.newAccount({ clock: { frozen: true } });
  await triggersOf(account, apart.sandbox.controlUrl).add({ stage: 'MAIL', delayMs: 60_000 });
  await using client = await apart.loggedIn(account);
  expect(await client.say(`MAIL FROM:<${senderOf(account)}>`)).toBe('250 Ok');
  expect(pauses).toEqual([60_000]);
});

test('a trigger at EHLO may announce another list, and the session goes on with it', async () => {
  const account = await probed.newAccount({ listeners: 'own' });
  await triggersOf(account).add({ stage: 'EHLO', reply: '250-other.example\n250 AUTH CRAM-MD5' });
  await using client = await openRawClient(account.listeners.find(({ port }) => port === 587)?.number ?? 0);
  await client.reply();
  expect(await client.say('EHLO client.example')).toBe('250-other.example\r\n250 AUTH CRAM-MD5');
  expect(await client.say('MAIL FROM:<a@b.example>')).toMatch(/^530 /);
  expect(await client.say(`AUTH PLAIN ${plain(account)}`)).toBe('235 Authentication successful');
  await client.say(`MAIL FROM:<${senderOf(account)}>`);
  expect(await client.say('EHLO again')).toMatch(/^250-other/);
  expect(await client.say('RCPT TO:<x@a.example>')).toMatch(/^503 /);
});

test('triggers are listed with how often they matched, and removed', async () => {
  const account = await probed.newAccount();
  const triggers = triggersOf(account);
  const { id } = await triggers.add({ stage: 'MAIL', times: 1, reply: '451 4.3.0 Not now' });
  await using client = await probed.loggedIn(account);
  expect(await client.say(`MAIL FROM:<${senderOf(account)}>`)).toBe('451 4.3.0 Not now');
  expect(await triggers.list()).toMatchObject([{ id, seen: 1 }]);
  expect((await triggers.remove(id)).status).toBe(204);
  expect((await triggers.remove(id)).status).toBe(404);
  expect(await triggers.list()).toEqual([]);
});

test('before the login, and for TLS, the account needs listeners of its own', async () => {
  const triggers = triggersOf(await probed.newAccount());
  await expect(triggers.add({ stage: 'connect', reply: '421 x' })).rejects.toMatchObject({
    code: 'no-own-listeners',
  });
  await expect(triggers.add({ stage: 'MAIL', tls: 'expired' })).rejects.toMatchObject({
    code: 'no-own-listeners',
  });
});

describe('certificates that no client should accept', () => {
  const reason = async (port: number) => {
    const socket = tls.connect({
      port,
      host: '127.0.0.1',
      ca: probed.sandbox.certificateAuthority,
      servername: 'localhost',
    });
    const outcome = await once(socket, 'secureConnect').then(
      () => 'accepted',
      (fault: unknown) => (fault instanceof Error && 'code' in fault ? String(fault.code) : 'unknown'),
    );
    socket.destroy();
    return outcome;
  };

  test.each([
    ['expired', 'CERT_HAS_EXPIRED'],
    ['misnamed', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['unknown authority', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ] as const)('%s', async (fault, code) => {
    const account = await probed.newAccount({ listeners: 'own' });
    const triggers = triggersOf(account);
    expect(await reason(portOf(account, 465))).toBe('accepted');
    const { id } = await triggers.add({ stage: 'connect', tls: fault });
    expect(await reason(portOf(account, 465))).toBe(code);
    await triggers.remove(id);
    expect(await reason(portOf(account, 465))).toBe('accepted');
  });

  test('the shared listeners are not touched', async () => {
    const account = await probed.newAccount({ listeners: 'own' });
    await triggersOf(account).add({ stage: 'connect', tls: 'expired' });
    await using client = await openRawClient(probed.number(465), probed.sandbox.certificateAuthority);
    expect(await client.reply()).toMatch(/^220 /);
  });
});

describe('for the check of clients', () => {
  test('a reply has several lines, all of one code', async () => {
    const account = await probed.newAccount();
    const reply = '550-This mailbox\n550-250 is not here\n550 Goodbye';
    await triggersOf(account).add({ stage: 'RCPT', times: 1, reply });
    await expect(triggersOf(account).add({ stage: 'RCPT', reply: '550-a\n250 b' })).rejects.toMatchObject({
      status: 400,
    });
    await using client = await probed.loggedIn(account);
    await client.say(`MAIL FROM:<${senderOf(account)}>`);
    expect(await client.say('RCPT TO:<x@a.example>')).toBe(reply.replaceAll('\n', '\r\n'));
  });

  test('a reply is put behind the 220 of STARTTLS, and the session under TLS is the gateway’s own', async () => {
    const account = await probed.newAccount({ listeners: 'own' });
    await triggersOf(account).add({ stage: 'STARTTLS', tls: 'injected reply' });
    await using client = await openRawClient(portOf(account, 587));
    await client.reply();
    await client.say('EHLO client.example');
    client.send('STARTTLS\r\n');
    expect(await client.replies(2)).toEqual([
      expect.stringMatching(/^220 /),
      '250-injected.example\r\n250 AUTH X-INJECTED',
    ]);
    await client.startTls(probed.sandbox.certificateAuthority);
    expect(await client.say('EHLO client.example')).toContain('AUTH PLAIN LOGIN');
  });

  test('what a client says after a goodbye is in the transcript, but no secret', async () => {
    const account = await probed.newAccount();
    await triggersOf(account).add({ stage: 'MAIL', reply: '421 Not now' });
    await using client = await probed.loggedIn(account);
    expect(await client.say(`MAIL FROM:<${senderOf(account)}>`)).toBe('421 Not now');
    client.send('RCPT TO:<x@a.example>\r\nAUTH PLAIN c2VjcmV0\r\nQUIT\r\n');
    client.end();
    const control = openControlClient(probed.sandbox.controlUrl);
    const param = { account: account.id };
    const { sessions } = await bodyOf(
      control.accounts[':account'].sessions.wait.$post({ param, json: { count: 1 } }),
    );
    const said = sessions[0]?.entries.flatMap((entry) =>
      entry.kind === 'wire' && entry.direction === 'C' ? [entry.octets] : [],
    );
    expect(said?.slice(-3)).toEqual(['RCPT TO:<x@a.example>\r\n', 'AUTH PLAIN ********\r\n', 'QUIT\r\n']);
  });
});

test('a client that leaves in the moment of the handshake takes nobody with it', async () => {
  const account = await probed.newAccount({ listeners: 'own' });
  const port = portOf(account, 587);
  // as curl leaves a server whose name is not in the certificate: its Finished, a close and a reset in one breath
  const leave = async () => {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'data');
    for (const line of ['EHLO client.example', 'STARTTLS']) {
      socket.write(`${line}\r\n`);
      await once(socket, 'data');
    }
    let flights = 0;
    const held: Buffer[] = [];
    const between = new Duplex({
      read: () => undefined,
      write: (octets: Buffer, _encoding, done) => {
        flights += 1;
        if (flights === 1) socket.write(octets);
        else held.push(octets);
        done();
      },
    });
    socket.on('data', (octets: Buffer) => between.push(octets));
    const secure = tls.connect({
      socket: between,
      ca: probed.sandbox.certificateAuthority,
      servername: 'localhost',
    });
    secure.on('error', () => undefined);
    await once(secure, 'secureConnect');
    secure.end();
    await new Promise<void>((resolve) => setImmediate(resolve));
    socket.write(Buffer.concat(held), () => socket.resetAndDestroy());
    await once(socket, 'close');
  };
  await Promise.all(Array.from({ length: 5 }, leave));
  await using client = await openRawClient(port);
  expect(await client.reply()).toMatch(/^220 /);
});

describe('a reply in place of the one that accepts', () => {
  test('says another thing, and the command is carried out', async () => {
    const account = await probed.newAccount();
    const forced = { carriedOut: true, reply: '251 User not local; will forward' };
    await triggersOf(account).add({ stage: 'RCPT', ...forced });
    await using client = await probed.loggedIn(account);
    await client.say(`MAIL FROM:<${senderOf(account)}>`);
    expect(await client.say('RCPT TO:<x@a.example>')).toBe('251 User not local; will forward');
    await client.say('DATA');
    expect(await client.say(`From: ${senderOf(account)}\r\n\r\nx\r\n.`)).toMatch(/^250 /);
    expect(await probed.sandbox.operations.showAccount(account.id)).toMatchObject({ charged: 1 });
  });

  test('says nothing where the command is refused', async () => {
    const account = await probed.newAccount();
    await triggersOf(account).add({ stage: 'RCPT', carriedOut: true, reply: '251 User not local' });
    await using client = await probed.loggedIn(account);
    expect(await client.say('RCPT TO:<x@a.example>')).toMatch(/^503 /);
  });
});

test('a reply in several segments arrives whole', async () => {
  const account = await probed.newAccount();
  await triggersOf(account).add({ stage: 'MAIL', split: true });
  await using client = await probed.loggedIn(account);
  expect(await client.say(`MAIL FROM:<${senderOf(account)}>`)).toBe('250 Ok');
  expect(await client.say('RCPT TO:<x@a.example>')).toMatch(/^250 /);
});

describe('the end of a session', () => {
  test('a goodbye follows a reply at once', async () => {
    const account = await probed.newAccount();
    await triggersOf(account).add({ stage: 'MAIL', drop: 'after a goodbye' });
    await using client = await probed.loggedIn(account);
    client.send(`MAIL FROM:<${senderOf(account)}>\r\n`);
    expect(await client.untilClosed()).toMatch(/^250 Ok\r\n421 .*\r\n$/);
  });

  test('the gateway closes its own side alone', async () => {
    const account = await probed.newAccount();
    await triggersOf(account).add({ stage: 'MAIL', drop: 'half after reply' });
    await using client = await probed.loggedIn(account);
    client.send(`MAIL FROM:<${senderOf(account)}>\r\n`);
    expect(await client.untilClosed()).toBe('250 Ok\r\n');
  });

  test.each([
    ['a cut in place of the 221', { drop: 'before reply' as const }, ''],
    ['421 in place of it', { reply: '421 4.3.2 Closing' }, '421 4.3.2 Closing\r\n'],
  ])('QUIT meets %s', async (_what, forced, seen) => {
    const account = await probed.newAccount();
    await triggersOf(account).add({ stage: 'QUIT', ...forced });
    await using client = await probed.loggedIn(account);
    client.send('QUIT\r\n');
    expect(await client.untilClosed()).toBe(seen);
  });
});

test('a trigger may be for sessions with TLS alone, or for those without', async () => {
  const account = await probed.newAccount({ listeners: 'own' });
  await triggersOf(account).add({ stage: 'EHLO', match: { tls: true }, reply: '250 secured.example' });
  await triggersOf(account).add({ stage: 'EHLO', match: { tls: false }, reply: '250 plain.example' });
  await using client = await openRawClient(account.listeners.find(({ port }) => port === 587)?.number ?? 0);
  await client.reply();
  expect(await client.say('EHLO client.example')).toBe('250 plain.example');
});
