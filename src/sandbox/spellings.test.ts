/** Domains, addresses and header text in more than one spelling, all the way through a sandbox. */
import { describe, expect, test } from 'vitest';
import { bodyOf, openControlClient } from '../control-api/client.ts';
import type { Account } from '../control-api/schemas.ts';
import { senderOf, startProbedForFile } from './probe-fixture.ts';

const probed = await startProbedForFile();
const client = openControlClient(probed.sandbox.controlUrl);

const NOT_FOUND = '553 Domain not found';
const NO_FROM = '550 5.6.0 Message rejected: Missing required "From" header';

/** Text as the octets of its UTF-8, one character each: what a raw client sends. */
const utf8 = (text: string) => Buffer.from(text).toString('latin1');

let recipients = 0;

/** Sends one message; gives the reply to its final dot. */
async function send(
  account: Account,
  reversePath: string,
  message: string,
  recipient = `r${(recipients += 1)}@a.example`,
): Promise<string> {
  await using session = await probed.loggedIn(account);
  expect(await session.say(utf8(`MAIL FROM:<${reversePath}> SMTPUTF8`))).toBe('250 Ok');
  expect(await session.say(utf8(`RCPT TO:<${recipient}>`))).toBe('250 Ok');
  await session.say('DATA');
  session.send(`${message}\r\n.\r\n`);
  return await session.reply();
}

let domains = 0;

/** An account with a verified domain beyond ASCII, its own for each test. */
async function internationalAccount(): Promise<{ account: Account; name: string; ascii: string }> {
  const name = `müller${(domains += 1)}.example`;
  const account = await probed.newAccount({
    domains: [{ name, state: 'verified' }],
    connections: [{ name: 'shop', sender: `jörg@${name}` }],
  });
  return { account, name, ascii: new URL(`http://${name}`).hostname };
}

describe('the domain of a sender (sender.header-from)', () => {
  test('U-label and A-label are one domain, in MAIL and in From', async () => {
    const { account, name, ascii } = await internationalAccount();
    for (const [reversePath, from] of [
      [`jörg@${name}`, `Jörg <jörg@${name}>`],
      [`jörg@${ascii}`, `Jörg <jörg@${name.toUpperCase()}>`],
      [`jörg@${name}`, `Jörg <jörg@${ascii}>`],
      [`jörg@${name}`, `jörg @ ${name.normalize('NFD')} (Jörg)`],
    ] as const) {
      expect(await send(account, reversePath, utf8(`From: ${from}\r\n\r\nGrüße`))).toBe('250 Ok');
    }
  });

  test.each([
    ['another domain that looks alike', 'you@muller.example', NOT_FOUND],
    ['Latin-1 where UTF-8 belongs', '<jörg@müller.example>', NO_FROM],
    ['a domain that is no host name', 'you@%s/evil.example', NOT_FOUND],
    ['a port', 'you@%s:25', NO_FROM],
    ['a percent sign', 'you@%s%2Eevil.example', NOT_FOUND],
    ['a question mark', 'you@%s?evil.example', NOT_FOUND],
    ['a dot at the end', 'you@%s.', NO_FROM],
    ['an address literal', 'you@[192.0.2.1]', NOT_FOUND],
    ['a label in front', 'you@shop.%s', NOT_FOUND],
  ])('but not %s', async (_what, from, reply) => {
    const account = await probed.newAccount();
    const sender = senderOf(account);
    const own = sender.slice(sender.indexOf('@') + 1);
    expect(await send(account, sender, `From: ${from.replace('%s', own)}\r\n\r\nx`)).toBe(reply);
  });

  test('a name in Latin-1 is a name all the same', async () => {
    const account = await probed.newAccount();
    const sender = senderOf(account);
    expect(await send(account, sender, `From: J\xF6rg <${sender}>\r\n\r\nx`)).toBe('250 Ok');
  });
});

