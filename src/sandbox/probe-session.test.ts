import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';
import { describe, expect, test } from 'vitest';
import { replyFrom } from '../smtp/reply.ts';
import { openRawClient } from './raw-client-fixture.ts';
import { plain, senderOf, startProbed, startProbedForFile } from './probe-fixture.ts';

const probed = await startProbedForFile();

describe('pipelining (protocol.pipelining)', () => {
  test('a whole transaction in one write is answered in order', async () => {
    const account = await probed.newAccount();
    await using client = await probed.loggedIn(account);
    client.send(
      `MAIL FROM:<${senderOf(account)}>\r\nRCPT TO:<x@a.example>\r\nRCPT TO:<full@simulator.test>\r\nDATA\r\n` +
        `From: ${senderOf(account)}\r\n\r\nx\r\n.\r\nNOOP\r\nQUIT\r\n`,
    );
    expect(await client.replies(7)).toEqual([
      '250 Ok',
      '250 Ok',
      '553 Recipient has exceeded mailbox limit',
      '354 End data with <CR><LF>.<CR><LF>',
      '250 Ok',
      '250 Ok',
      '221 Bye',
    ]);
  });

  test('thousands of commands in one write, none lost', async () => {
    await using client = await probed.greeted();
    client.send('NOOP\r\n'.repeat(3_000));
    expect(new Set(await client.replies(3_000))).toEqual(new Set(['250 Ok']));
  });

  test('after a 421 nothing more is answered', async () => {
    const account = await probed.newAccount({ domains: [] });
    await using client = await probed.loggedIn(account);
    client.send(`MAIL FROM:<${senderOf(account)}>\r\n${'NOOP\r\n'.repeat(1_000)}`);
    expect(await client.untilClosed()).toBe('421 Domain not verify\r\n');
  });
});

describe('TLS (tls.starttls-resets, tls.no-starttls-inside, port.465.implicit-tls, tls.version)', () => {
  test('STARTTLS drops the hello and the login', async () => {
    const account = await probed.newAccount();
    await using client = await probed.loggedIn(account);
    expect(await client.say('STARTTLS')).toMatch(/^220 /);
    await client.startTls(probed.sandbox.certificateAuthority);
    expect(await client.say(`MAIL FROM:<${senderOf(account)}>`)).toMatch(/^503 /);
    expect(await client.say('EHLO again')).not.toContain('STARTTLS');
    expect(await client.say(`MAIL FROM:<${senderOf(account)}>`)).toMatch(/^530 /);
    expect(await client.say('STARTTLS')).toMatch(/^503 /);
    expect(await client.say(`AUTH PLAIN ${plain(account)}`)).toMatch(/^235 /);
  });

  test('clients that are gone the moment TLS stands end nothing but their sessions', async () => {
    await Promise.all(
      Array.from({ length: 30 }, async () => {
        await using client = await probed.greeted();
        await client.say('STARTTLS');
        await client.startTls(probed.sandbox.certificateAuthority);
        client.destroy();
      }),
    );
    await using another = await probed.greeted();
    expect(await another.say('NOOP')).toMatch(/^250 /);
  });

  test('a command behind STARTTLS in the same packet is never executed', async () => {
    await using client = await probed.greeted();
    client.send('STARTTLS\r\nNOOP\r\nRSET\r\n');
    expect(await client.reply()).toMatch(/^220 /);
    // the injected lines are no TLS record, so the handshake cannot come about; no plain reply may come either
    const rest = await client.startTls(probed.sandbox.certificateAuthority).then(
      () => client.say('NOOP'),
      () => 'no handshake',
    );
    expect(['250 Ok', 'no handshake']).toContain(rest);
  });

  test('plain SMTP on 465 gets no reply and no hang', async () => {
    const client = await openRawClient(probed.number(465));
    client.send('EHLO client.example\r\n');
    expect(await client.untilClosed()).not.toMatch(/^\d{3}[ -]/);
  });

  test('465 greets inside TLS and offers no STARTTLS', async () => {
    await using client = await openRawClient(probed.number(465), probed.sandbox.certificateAuthority);
    expect(await client.reply()).toMatch(/^220 /);
    expect(await client.say('EHLO client.example')).not.toContain('STARTTLS');
  });

  test('the listeners answer on ::1 too', async () => {
    await using client = await openRawClient(probed.number(25), undefined, '::1');
    expect(await client.reply()).toMatch(/^220 /);
  });
});

test('two sessions that greet wait for nobody: no fixed delay', async () => {
  const clients = await Promise.all(Array.from({ length: 50 }, () => openRawClient(probed.number(587))));
  expect(new Set(await Promise.all(clients.map((client) => client.reply())))).toEqual(
    new Set(['220 smtp.emailmassivo.com ESMTP']),
  );
  for (const client of clients) client.destroy();
});

