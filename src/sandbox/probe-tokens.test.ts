import { afterAll, describe, expect, test } from 'vitest';
import { openControlClient } from '../control-api/client.ts';
import { readSessions } from '../control-api/read-sessions.ts';
import type { Account } from '../control-api/schemas.ts';
import { base64, plain, startProbed } from './probe-fixture.ts';

const probed = await startProbed({ choices: { authMechanisms: ['PLAIN', 'XOAUTH2', 'OAUTHBEARER'] } });
afterAll(() => probed[Symbol.asyncDispose]());

const refused = '535 5.7.8 Incorrect login or password';
const taken = '235 Authentication successful';
const bearer = (token: string) => `auth=Bearer ${token}`;
const nameOf = (account: Account) => account.connections[0]?.login ?? '';
/** A login as it stands in the header of OAUTHBEARER (RFC 5801 §4). */
const saslName = (login: string) => login.replaceAll('=', '=3D').replaceAll(',', '=2C');
let logins = 0;
const issue = async (account: Account, setup: { scopes?: string[]; expiresInMs?: number } = {}) => {
  const { token } = await probed.sandbox.operations.issueToken(account.id, account.connections[0]?.id ?? '', {
    scopes: setup.scopes ?? ['smtp.send'],
    expiresInMs: setup.expiresInMs ?? 60_000,
  });
  return token;
};
const told = (reply: string): unknown => JSON.parse(Buffer.from(reply.slice(4), 'base64').toString('utf8'));

describe('what carries a token (sandbox.tokens)', () => {
  test.each<[string, (login: string, token: string) => string]>([
    ['XOAUTH2', (login, token) => `XOAUTH2 ${base64(`user=${login}\x01${bearer(token)}\x01\x01`)}`],
    [
      'a scheme in capitals',
      (login, token) => `XOAUTH2 ${base64(`user=${login}\x01auth=BEARER ${token}\x01\x01`)}`,
    ],
    [
      'OAUTHBEARER',
      (login, token) => `OAUTHBEARER ${base64(`n,a=${saslName(login)},\x01${bearer(token)}\x01\x01`)}`,
    ],
    ['without a login', (_login, token) => `OAUTHBEARER ${base64(`n,,\x01${bearer(token)}\x01\x01`)}`],
    [
      'host and port, and a client that could bind channels',
      (login, token) =>
        `oauthbearer ${base64(`y,a=${saslName(login)},\x01host=localhost\x01port=587\x01${bearer(token)}\x01\x01`)}`,
    ],
  ])('%s', async (_what, say) => {
    const account = await probed.newAccount({
      connections: [{ name: 'a', sender: 'a@a.example', login: `shop,=${(logins += 1)}` }],
    });
    await using client = await probed.greeted();
    expect(await client.say(`AUTH ${say(nameOf(account), await issue(account))}`)).toBe(taken);
  });

  test('behind an empty challenge, and a token of 8 KB that nobody has', async () => {
    const account = await probed.newAccount();
    const message = (token: string) => base64(`user=${nameOf(account)}\x01${bearer(token)}\x01\x01`);
    await using client = await probed.greeted();
    expect(await client.say('AUTH XOAUTH2')).toBe('334 ');
    expect(told(await client.say(message('x'.repeat(8_192))))).toMatchObject({ status: '401' });
    expect(await client.say('')).toBe(refused);
    expect(await client.say('AUTH XOAUTH2')).toBe('334 ');
    expect(await client.say(message(await issue(account)))).toBe(taken);
  });

  test.each<[string, string, (login: string, token: string) => string]>([
    ['XOAUTH2', 'no user', (_login, token) => `${bearer(token)}\x01\x01`],
    ['XOAUTH2', 'an empty user', (_login, token) => `user=\x01${bearer(token)}\x01\x01`],
    ['XOAUTH2', 'one control A at the end', (login, token) => `user=${login}\x01${bearer(token)}\x01`],
    ['XOAUTH2', 'another scheme', (login, token) => `user=${login}\x01auth=Basic ${token}\x01\x01`],
    ['OAUTHBEARER', 'no header', (_login, token) => `${bearer(token)}\x01\x01`],
    [
      'OAUTHBEARER',
      'channel binding',
      (login, token) => `p=tls-unique,a=${login},\x01${bearer(token)}\x01\x01`,
    ],
    ['OAUTHBEARER', 'a bare = in the login', (_login, token) => `n,a=a=b,\x01${bearer(token)}\x01\x01`],
    ['OAUTHBEARER', 'no token', (login) => `n,a=${login},\x01host=localhost\x01\x01`],
    ['OAUTHBEARER', 'a token with a blank', (login) => `n,a=${login},\x01auth=Bearer a b\x01\x01`],
    ['OAUTHBEARER', 'the form of XOAUTH2', (login, token) => `user=${login}\x01${bearer(token)}\x01\x01`],
  ])('%s: %s is a wrong request, and refused as any', async (mechanism, _what, message) => {
    const account = await probed.newAccount();
    await using client = await probed.greeted();
    const said = base64(message(nameOf(account), await issue(account)));
    const reply = await client.say(`AUTH ${mechanism} ${said}`);
    expect(told(reply)).toMatchObject({ status: mechanism === 'XOAUTH2' ? '400' : 'invalid_request' });
    expect(await client.say('AQ==')).toBe(refused);
    expect(await client.say('NOOP')).toBe('250 Ok');
  });
});

