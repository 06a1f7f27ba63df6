/** Lists of the control API, and the words that pages take from it. */
import { describe, expect, test } from 'vitest';
import { rules } from '../contract/emailmassivo/rules.ts';
import { ruleIds, ruleNamed } from '../contract/emailmassivo/transition.ts';
import { bodyOf, openControlClient } from '../control-api/client.ts';
import { plain, senderOf, startProbed, startProbedForFile } from './probe-fixture.ts';

const probed = await startProbedForFile();
const client = openControlClient(probed.sandbox.controlUrl);

describe('the list of accounts', () => {
  test('has each account once, page by page, oldest first', async () => {
    await using apart = await startProbed();
    const own = openControlClient(apart.sandbox.controlUrl);
    const made: string[] = [];
    for (let at = 0; at < 7; at += 1) made.push((await apart.newAccount()).id);
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const query: { limit: string; cursor?: string } = {
        limit: '3',
        ...(next === null ? {} : { cursor: next }),
      };
      const page: { accounts: { id: string }[]; next: string | null } = await bodyOf(
        own.accounts.$get({ query }),
      );
      seen.push(...page.accounts.map(({ id }) => id));
      next = page.next;
    } while (next !== null);
    expect(seen).toEqual(made);
  });

  test('shows what each has, and no password', async () => {
    const account = await probed.newAccount({
      balance: 7,
      domains: [{ name: 'two.example', state: 'verified' }],
      connections: [
        { name: 'First', sender: 'a@two.example', login: 'two-first', password: 'never-listed' },
        { name: 'Second', sender: 'b@two.example', blocked: true },
      ],
    });
    const response = await fetch(`${probed.sandbox.controlUrl}/accounts?search=${account.id}`);
    const text = await response.text();
    expect(text).not.toContain('never-listed');
    expect(JSON.parse(text)).toEqual({
      accounts: [
        {
          id: account.id,
          balance: 7,
          charged: 0,
          ownListeners: false,
          connectionCount: 2,
          blockedCount: 1,
          domainCount: 1,
          firstConnection: expect.objectContaining({
            name: 'First',
            login: 'two-first',
            sender: 'a@two.example',
          }),
        },
      ],
      next: null,
    });
  });

  test('counts sends of a plan that has not ended, and no others', async () => {
    const account = await probed.newAccount({ balance: 5, clock: { frozen: true } });
    const { operations } = probed.sandbox;
    await operations.buyPlan(account.id, { kind: 'monthly', sends: 100 });
    const listed = async () =>
      (await bodyOf(client.accounts.$get({ query: { search: account.id } }))).accounts[0]?.balance;
    expect(await listed()).toBe(105);
    await operations.moveClock(account.id, { advanceMs: 32 * 24 * 60 * 60_000 });
    expect(await listed()).toBe(5);
  });

  test.each([
    ['a name in other letter case', 'GRÖß', 'größe'],
    ['part of a login', 'gin-of-se', 'login-of-search'],
    ['part of a sender', 'finder@', 'login-of-finder'],
    ['part of a domain', 'only-domain', 'login-of-domain'],
    ['a name in Arabic', 'المتجر', 'login-of-arabic'],
    ['a percent sign, which is no pattern', '100%', 'login-of-percent'],
  ])('finds %s', async (_what, search, login) => {
    await using apart = await startProbed();
    const setups = [
      { name: 'Größe', sender: 'a@b.example', login: 'größe' },
      { name: 'x', sender: 'a@b.example', login: 'login-of-search' },
      { name: 'x', sender: 'finder@b.example', login: 'login-of-finder' },
      { name: 'x', sender: 'a@only-domain.example', login: 'login-of-domain' },
      { name: 'هذا المتجر الكبير', sender: 'a@b.example', login: 'login-of-arabic' },
      { name: 'all 100% of it', sender: 'a@b.example', login: 'login-of-percent' },
    ];
    for (const connection of setups) await apart.newAccount({ domains: [], connections: [connection] });
    const own = openControlClient(apart.sandbox.controlUrl);
    const { accounts } = await bodyOf(own.accounts.$get({ query: { search } }));
    expect(accounts.map(({ firstConnection }) => firstConnection?.login)).toEqual([login]);
  });

  test.each(['cursor=x', 'cursor=-1', 'limit=0', 'limit=501', 'search=', 'seek=x'])(
    'refuses ?%s',
    async (query) => {
      const response = await fetch(`${probed.sandbox.controlUrl}/accounts?${query}`);
      expect(response.status).toBe(400);
    },
  );
});