describe('what is no domain is refused over the control API', () => {
  test.each([
    'shop.example/evil',
    'shop.example.',
    'my_shop.example',
    '[192.0.2.1]',
    'a b.example',
    '-a.example',
  ])('%s', async (name) => {
    const response = await fetch(`${probed.sandbox.controlUrl}/accounts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ domains: [{ name, state: 'verified' }] }),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'bad-domain',
      detail: expect.stringContaining(name),
    });
  });

  test.each(['a@[192.0.2.1]', 'postmaster', 'a@shop.example/evil'])('%s as a sender', async (sender) => {
    const json = { connections: [{ name: 'shop', sender }] };
    await expect(bodyOf(client.accounts.$post({ json }))).rejects.toMatchObject({ code: 'bad-address' });
  });

  test('two spellings are one domain', async () => {
    const { account, name, ascii } = await internationalAccount();
    const param = { account: account.id };
    const changed = await bodyOf(
      client.accounts[':account'].domains.$put({ param, json: { name: ascii, state: 'unverified' } }),
    );
    expect(changed.domains).toMatchObject([{ name, state: 'unverified' }]);
  });
});

describe('a recipient (error.550-unsubscribed, billing.duplicate)', () => {
  test.each([
    ['composed, and named decomposed', 'jos\u00E9@a.example', 'jose\u0301@a.example'],
    ['decomposed, and named composed', 'jose\u0301@a.example', 'jos\u00E9@a.example'],
    ['in capitals', 'JOSE\u0301@A.example', 'jos\u00E9@a.example'],
    ['on an A-label', 'x@xn--bcher-kva.example', 'x@b\u00FCcher.example'],
    ['in quotes', '"jos\u00E9"@a.example', 'jose\u0301@a.example'],
  ])('is suppressed %s', async (_what, listed, named) => {
    const account = await probed.newAccount();
    const param = { account: account.id };
    const json = { address: listed, role: 'suppressed' as const };
    await bodyOf(client.accounts[':account'].recipients.$put({ param, json }));
    await using session = await probed.loggedIn(account);
    await session.say(`MAIL FROM:<${senderOf(account)}> SMTPUTF8`);
    expect(await session.say(utf8(`RCPT TO:<${named}>`))).toBe('550 Email receiver unsubscribe or complaint');
    expect(await session.say(utf8(`RCPT TO:<other-${named.replaceAll('"', '')}>`))).toBe('250 Ok');
  });
});

test('a trigger finds header text beyond ASCII', async () => {
  const account = await probed.newAccount();
  await bodyOf(
    client.accounts[':account'].triggers.$post({
      param: { account: account.id },
      json: { stage: 'end of data', match: { header: 'Subject: Voilà' }, reply: '451 4.3.0 later' },
    }),
  );
  const message = (subject: string) => utf8(`From: ${senderOf(account)}\r\nSubject: ${subject}\r\n\r\nx`);
  expect(await send(account, senderOf(account), message('voila'))).toBe('250 Ok');
  expect(await send(account, senderOf(account), message('voilà'))).toBe('451 4.3.0 later');
});

describe('the history keeps of Subject and Message-ID what a line may hold', () => {
  test.each([
    ['a Subject in UTF-8', utf8('voilà'), 'voilà'],
    ['a Subject in Latin-1', 'J\xF6rg', 'Jörg'],
    ['512 KiB of ASCII', 'x'.repeat(512 * 1024), 'x'.repeat(998)],
    ['512 KiB of two octets each', utf8('ü'.repeat(256 * 1024)), 'ü'.repeat(499)],
    ['a character across the border', utf8(`${'x'.repeat(996)}€€`), 'x'.repeat(996)],
  ])('%s', async (_what, subject, shown) => {
    const account = await probed.newAccount();
    const message = `From: ${senderOf(account)}\r\nSubject: ${subject}\r\nMessage-ID: <${subject}>\r\n\r\nx`;
    expect(await send(account, senderOf(account), message)).toBe('250 Ok');
    const { emails } = await probed.sandbox.operations.listHistory(account.id);
    expect(emails).toMatchObject([{ subject: shown }]);
    const [email] = emails;
    expect(Buffer.byteLength(email?.messageId ?? '')).toBeLessThanOrEqual(998);
    // what is delivered is the message as it was sent
    const copy = await deliveredTo(account, email?.recipient ?? '');
    expect(copy).toContain(`Subject: ${subject}\r\n`);
  });
});

async function deliveredTo(account: Account, recipient: string): Promise<string> {
  await probed.sandbox.operations.waitSettled(account.id, 5_000);
  const copy = probed.delivered.find(({ forwardPath }) => forwardPath === recipient);
  return Buffer.from(copy?.message ?? []).toString('latin1');
}
