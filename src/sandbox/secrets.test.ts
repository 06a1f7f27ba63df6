import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openControlClient } from '../control-api/client.ts';
import { readSessions } from '../control-api/read-sessions.ts';
import { base64, plain, senderOf, startProbedForFile } from './probe-fixture.ts';
import { openRawClient } from './raw-client-fixture.ts';

const probed = await startProbedForFile();

/** Ways in which a client says a password where it should not, a line or several each. */
const ways: readonly ((password: string, login: string) => string)[] = [
  (password) => password,
  (password) => `EHLO ${password}`,
  (password) => `HELO ${base64(password)}`,
  (password) => `PASS ${password}`,
  (password) => `MAIL FROM:<a@b.example> AUTH=${password}`,
  (password) => `MAIL FROM:<${base64(`x${password}`)}@b.example>`,
  (password) => `RCPT TO:<${password}@b.example>`,
  (password) => `VRFY ${base64(`xy${password}`)}`,
  (password, login) => `AUTH LOGIN\r\n${base64(login)}\r\n${base64(password)}`,
  (password, login) => `AUTH LOGIN ${base64(login)}\r\n${base64(password)}\r\n${password}`,
  (password, login) => `AUTH CRAM-MD5\r\n${base64(login)}\r\n${password}`,
  (password, login) => `AUTH PLAIN=${base64(`\0${login}\0${password}`)}`,
  (password, login) => `AUTH=PLAIN ${base64(`\0${login}\0${password}`)}`,
  (password, login) => `AUTH ${base64(`\0${login}\0${password}`)}`,
  (password, login) => `AUTH PLAIN\n${base64(`\0${login}\0${password}`)}\n`,
  (password, login) => `AUTH PLAIN ${base64(`\0${login}\0${password}x`)}\r\n${password}`,
  (password) => `NOOP ${password}\nNOOP`,
  (password) => `RSET\r${password}`,
];

/** Every way in which the password could be read in a text. */
function formsIn(password: string): readonly string[] {
  const inside = (text: string) => base64(text).slice(4, 4 + Math.floor((password.length * 8) / 6) - 3);
  return [password, inside(`123${password}`), inside(`12${password}`), inside(`1${password}`)];
}

/** All transcripts that the control API shows, of one account or of all, as text. */
async function shownSessions(account?: string): Promise<string> {
  return JSON.stringify(await readSessions(openControlClient(probed.sandbox.controlUrl), account));
}

test('a password is in no output, however clients misuse it: ten thousand times (sandbox.secrets)', async () => {
  const account = await probed.newAccount({ listeners: 'own' });
  const [connection] = account.connections;
  const password = connection?.password ?? '';
  const port = account.listeners.find((each) => each.port === 587)?.number ?? 0;
  const drawn = fc.sample(fc.array(fc.nat(ways.length - 1), { minLength: 50, maxLength: 50 }), {
    numRuns: 200,
    seed: 13,
  });
  for (const misuses of drawn) {
    await using client = await openRawClient(port);
    await client.reply();
    const lines = misuses.map((way) => ways[way]?.(password, connection?.login ?? '') ?? '');
    client.send(`EHLO client.example\r\n${lines.join('\r\n')}\r\n\r\n*\r\nQUIT\r\n`);
    client.send(`QUIT\r\n${lines.slice(0, 5).join('\r\n')}\r\n${password}`);
    client.end();
    await client.untilClosed();
  }
  const shown = await shownSessions(account.id);
  expect(shown).toContain('AUTH LOGIN');
  expect(shown).toContain('EHLO client.example');
  for (const form of formsIn(password)) expect(shown).not.toContain(form);
});

test('nor in the mail that it is in, in a name that TLS is asked for, or in the next session', async () => {
  const account = await probed.newAccount();
  const password = account.connections[0]?.password ?? '';
  await using stranger = await openRawClient(probed.number(25));
  await stranger.reply();
  await stranger.say(`EHLO ${password}.example`);
  await using client = await probed.loggedIn(account);
  for (const line of [`MAIL FROM:<${senderOf(account)}>`, 'RCPT TO:<x@a.example>', 'DATA'])
    await client.say(line);
  const folded = base64(`so the password is ${password}, they say`).replaceAll(/(.{12})/g, '$1\r\n');
  client.send(`From: ${senderOf(account)}\r\nSubject: ${password}\r\n\r\n${password}\r\n${folded}\r\n.\r\n`);
  expect(await client.reply()).toBe('250 Ok');
  const shown = await shownSessions();
  expect(shown).toContain('Subject: ********');
  for (const form of formsIn(password)) expect(shown.replaceAll('\\r\\n', '')).not.toContain(form);
});

test('a wrong password is a secret from the moment on in which it was tried', async () => {
  const account = await probed.newAccount();
  const wrong = 'wrong-donkey-staple';
  await using client = await probed.greeted();
  expect(await client.say(`AUTH PLAIN ${plain(account, wrong)}`)).toMatch(/^535 /);
  await client.say(wrong);
  await client.say(`EHLO ${wrong}`);
  const shown = await shownSessions();
  expect(shown).not.toContain(wrong);
});