test('tokens that were revoked, and those of a login that is blocked, are refused', async () => {
  const account = await probed.newAccount();
  const { operations } = probed.sandbox;
  const connection = account.connections[0]?.id ?? '';
  const line = `AUTH XOAUTH2 ${base64(`user=${nameOf(account)}\x01${bearer(await issue(account))}\x01\x01`)}`;
  await using client = await probed.greeted();
  await operations.setConnectionBlock(account.id, connection, true);
  expect(await client.say(line)).toBe(refused);
  await operations.setConnectionBlock(account.id, connection, false);
  await operations.revokeTokens(account.id, connection);
  expect(told(await client.say(line))).toMatchObject({ status: '401' });
  expect(await client.say('')).toBe(refused);
  expect(await client.say(`AUTH PLAIN ${plain(account)}`)).toBe(taken);
});

test('what comes in place of the empty line: a cancel and no base64 are 501, and the failure counted already', async () => {
  const account = await probed.newAccount();
  await using client = await probed.greeted();
  const line = `AUTH OAUTHBEARER ${base64(`n,a=${nameOf(account)},\x01${bearer('none')}\x01\x01`)}`;
  for (const answer of ['*', '!!!!', 'QUIT', 'AQ==']) {
    expect(await client.say(line)).toMatch(/^334 /);
    expect(await client.say(answer)).toMatch(answer === '*' || answer === '!!!!' ? /^501 / : /^535 /);
  }
  expect(await client.say(line)).toMatch(/^334 /);
  expect(await client.say('')).toBe(refused);
  expect(await client.say(line)).toBe('454 4.7.0 Too many login attempts');
});

test('tokens are in no transcript, in no form (sandbox.secrets)', async () => {
  const account = await probed.newAccount();
  const token = await issue(account);
  const foreign = 'ya29.somebody-elses-token-0123456789';
  await using client = await probed.greeted();
  await client.say(`AUTH XOAUTH2 ${base64(`user=${nameOf(account)}\x01${bearer(foreign)}\x01\x01`)}`);
  await client.say('');
  await client.say(`NOOP ${foreign} ${base64(foreign)} ${token} ${base64(`x${token}`)}`);
  await client.say('AUTH OAUTHBEARER');
  await client.say(base64(`n,a=${nameOf(account)},\x01${bearer(token)}\x01\x01`));
  await client.say(`NOOP ${token}`);
  await client.say('QUIT');
  const shown = JSON.stringify(await readSessions(openControlClient(probed.sandbox.controlUrl), account.id));
  expect(shown).toContain('AUTH OAUTHBEARER');
  for (const secret of [token, foreign])
    for (const form of [secret, base64(secret).slice(0, -4), base64(`x${secret}`).slice(4, -4)])
      expect(shown).not.toContain(form);
});

test('without a word the gateway knows no tokens, and offers what it did', async () => {
  await using usual = await startProbed();
  const account = await usual.newAccount();
  expect(account.authMechanisms).toEqual(['PLAIN', 'LOGIN']);
  await using client = await usual.greeted();
  expect(await client.say('EHLO client.example')).toContain('\n250-AUTH PLAIN LOGIN\r\n');
  for (const mechanism of ['XOAUTH2', 'OAUTHBEARER'])
    expect(await client.say(`AUTH ${mechanism}`)).toBe('504 5.5.4 Authentication mechanism not supported');
});
