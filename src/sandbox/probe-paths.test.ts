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
