import { describe, expect, test } from 'vitest';
import { openRawClient } from './raw-client-fixture.ts';
import type { Account } from '../control-api/schemas.ts';
import { senderOf, startProbedForFile } from './probe-fixture.ts';

const probed = await startProbedForFile();

describe('paths and parameters (protocol.paths, protocol.auth-parameter, protocol.eightbit)', () => {
  const message = (account: Account) => `From: ${senderOf(account)}\r\n\r\nx\r\n.\r\n`;

  test.each([
    ['"John Doe"@a.example', '"John Doe"@a.example'],
    ['"a@b>c"@a.example', '"a@b>c"@a.example'],
    ['@relay.example:plain@a.example', 'plain@a.example'],
    ['x@xn--bcher-kva.example', 'x@xn--bcher-kva.example'],
    ['x@[192.0.2.1]', 'x@[192.0.2.1]'],
    ['Postmaster', 'Postmaster'],
  ])('%s arrives as %s', async (written, arrives) => {
    const account = await probed.newAccount();
    await using client = await probed.inData(account, written);
    client.send(message(account));
    expect(await client.reply()).toBe('250 Ok');
    const [row] = (await probed.sandbox.operations.listHistory(account.id)).emails;
    expect(row?.recipient).toBe(arrives);
  });

  test.each([
    'a@[999.999.999.999]',
    'a@[192.0.2.256]',
    'a@[IPv6:1:2:3]',
    'a@[IPv6:fe80::1%eth0]',
    'a@[IPv6:12345::1]',
    'a@[X-unregistered:abc]',
  ])('<%s> is no path, neither way (protocol.paths.literals)', async (path) => {
    const account = await probed.newAccount();
    await using client = await probed.loggedIn(account);
    expect(await client.say(`MAIL FROM:<${path}>`)).toBe('501 5.5.4 Syntax error in the argument');
    await client.say(`MAIL FROM:<${senderOf(account)}>`);
    expect(await client.say(`RCPT TO:<${path}>`)).toBe('501 5.5.4 Syntax error in the argument');
  });

  test('blanks behind the colon are taken, before it not (protocol.paths.blanks)', async () => {
    const account = await probed.newAccount();
    await using client = await probed.loggedIn(account);
    expect(await client.say(`MAIL FROM : <${senderOf(account)}>`)).toMatch(/^501 /);
    expect(await client.say(`MAIL FROM: \t<${senderOf(account)}>`)).toBe('250 Ok');
    expect(await client.say('RCPT TO :<x@a.example>')).toMatch(/^501 /);
    expect(await client.say('RCPT TO:  <x@a.example>')).toBe('250 Ok');
  });

  test.each([
    ['client.example', 'client.example'],
    ['CLIENT', 'CLIENT'],
    ['192.0.2.1', '192.0.2.1'],
    ['[192.0.2.1]', '[192.0.2.1]'],
    ['[IPv6:2001:db8::1]', '[IPv6:2001:db8::1]'],
    ['(', '[127.0.0.1]'],
    ['client.example)(', '[127.0.0.1]'],
    ['"client.example"', '[127.0.0.1]'],
    ['a;b', '[127.0.0.1]'],
    ['<client.example>', '[127.0.0.1]'],
    ['[999.1.1.1]', '[127.0.0.1]'],
    ['my_host', '[127.0.0.1]'],
    ['-client.example', '[127.0.0.1]'],
    ['client..example', '[127.0.0.1]'],
    ['client.example.', '[127.0.0.1]'],
  ])('EHLO %s shows as "from %s" in Received (protocol.hello-name)', async (said, shown) => {
    const account = await probed.newAccount();
    await using client = await probed.loggedIn(account);
    expect(await client.say(`EHLO ${said}`)).toMatch(/^250-/);
    for (const line of [`MAIL FROM:<${senderOf(account)}>`, 'RCPT TO:<x@a.example>', 'DATA'])
      await client.say(line);
    client.send(message(account));
    expect(await client.reply()).toBe('250 Ok');
    await probed.sandbox.operations.waitSettled(account.id, 5_000);
    const delivered = probed.delivered.findLast((each) => each.reversePath === senderOf(account));
    expect(Buffer.from(delivered?.message ?? []).toString('latin1')).toContain(
      `Received: from ${shown} ([127.0.0.1])\r\n\tby `,
    );
  });

  test.each([
    ['AUTH=<>', '250 Ok'],
    ['AUTH=a@b.example', '250 Ok'],
    ['BODY=8BITMIME SMTPUTF8 SIZE=10', '250 Ok'],
    ['RET=FULL', '555 5.5.4 Parameter not recognized'],
    ['REQUIRETLS', '555 5.5.4 Parameter not recognized'],
    ['BODY=BINARYMIME', '501 5.5.4 Syntax error in the argument'],
  ])('MAIL with %s', async (parameters, reply) => {
    const account = await probed.newAccount();
    await using client = await probed.loggedIn(account);
    expect(await client.say(`MAIL FROM:<${senderOf(account)}> ${parameters}`)).toBe(reply);
  });

  test('the flags of a refused MAIL do not stick', async () => {
    const account = await probed.newAccount();
    await using client = await probed.loggedIn(account);
    await client.say('MAIL FROM:<a@nobody.example> SMTPUTF8');
    await client.say(`MAIL FROM:<${senderOf(account)}>`);
    expect(await client.say(Buffer.from('RCPT TO:<ü@a.example>').toString('latin1'))).toBe(
      '553 5.6.7 Address needs SMTPUTF8',
    );
  });

  test('octets that are no UTF-8 are no command', async () => {
    await using client = await probed.greeted();
    expect(await client.say('MAIL FROM:<\xff@a.example>')).toMatch(/^500 /);
  });

  test('DATA without a recipient, nested MAIL, RCPT without MAIL, MAIL before EHLO (protocol.order)', async () => {
    const account = await probed.newAccount();
    await using client = await probed.loggedIn(account);
    expect(await client.say('RCPT TO:<x@a.example>')).toMatch(/^503 /);
    expect(await client.say('DATA')).toMatch(/^503 /);
    await client.say(`MAIL FROM:<${senderOf(account)}>`);
    expect(await client.say(`MAIL FROM:<${senderOf(account)}>`)).toMatch(/^503 /);
    expect(await client.say('DATA')).toBe('503 5.5.1 No recipient accepted');
    await using early = await openRawClient(probed.number(25));
    await early.reply();
    expect(await early.say('MAIL FROM:<a@b.example>')).toMatch(/^503 /);
  });
});
