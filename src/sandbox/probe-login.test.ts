import { describe, expect, test } from 'vitest';
import { base64, plain, senderOf, startProbedForFile } from './probe-fixture.ts';

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
    ['AUTH PLAIN', base64('no zero octets')],
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
