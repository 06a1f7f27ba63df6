/** Domains, senders, suppression list, roles and triggers over the control API: listed, added, removed. */
import { describe, expect, test } from 'vitest';
import { bodyOf, openControlClient } from '../control-api/client.ts';
import { sendSettled, senderOf, startProbedForFile } from './probe-fixture.ts';
import type { Account } from '../control-api/schemas.ts';

const probed = await startProbedForFile();
const client = openControlClient(probed.sandbox.controlUrl);
const of = client.accounts[':account'];

const remove = async (account: Account, path: string) => {
  const url = `${probed.sandbox.controlUrl}/accounts/${account.id}/${path}`;
  return (await fetch(url, { method: 'DELETE' })).status;
};

/** What RCPT or MAIL gets now. */
async function replyTo(account: Account, command: string): Promise<string> {
  await using session = await probed.loggedIn(account);
  if (command.startsWith('RCPT')) await session.say(`MAIL FROM:<${senderOf(account)}>`);
  return (await session.say(command)).slice(0, 3);
}

describe('the suppression list', () => {
  test('is read by page and by search, added to, and taken off in any spelling', async () => {
    const account = await probed.newAccount();
    const param = { account: account.id };
    for (const address of ['Zoe@b.example', 'adam@b.example', 'Eve@Bücher.example']) {
      const { address: added } = await bodyOf(of.suppressions.$post({ param, json: { address } }));
      expect(added).toBe(address);
    }
    const first = await bodyOf(of.suppressions.$get({ param, query: { limit: '2' } }));
    expect(first.addresses).toEqual(['adam@b.example', 'Eve@Bücher.example']);
    const rest = await bodyOf(of.suppressions.$get({ param, query: { cursor: first.next ?? '' } }));
    expect(rest).toEqual({ addresses: ['Zoe@b.example'], next: null });
    const found = await bodyOf(of.suppressions.$get({ param, query: { search: 'BÜCHER' } }));
    expect(found.addresses).toEqual(['Eve@Bücher.example']);
    expect(await replyTo(account, 'RCPT TO:<zoe@b.example>')).toBe('550');
    expect(await remove(account, 'suppressions/ZOE%40B.example')).toBe(204);
    expect(await replyTo(account, 'RCPT TO:<zoe@b.example>')).toBe('250');
    expect(await remove(account, 'suppressions/zoe%40b.example')).toBe(404);
    expect(await remove(account, 'suppressions/zoe')).toBe(400);
  });

  test('has who unsubscribed; taken off, they get mail again', async () => {
    const account = await probed.newAccount();
    const recipient = 'unsubscribes@simulator.test';
    await sendSettled(probed, account, [recipient], `From: <${senderOf(account)}>\r\n\r\nx`);
    const { addresses } = await bodyOf(of.suppressions.$get({ param: { account: account.id }, query: {} }));
    expect(addresses).toEqual([recipient]);
    expect(await remove(account, `suppressions/${recipient}`)).toBe(204);
    expect(await replyTo(account, `RCPT TO:<${recipient}>`)).toBe('250');
  });
});

test('roles of recipients are listed and forgotten, a suppressed one with its place on the list', async () => {
  const recipients = [
    { address: 'Full@b.example', role: 'full' },
    { address: 'gone@b.example', role: 'suppressed' },
  ];
  const account = await probed.newAccount({ recipients });
  const param = { account: account.id };
  const listed = await bodyOf(of.recipients.$get({ param, query: {} }));
  expect(listed).toEqual({
    recipients: [
      { address: 'full@b.example', role: 'full' },
      { address: 'gone@b.example', role: 'suppressed' },
    ],
    next: null,
  });
  for (const address of ['full@b.example', 'gone@b.example']) {
    expect(await replyTo(account, `RCPT TO:<${address}>`)).toMatch(/^55/);
    expect(await remove(account, `recipients/${address}`)).toBe(204);
    expect(await replyTo(account, `RCPT TO:<${address}>`)).toBe('250');
    expect(await remove(account, `recipients/${address}`)).toBe(404);
  }
  expect((await bodyOf(of.suppressions.$get({ param, query: {} }))).addresses).toEqual([]);
});

