/** A recorded session, saved as a scenario, plays green against a fresh gateway. */
import { emailmassivo } from '../contract/emailmassivo/emailmassivo.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { scenarioOfSession } from '../conformance/scenario/scenario-of-session.ts';
import { documentedReplies } from '../contract/emailmassivo/documented-replies.ts';
import type { Account } from '../control-api/schemas.ts';
import { sessionDetailSchema } from '../control-api/transcript-routes.ts';
import { base64, plain, senderOf, startProbed } from '../sandbox/probe-fixture.ts';
import { openRawClient, type RawClient } from '../sandbox/raw-client-fixture.ts';
import { gauntlet } from './command-line-fixture.ts';

const folder = await mkdtemp(join(tmpdir(), 'gauntlet-saved-'));
afterAll(() => rm(folder, { recursive: true }));

const probed = await startProbed({
  scenarioOf: (session) => Promise.resolve(scenarioOfSession(emailmassivo, session)),
});
afterAll(() => probed[Symbol.asyncDispose]());
const { operations } = probed.sandbox;

/** What was said before the refusal, and the account on which it is said. */
interface Refused {
  readonly over?: object;
  /** The port of the account's own listener is used where it has some. */
  readonly before?: (account: Account) => Promise<unknown>;
  readonly say: (client: RawClient, account: Account) => Promise<unknown>;
}

const logIn = async (client: RawClient, account: Account) => {
  await client.say('EHLO client.example');
  await client.say(`AUTH PLAIN ${plain(account)}`);
};
const mail = (client: RawClient, account: Account) => client.say(`MAIL FROM:<${senderOf(account)}>`);
const sendTo = async (client: RawClient, account: Account, recipient: string) => {
  await mail(client, account);
  await client.say(`RCPT TO:<${recipient}>`);
  await client.say('DATA');
  return client.say(`From: <${senderOf(account)}>\r\nSubject: \${x} \r\n\r\nx\r\n.`);
};
const failAt = async (account: Account, times: number) => {
  for (let at = 0; at < times; at += 1) {
    await using client = await probed.greeted();
    await client.say(`AUTH PLAIN ${plain(account, 'wrong')}`);
  }
};

const unverified = {
  domains: [{ name: 'unverified.example', state: 'unverified' }],
  connections: [{ name: 'x', sender: 'a@unverified.example' }],
};

const refused: Readonly<Record<string, Refused>> = {
  'error.421-unavailable': {
    over: { listeners: 'own' },
    before: (account) => operations.setMaintenance(account.id, true),
    say: async () => undefined,
  },
  'error.450': {
    over: { balance: 3 },
    say: async (client, account) => {
      await logIn(client, account);
      await sendTo(client, account, 'first@a.example');
      await mail(client, account);
      for (const name of ['b', 'c', 'd', 'e']) await client.say(`RCPT TO:<${name}@a.example>`);
      await client.say('RSET');
      await client.say('QUIT');
    },
  },
  'error.454': {
    before: (account) => failAt(account, 3),
    say: async (client, account) => {
      await client.say('EHLO client.example');
      for (let at = 0; at < 2; at += 1) await client.say(`AUTH PLAIN ${plain(account, 'wrong')}`);
      await client.say('AUTH LOGIN');
      await client.say(base64(account.connections[0]?.login ?? ''));
      await client.say(base64(account.connections[0]?.password ?? ''));
    },
  },
  'error.451': {
    over: { limits: { rateLimit: 2, rateWindowMs: 3_600_000 } },
    say: async (client, account) => {
      await logIn(client, account);
      for (let at = 0; at < 3; at += 1) {
        await mail(client, account);
        await client.say('RSET');
      }
    },
  },
  'error.535': {
    say: async (client, account) => {
      await client.say('EHLO client.example');
      await client.say('AUTH PLAIN');
      await client.say(plain(account, 'wrong'));
      await client.say(`AUTH PLAIN ${plain(account)}`);
      await client.say('NOOP ${login}');
    },
  },
  'error.421-domain': {
    over: unverified,
    say: async (client, account) => {
      await logIn(client, account);
      await mail(client, account);
    },
  },
  'error.553-domain': {
    say: async (client, account) => {
      await logIn(client, account);
      await client.say('MAIL FROM:<a@nobody-has-this.example>');
      await sendTo(client, account, 'a@a.example');
    },
  },
  'error.550-unsubscribed': {
    over: { recipients: [{ address: 'left@a.example', role: 'suppressed' }] },
    say: async (client, account) => {
      await logIn(client, account);
      await mail(client, account);
      await client.say('RCPT TO:<Left@a.example>');
      await client.say('RCPT TO:<suppressed@simulator.test>');
      await client.say('RCPT TO:<other@a.example>');
      await client.say('DATA');
      await client.say(`From: <${senderOf(account)}>\r\n\r\nx\r\n.`);
    },
  },
  'error.550-from': {
    say: async (client, account) => {
      await logIn(client, account);
      await mail(client, account);
      await client.say('RCPT TO:<a@a.example>');
      await client.say('DATA');
      await client.say('Subject: ${no} From\r\n\r\nx\r\n.');
      await sendTo(client, account, 'a@a.example');
    },
  },
  'error.553-mailbox': {
    over: { recipients: [{ address: 'full@a.example', role: 'full' }] },
    say: async (client, account) => {
      await logIn(client, account);
      await mail(client, account);
      await client.say('RCPT TO:<full@a.example>');
      await client.say('bad\tverb <\xE9>');
    },
  },
};

