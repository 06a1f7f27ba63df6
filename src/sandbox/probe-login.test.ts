import { describe, expect, test } from 'vitest';
import { base64, plain, senderOf, startProbed, startProbedForFile } from './probe-fixture.ts';
import type { RawClient } from './raw-client-fixture.ts';
import type { Store } from './store/store.ts';

const probed = await startProbedForFile();

describe('AUTH (auth.mechanisms, auth.mechanisms.login)', () => {
  test('LOGIN and PLAIN, with and without initial response', async () => {
    const account = await probed.newAccount();
    const [connection] = account.connections;
    const login = base64(connection?.login ?? '');
    const password = base64(connection?.password ?? '');
    const dialogues = [
      [`AUTH PLAIN ${plain(account)}`],
      ['AUTH PLAIN', plain(account)],
      ['AUTH LOGIN', login, password],
      [`auth login ${login}`, password],
    ];
    const answers: string[][] = [];
    for (const lines of dialogues) {
      await using client = await probed.greeted();
      const said: string[] = [];
      for (const line of lines) said.push(await client.say(line));
      answers.push(said);
    }
    const success = '235 Authentication successful';
    expect(answers).toEqual([
      [success],
      ['334 ', success],
      ['334 VXNlcm5hbWU6', '334 UGFzc3dvcmQ6', success],
      ['334 UGFzc3dvcmQ6', success],
    ]);
  });

  test.each([
    ['AUTH PLAIN !!!!'],
    ['AUTH PLAIN AGE'],
    ['AUTH LOGIN !!!!'],
    ['AUTH PLAIN', '*'],
    ['AUTH LOGIN', '*'],
    ['AUTH LOGIN', base64('x'), '*'],
    ['AUTH LOGIN', base64('x'), '!!!!'],
    ['AUTH PLAIN', '='],
    ['AUTH PLAIN AGEAYg== AGEAYg=='],
  ])('%s gets 501 and counts for nothing', async (...lines) => {
    await using client = await probed.greeted();
    for (let time = 0; time < 6; time += 1) {
      let last = '';
      for (const line of lines) last = await client.say(line);
      expect(last).toMatch(/^501 /);
    }
  });

  test('order: twice, inside a transaction, an unknown mechanism', async () => {
    const account = await probed.newAccount();
    await using client = await probed.loggedIn(account);
    expect(await client.say(`AUTH PLAIN ${plain(account)}`)).toMatch(/^503 /);
    await using other = await probed.greeted();
    expect(await other.say('AUTH XOAUTH2 x')).toMatch(/^504 /);
  });

  test('nobody acts as somebody else', async () => {
    const account = await probed.newAccount();
    const [connection] = account.connections;
    await using client = await probed.greeted();
    const token = base64(`other\0${connection?.login}\0${connection?.password}`);
    expect(await client.say(`AUTH PLAIN ${token}`)).toBe('535 5.7.8 Incorrect login or password');
  });

  test('EHLO in a session keeps the login and forgets the transaction (protocol.ehlo-resets)', async () => {
    const account = await probed.newAccount();
    await using client = await probed.loggedIn(account);
    await client.say(`MAIL FROM:<${senderOf(account)}>`);
    await client.say('EHLO again');
    expect(await client.say('RCPT TO:<x@a.example>')).toMatch(/^503 /);
    expect(await client.say(`MAIL FROM:<${senderOf(account)}>`)).toBe('250 Ok');
  });
});