describe('domains and senders', () => {
  test('are listed with their records and states, by page', async () => {
    const account = await probed.newAccount({
      domains: [
        { name: 'B.example', state: 'unverified', published: ['spf'] },
        { name: 'a.example', state: 'verified' },
      ],
      connections: [
        { name: 'one', sender: 'x@a.example' },
        { name: 'two', sender: 'x@a.example' },
      ],
    });
    const param = { account: account.id };
    await bodyOf(of.senders.$post({ param, json: { address: 'y@b.example' } }));
    const domains = await bodyOf(of.domains.$get({ param, query: { limit: '1' } }));
    expect(domains).toMatchObject({ domains: [{ name: 'a.example', state: 'verified' }], next: 'a.example' });
    const second = await bodyOf(of.domains.$get({ param, query: { cursor: domains.next ?? '' } }));
    expect(second.domains[0]?.records.map(({ kind, published }) => [kind, published])).toEqual([
      ['spf', true],
      ['dkim', false],
      ['dmarc', false],
    ]);
    expect(await bodyOf(of.senders.$get({ param, query: {} }))).toEqual({
      senders: [
        { address: 'x@a.example', domain: 'a.example', domainState: 'verified', connections: 2 },
        { address: 'y@b.example', domain: 'b.example', domainState: 'unverified', connections: 0 },
      ],
      next: null,
    });
  });

  test('a domain that goes takes its senders along; its mail is refused, and it can come back', async () => {
    const account = await probed.newAccount({
      domains: [{ name: 'going.example', state: 'verified' }],
      connections: [{ name: 'x', sender: 'x@going.example' }],
    });
    const param = { account: account.id };
    expect(await replyTo(account, 'MAIL FROM:<x@going.example>')).toBe('250');
    expect(await remove(account, 'domains/GOING.example')).toBe(204);
    expect(await replyTo(account, 'MAIL FROM:<x@going.example>')).toBe('553');
    expect((await bodyOf(of.senders.$get({ param, query: {} }))).senders).toEqual([]);
    const { connections } = await bodyOf(of.connections.$get({ param, query: {} }));
    expect(connections.map(({ status }) => status)).toEqual(['Not Activated']);
    await bodyOf(of.domains.$put({ param, json: { name: 'going.example', state: 'verified' } }));
    expect(await replyTo(account, 'MAIL FROM:<x@going.example>')).toBe('250');
    expect(await remove(account, 'domains/nowhere.example')).toBe(404);
  });

  test('a domain that is there stays as it is where nothing of it is said', async () => {
    const account = await probed.newAccount({
      domains: [{ name: 'stays.example', state: 'verified' }],
      connections: [{ name: 'x', sender: 'x@stays.example' }],
    });
    const param = { account: account.id };
    const stateAfter = async (json: { name: string; state?: 'verified' | 'unverified'; published?: [] }) =>
      (await bodyOf(of.domains.$put({ param, json }))).domains.map(({ name, state }) => [name, state]);
    expect(await stateAfter({ name: 'STAYS.example' })).toEqual([['stays.example', 'verified']]);
    expect(await stateAfter({ name: 'stays.example', published: [] })).toEqual([
      ['stays.example', 'verified'],
    ]);
    expect(await stateAfter({ name: 'new.example' })).toContainEqual(['new.example', 'unverified']);
    expect(await stateAfter({ name: 'stays.example', state: 'unverified' })).toContainEqual([
      'stays.example',
      'unverified',
    ]);
  });

  test('a sender that goes can be chosen no more; its connection stays', async () => {
    const account = await probed.newAccount();
    const param = { account: account.id };
    expect(await remove(account, `senders/${senderOf(account)}`)).toBe(204);
    const created = await of.connections.$post({ param, json: { name: 'new', sender: senderOf(account) } });
    expect(created.status).toBe(404);
    expect(await replyTo(account, `MAIL FROM:<${senderOf(account)}>`)).toBe('250');
    expect(await remove(account, `senders/${senderOf(account)}`)).toBe(404);
  });
});

test('a trigger says how often it will still fire', async () => {
  const account = await probed.newAccount();
  const param = { account: account.id };
  const left = async () =>
    (await bodyOf(of.triggers.$get({ param }))).triggers.map((trigger) => trigger.left);
  const reply = '450 Later';
  await bodyOf(of.triggers.$post({ param, json: { stage: 'MAIL', reply, after: 1, times: 2 } }));
  await bodyOf(of.triggers.$post({ param, json: { stage: 'DATA', reply } }));
  const seen = [await left()];
  for (let at = 0; at < 4; at += 1) {
    await replyTo(account, `MAIL FROM:<${senderOf(account)}>`);
    seen.push(await left());
  }
  expect(seen.map(([first]) => first)).toEqual([2, 2, 1, 0, 0]);
  expect(seen.map(([, second]) => second)).toEqual([null, null, null, null, null]);
});