test('all ten documented errors are tried', () => {
  expect(Object.keys(refused).toSorted()).toEqual(Object.keys(documentedReplies).toSorted());
});

test('a session refused for each of them shows its rule with the sentence, and plays green as a scenario', async () => {
  for (const [error, { over, before, say }] of Object.entries(refused)) {
    const account = await probed.newAccount(over);
    await before?.(account);
    const own = account.listeners.find(({ port }) => port === 587)?.number ?? probed.number(587);
    {
      await using client = await openRawClient(own);
      await client.reply();
      await say(client, account);
    }
    await operations.waitSessions(account.id, 1, 10_000).catch(() => undefined);
    const { sessions } = await operations.listSessions();
    const id = sessions.at(-1)?.id ?? '';
    const url = `${probed.sandbox.controlUrl}/sessions/${id}`;
    const detail = sessionDetailSchema.parse(await (await fetch(url)).json());
    const documented = Object.entries(documentedReplies).find(([rule]) => rule === error)?.[1];
    const refusal = detail.refusals.find(({ reply }) => reply === documented?.reply);
    expect([error, refusal?.cause]).toEqual([error, documented?.cause]);
    expect(refusal?.rule.source).not.toBe('');
    const response = await fetch(`${url}/scenario`);
    expect(response.headers.get('content-disposition')).toContain(`${id}.scenario.yaml`);
    const text = await response.text();
    expect(text).not.toContain(account.connections[0]?.password ?? 'none');
    await writeFile(join(folder, `${error}.scenario.yaml`), text);
  }
  const report = `ndjson=${join(folder, 'run.ndjson')}`;
  const { exitCode, stdout, stderr } = await gauntlet(
    'run',
    folder,
    '--mailbox',
    'embedded',
    '--report',
    report,
  );
  expect([exitCode, exitCode === 0 ? '' : stdout + stderr]).toEqual([0, '']);
  expect(stdout).toContain(`(${Object.keys(refused).length} cases`);
}, 90_000);

test('a session that nobody knows is said to be none, and a sandbox without a writer says so', async () => {
  for (const path of ['nobody', 'nobody/scenario']) {
    const response = await fetch(`${probed.sandbox.controlUrl}/sessions/${path}`);
    expect([response.status, await response.json()]).toMatchObject([404, { code: 'no-such-session' }]);
  }
  await using apart = await startProbed();
  {
    await using client = await apart.greeted();
    await client.say('QUIT');
  }
  const [session] = (await apart.sandbox.operations.listSessions()).sessions;
  const response = await fetch(`${apart.sandbox.controlUrl}/sessions/${session?.id}/scenario`);
  expect(await response.json()).toMatchObject({ code: 'no-scenario-writer' });
});