describe('the connections of an account', () => {
  test('have their status, sends and last use, and no password', async () => {
    const account = await probed.newAccount({
      clock: { now: '2026-02-03T04:05:06.000Z', frozen: true },
      domains: [{ name: 'used.example', state: 'verified' }],
      connections: [
        { name: 'Used', sender: 'a@used.example', login: 'conn-used', password: 'never-listed-2' },
        { name: 'Blocked', sender: 'b@used.example', blocked: true, sendLimit: 9 },
        { name: 'New', sender: 'a@unverified.example' },
      ],
    });
    {
      await using session = await probed.loggedIn(account);
      await session.say(`MAIL FROM:<${senderOf(account)}>`);
      await session.say('RCPT TO:<one@simulator.test>');
      await session.say('RCPT TO:<two@simulator.test>');
      await session.say('DATA');
      expect(await session.say(`From: <${senderOf(account)}>\r\n\r\nx\r\n.`)).toMatch(/^250 /);
    }
    const response = await fetch(`${probed.sandbox.controlUrl}/accounts/${account.id}/connections`);
    const text = await response.text();
    expect(text).not.toMatch(/never-listed-2|password/i);
    expect(JSON.parse(text)).toMatchObject({
      connections: [
        { name: 'Used', status: 'Active', sends: 2, sendLimit: null, lastUsed: '2026-02-03T04:05:06.000Z' },
        { name: 'Blocked', status: 'Blocked', sends: 0, sendLimit: 9, lastUsed: null },
        { name: 'New', status: 'Not Activated', sends: 0, sendLimit: null, lastUsed: null },
      ],
      next: null,
    });
  });

  test('come by page and by search, and never another account’s', async () => {
    const names = ['alpha', 'beta', 'alphabet'];
    const account = await probed.newAccount({
      domains: [],
      connections: names.map((name) => ({ name, sender: 'a@b.example' })),
    });
    await probed.newAccount({ domains: [], connections: [{ name: 'alpha', sender: 'a@b.example' }] });
    const param = { account: account.id };
    const list = client.accounts[':account'].connections;
    const first = await bodyOf(list.$get({ param, query: { search: 'ALPHA', limit: '1' } }));
    expect(first.connections.map(({ name }) => name)).toEqual(['alpha']);
    const second = await bodyOf(
      list.$get({ param, query: { search: 'ALPHA', limit: '1', cursor: first.next ?? '' } }),
    );
    expect([second.connections.map(({ name }) => name), second.next]).toEqual([['alphabet'], null]);
  });

  test('are not there where the account is not', async () => {
    const response = await fetch(`${probed.sandbox.controlUrl}/accounts/nobody/connections`);
    expect([response.status, await response.json()]).toMatchObject([404, { code: 'no-such-account' }]);
  });
});

test('the vocabulary has what pages show: modes, plans, statuses, roles, rules with their sentences', async () => {
  const words = await bodyOf(client.vocabulary.$get());
  expect(words.modes).toContainEqual({
    mode: '587+starttls',
    port: 587,
    encryption: 'starttls',
    rule: 'port.587.starttls',
  });
  expect(words.plans).toEqual((await bodyOf(client.plans.$get())).plans);
  expect(words.connectionStatuses.map(({ name }) => name)).toEqual(['Active', 'Blocked', 'Not Activated']);
  expect(words.documentedErrors).toHaveLength(10);
  for (const { reply } of words.documentedErrors) expect(words.documentedPage).toContain(reply);
  expect(words.rules.map(({ id }) => id)).toEqual(ruleIds);
  for (const { id, basis, source } of words.rules) {
    expect([id, basis, source]).toEqual([
      id,
      ruleNamed(id as keyof typeof rules).basis,
      ruleNamed(id as keyof typeof rules).source,
    ]);
  }
  expect(words.choices).toContainEqual(expect.objectContaining({ name: 'rateLimit', value: 100 }));
});

test('every reserved address of the vocabulary has its role', async () => {
  const { roles } = await bodyOf(client.vocabulary.$get());
  const account = await probed.newAccount();
  await using session = await probed.greeted();
  await session.say(`AUTH PLAIN ${plain(account)}`);
  await session.say(`MAIL FROM:<${senderOf(account)}>`);
  for (const { name, reservedAddress } of roles) {
    const refused = name === 'full' ? '553' : name === 'suppressed' ? '550' : '250';
    expect([name, (await session.say(`RCPT TO:<${reservedAddress}>`)).slice(0, 3)]).toEqual([name, refused]);
  }
});