test('an account deleted under an open session ends it', async () => {
  const account = await probed.newAccount();
  const client = await probed.loggedIn(account);
  await probed.sandbox.operations.deleteAccount(account.id);
  expect(await client.untilClosed()).toBe('');
});

test('a policy that accepts what nobody can pay gets a local fault, not an endless wait', async () => {
  await using careless = await startProbed({
    parts: {
      policy: (own) => ({ ...own, endOfData: () => ({ kind: 'accept', reply: replyFrom('250 Ok') }) }),
    },
  });
  const account = await careless.newAccount({ balance: 1 });
  await using client = await careless.inData(account, 'x@a.example');
  await careless.sandbox.operations.setBalance(account.id, 0);
  client.send('Subject: x\r\n\r\n.\r\n');
  expect(await client.reply()).toBe('451 4.3.0 Local error in processing');
  expect(careless.faults).toHaveLength(1);
});

test.each(['TLSv1', 'TLSv1.1'] as const)('%s is refused on every listener (tls.version)', async (version) => {
  const attempts = await Promise.all(
    ([465, 587] as const).map(async (port) => {
      const socket = net.connect(probed.number(port), '127.0.0.1');
      if (port === 587) {
        await once(socket, 'data');
        socket.write('EHLO client.example\r\n');
        await once(socket, 'data');
        socket.write('STARTTLS\r\n');
        await once(socket, 'data');
      }
      const secure = tls.connect({
        socket,
        ca: probed.sandbox.certificateAuthority,
        servername: 'localhost',
        minVersion: version,
        maxVersion: version,
        // OpenSSL itself would not offer them any more
        ciphers: 'DEFAULT@SECLEVEL=0',
      });
      return once(secure, 'secureConnect').then(
        () => secure.getProtocol(),
        () => 'refused',
      );
    }),
  );
  expect(attempts).toEqual(['refused', 'refused']);
});

test('an idle session is told 421 and closed (protocol.idle)', async () => {
  await using impatient = await startProbed({ choices: { idleMs: 50 } });
  await using client = await impatient.greeted();
  expect(await client.untilClosed()).toBe('421 4.4.2 Idle for too long\r\n');
});

describe('shutting down', () => {
  test('idle sessions are told at once', async () => {
    const closing = await startProbed();
    await using client = await closing.greeted();
    await closing[Symbol.asyncDispose]();
    expect(await client.untilClosed()).toBe('421 4.3.2 Gateway is shutting down\r\n');
  });

  test('a message that is being committed is answered first', async () => {
    const committing = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const closing = await startProbed({
      parts: {
        store: (own) => ({
          ...own,
          commit: async (submission) => {
            committing.resolve();
            await goOn.promise;
            return own.commit(submission);
          },
        }),
      },
    });
    const account = await closing.newAccount();
    await using client = await closing.inData(account, 'x@a.example');
    client.send(`From: ${senderOf(account)}\r\n\r\nx\r\n.\r\n`);
    await committing.promise;
    const closed = closing[Symbol.asyncDispose]();
    goOn.resolve();
    expect(await client.untilClosed()).toBe('250 Ok\r\n421 4.3.2 Gateway is shutting down\r\n');
    await closed;
  });
});

describe('maintenance answers the next command, whatever the verb (error.421-unavailable.stage)', () => {
  test.each(['NOOP', 'EHLO again', 'RSET', 'MAIL FROM:<a@b.example>', 'XYZZY', 'NOOP\nNOOP'])(
    '%j',
    async (line) => {
      const account = await probed.newAccount({ listeners: 'own' });
      await using client = await openRawClient(
        account.listeners.find((each) => each.port === 587)?.number ?? 0,
      );
      await client.reply();
      await client.say('EHLO client.example');
      await probed.sandbox.operations.setMaintenance(account.id, true);
      client.send(`${line}\r\n`);
      expect(await client.untilClosed()).toBe('421 4.4.5 Server is temporarily unavailable\r\n');
    },
  );

  test('an AUTH that has begun is finished first', async () => {
    const account = await probed.newAccount({ listeners: 'own' });
    await using client = await openRawClient(
      account.listeners.find((each) => each.port === 587)?.number ?? 0,
    );
    await client.reply();
    await client.say('EHLO client.example');
    await client.say('AUTH PLAIN');
    await probed.sandbox.operations.setMaintenance(account.id, true);
    expect(await client.say(plain(account))).toBe('235 Authentication successful');
    expect(await client.say('NOOP')).toMatch(/^421 4\.4\.5 /);
  });
});