describe('base64 that can be decoded is credentials, whatever it holds (auth.mechanisms)', () => {
  const refused = '535 5.7.8 Incorrect login or password';
  const locked = '454 4.7.0 Too many login attempts';
  const latin1 = (text: string) => Buffer.from(text, 'latin1').toString('base64');
  const say = async (client: RawClient, lines: readonly string[]) => {
    let last = '';
    for (const line of lines) last = await client.say(line);
    return last;
  };

  test.each([
    ['a Latin-1 password', (login: string) => [`AUTH PLAIN ${latin1(`\0${login}\0gr\xFC\xDFe`)}`]],
    ['a Latin-1 password by LOGIN', (login: string) => ['AUTH LOGIN', base64(login), latin1('gr\xFC\xDFe')]],
    ['an empty password', (login: string) => [`AUTH PLAIN ${base64(`\0${login}\0`)}`]],
    ['an empty line for a password', (login: string) => ['AUTH LOGIN', base64(login), '']],
    ['a NUL too many', (login: string) => [`AUTH PLAIN ${base64(`\0${login}\0a\0b`)}`]],
  ])('%s is wrong, and counts for the login', async (_what, lines) => {
    const account = await probed.newAccount();
    const login = account.connections[0]?.login ?? '';
    await using client = await probed.greeted();
    for (let time = 0; time < 5; time += 1) expect(await say(client, lines(login))).toBe(refused);
    await using other = await probed.greeted();
    expect(await other.say(`AUTH PLAIN ${plain(account)}`)).toBe(locked);
  });

  test.each([
    ['no NULs', [`AUTH PLAIN ${base64('no zero octets')}`]],
    ['one NUL', [`AUTH PLAIN ${base64('a\0b')}`]],
    ['nothing at all', ['AUTH PLAIN =']],
    ['nothing in answer to the 334', ['AUTH PLAIN', '']],
    ['a Latin-1 login', [`AUTH PLAIN ${latin1('\0j\xF6rg\0x')}`]],
    ['a Latin-1 login by LOGIN', ['AUTH LOGIN', latin1('j\xF6rg'), base64('x')]],
    ['an empty login', ['AUTH LOGIN', '', base64('x')]],
    ['a login of 256 octets', [`AUTH PLAIN ${base64(`\0${'x'.repeat(256)}\0x`)}`]],
    ['a login of 8 KB', [`AUTH PLAIN ${base64(`\0${'x'.repeat(8_800)}\0x`)}`]],
  ])('%s is nobody, and counts in its session alone', async (_what, lines) => {
    await using client = await probed.greeted();
    for (let time = 0; time < 5; time += 1) expect(await say(client, lines)).toBe(refused);
    expect(await say(client, lines)).toBe(locked);
    await using other = await probed.greeted();
    expect(await say(other, lines)).toBe(refused);
  });

  test('a login that is nobody’s locks none that is somebody’s', async () => {
    const account = await probed.newAccount();
    await using client = await probed.greeted();
    for (let time = 0; time < 6; time += 1) await client.say(`AUTH PLAIN ${base64('nobody')}`);
    expect(await client.say(`AUTH PLAIN ${plain(account)}`)).toBe('235 Authentication successful');
  });
});

test('an address has room for a thousand names of nobody; the rest count in their session', async () => {
  const kept: string[] = [];
  await using watched = await startProbed({
    parts: {
      store: (own) => ({
        ...own,
        addLoginFailure: async (login, at) => {
          kept.push(login);
          await own.addLoginFailure(login, at);
        },
      }),
    },
  });
  await using client = await watched.greeted();
  const names = Array.from({ length: 1_200 }, (_, at) => `nobody-${at}`);
  client.send(names.map((name) => `AUTH PLAIN ${base64(`\0${name}\0x`)}\r\n`).join(''));
  await client.replies(names.length);
  expect(kept).toEqual(names.slice(0, 1_000));
});

test('where TLS is demanded for AUTH, AUTH in clear gets 538 and counts for nothing (tls.auth-demanded)', async () => {
  await using strict = await startProbed({ choices: { authUnderTlsOnly: true } });
  const account = await strict.newAccount();
  await using client = await strict.greeted();
  for (const line of [
    'AUTH PLAIN',
    'AUTH LOGIN',
    'AUTH XOAUTH2 x',
    ...Array(6).fill(`AUTH PLAIN ${base64('x')}`),
  ]) {
    expect(await client.say(line)).toBe('538 5.7.11 Encryption required for authentication');
  }
  await client.say('STARTTLS');
  await client.startTls(strict.sandbox.certificateAuthority);
  expect(await client.say('EHLO client.example')).toContain('250-AUTH PLAIN LOGIN');
  expect(await client.say(`AUTH PLAIN ${plain(account)}`)).toBe('235 Authentication successful');
});

test('the list of mechanisms is a choice (auth.mechanisms.list)', async () => {
  await using chosen = await startProbed({ choices: { authMechanisms: ['LOGIN'] } });
  const account = await chosen.newAccount();
  const [connection] = account.connections;
  await using client = await chosen.greeted();
  expect(await client.say('EHLO client.example')).toContain('250-AUTH LOGIN\r\n');
  expect(await client.say(`AUTH PLAIN ${plain(account)}`)).toMatch(/^504 /);
  await client.say(`AUTH LOGIN ${base64(connection?.login ?? '')}`);
  expect(await client.say(base64(connection?.password ?? ''))).toBe('235 Authentication successful');
});

test('failures of before the clock was set back are forgotten, so that their lock never comes (error.454.window)', async () => {
  let store: Store | undefined;
  await using moved = await startProbed({ parts: { store: (own) => (store = own) } });
  const account = await moved.newAccount();
  const login = account.connections[0]?.login ?? '';
  const later = Date.now() + 60 * 60_000;
  for (let time = 0; time < 5; time += 1) await store?.addLoginFailure(login, later);
  await using client = await moved.greeted();
  expect(await client.say(`AUTH PLAIN ${plain(account, 'wrong')}`)).toMatch(/^535 /);
  const left = await store?.readLoginFailures(login);
  expect(left).toHaveLength(1);
  expect(left?.[0]).toBeLessThan(later);
});
