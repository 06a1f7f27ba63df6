/**
 * The pages' worth of account life over the control API: domains, senders, connections, plans, history, waiting.
 */
import { describe, expect, test } from 'vitest';
import { bodyOf, openControlClient } from '../control-api/client.ts';
import type { Account } from '../control-api/schemas.ts';
import { senderOf, startProbed, startProbedForFile } from './probe-fixture.ts';

const probed = await startProbedForFile();
const client = openControlClient(probed.sandbox.controlUrl);

const accounts = () => client.accounts[':account'];
const of = (account: Account) => ({ param: { account: account.id } });
const codeOf = (pending: Promise<unknown>) =>
  pending.then(
    () => 'done',
    (fault: unknown) => (fault instanceof Error && 'code' in fault ? fault.code : fault),
  );

async function send(account: Account, ...recipients: readonly string[]): Promise<void> {
  await using session = await probed.loggedIn(account);
  await session.say(`MAIL FROM:<${senderOf(account)}>`);
  for (const recipient of recipients) await session.say(`RCPT TO:<${recipient}>`);
  await session.say('DATA');
  session.send(`From: ${senderOf(account)}\r\nSubject: hello\r\n\r\nx\r\n.\r\n`);
  expect(await session.reply()).toBe('250 Ok');
  await session.say('QUIT');
}

describe('from a domain to a login (domain.create, sender.create, connection.create, connection.card)', () => {
  test('each step wants the one before it, and the card shows login and password at any time', async () => {
    const account = await bodyOf(client.accounts.$post({ json: { balance: 1 } }));
    const json = { name: 'Shop', sender: 'a@new.example' };
    expect(await codeOf(bodyOf(accounts().connections.$post({ ...of(account), json })))).toBe(
      'no-such-sender',
    );
    const sender = { address: 'a@new.example' };
    expect(await codeOf(bodyOf(accounts().senders.$post({ ...of(account), json: sender })))).toBe(
      'no-such-domain',
    );

    await bodyOf(
      accounts().domains.$put({ ...of(account), json: { name: 'New.example', state: 'unverified' } }),
    );
    expect((await bodyOf(accounts().senders.$post({ ...of(account), json: sender }))).senders).toEqual([
      'a@new.example',
    ]);
    const created = await bodyOf(accounts().connections.$post({ ...of(account), json }));
    expect(created).toMatchObject({ name: 'Shop', sender: 'a@new.example', status: 'Not Activated' });

    const param = { account: account.id, connection: created.id };
    expect(await bodyOf(accounts().connections[':connection'].$get({ param }))).toEqual(created);
    const renewed = await bodyOf(accounts().connections[':connection'].password.$post({ param }));
    expect(renewed.password).not.toBe(created.password);
    expect(await bodyOf(accounts().connections[':connection'].$get({ param }))).toEqual(renewed);
  });

  test('two accounts may both have a domain; the status follows the domain both ways by itself', async () => {
    const json = { domains: [{ name: 'both.example', state: 'verified' as const }] };
    const [one, two] = await Promise.all([0, 1].map(() => bodyOf(client.accounts.$post({ json }))));
    expect(one?.domains).toEqual(two?.domains);
    const account = await probed.newAccount();
    const status = async () => (await bodyOf(accounts().$get(of(account)))).connections[0]?.status;
    const name = account.domains[0]?.name ?? '';
    expect(await status()).toBe('Active');
    await bodyOf(accounts().domains.$put({ ...of(account), json: { name, state: 'unverified' } }));
    expect(await status()).toBe('Not Activated');
    const param = { account: account.id, connection: account.connections[0]?.id ?? '' };
    await bodyOf(accounts().connections[':connection'].block.$put({ param, json: { blocked: true } }));
    expect(await status()).toBe('Blocked');
    await bodyOf(accounts().connections[':connection'].block.$put({ param, json: { blocked: false } }));
    await bodyOf(accounts().domains.$put({ ...of(account), json: { name, state: 'verified' } }));
    expect(await status()).toBe('Active');
  });
});

describe('verification (domain.verification, domain.verification.how)', () => {
  const setUp = async (over = {}) => {
    const apart = await startProbed(over);
    const control = openControlClient(apart.sandbox.controlUrl).accounts[':account'];
    const account = await apart.newAccount({
      domains: [{ name: 'shop.example', state: 'unverified' }],
      connections: [{ name: 'x', sender: 'a@shop.example' }],
    });
    const param = { account: account.id, domain: 'shop.example' };
    return {
      apart,
      verify: () => bodyOf(control.domains[':domain'].verify.$post({ param })),
      publish: (kind: 'spf' | 'dkim' | 'dmarc', published = true) =>
        bodyOf(control.domains[':domain'].records.$put({ param, json: { kind, published } })),
      show: () => bodyOf(control.domains[':domain'].$get({ param })),
    };
  };

  test('the card says what to publish; support says what is missing, and a lost record takes it back', async () => {
    const { apart, verify, publish, show } = await setUp();
    await using _apart = apart;
    expect((await show()).records.map(({ kind, name }) => [kind, name])).toEqual([
      ['spf', 'shop.example'],
      ['dkim', 'gauntlet._domainkey.shop.example'],
      ['dmarc', '_dmarc.shop.example'],
    ]);
    expect(await verify()).toMatchObject({ state: 'unverified', missing: ['spf', 'dkim', 'dmarc'] });
    await publish('spf');
    await publish('dkim');
    expect(await verify()).toMatchObject({ state: 'unverified', missing: ['dmarc'] });
    expect(await publish('dmarc')).toMatchObject({ state: 'unverified' });
    expect(await verify()).toMatchObject({ state: 'verified', missing: [] });
    expect(await publish('spf', false)).toMatchObject({ state: 'verified' });
    expect(await verify()).toMatchObject({ state: 'unverified', missing: ['spf'] });
  });

  test('with the sandbox option a domain is verified as soon as its records stand', async () => {
    const { apart, publish } = await setUp({ choices: { verifyWithoutSupport: true } });
    await using _apart = apart;
    await publish('spf');
    await publish('dkim');
    expect(await publish('dmarc')).toMatchObject({ state: 'verified' });
    expect(await publish('dkim', false)).toMatchObject({ state: 'unverified', missing: ['dkim'] });
  });
});

describe('plans (billing.plans)', () => {
  test('there are two, with their prices', async () => {
    const { plans } = await bodyOf(client.plans.$get());
    expect(plans.map((plan) => plan.kind)).toEqual(['prepaid', 'monthly']);
    for (const plan of plans) expect(plan.packages.length).toBeGreaterThan(0);
  });

  test('a purchase is there at once, is written down, and with a key is made once', async () => {
    const at = '2026-01-31T10:00:00.000Z';
    const account = await bodyOf(client.accounts.$post({ json: { clock: { now: at, frozen: true } } }));
    const buy = (kind: 'prepaid' | 'monthly', key?: string) =>
      bodyOf(
        accounts().purchases.$post({
          ...of(account),
          header: key === undefined ? {} : { 'idempotency-key': key },
          json: { kind, sends: 1_000 },
        }),
      );
    const monthly = await buy('monthly', 'order-1');
    expect(monthly).toMatchObject({ boughtAt: at, endsAt: '2026-02-28T10:00:00.000Z', cents: 300 });
    expect(await buy('monthly', 'order-1')).toEqual(monthly);
    await buy('prepaid');
    expect((await bodyOf(accounts().$get(of(account)))).balance).toBe(2_000);
    expect((await bodyOf(accounts().purchases.$get(of(account)))).purchases).toHaveLength(2);
  });
});

describe('history and statistics', () => {
  test('pages follow each other without gap or overlap, whatever is added meanwhile', async () => {
    const account = await probed.newAccount({ clock: { now: '2026-01-15T12:00:00.000Z', frozen: true } });
    await send(account, ...Array.from({ length: 7 }, (_, at) => `r${at}@a.example`));
    const page = (cursor?: string) =>
      bodyOf(accounts().history.$get({ ...of(account), query: { limit: '3', ...(cursor && { cursor }) } }));
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const { emails, next: following } = await page(next);
      seen.push(...emails.map((email) => email.recipient));
      if (next === '') await send(account, 'late@a.example');
      next = following;
    }
    expect(seen).toEqual([...Array.from({ length: 7 }, (_, at) => `r${at}@a.example`), 'late@a.example']);
    expect(await codeOf(bodyOf(accounts().history.$get({ ...of(account), query: { cursor: 'x' } })))).toBe(
      'bad-cursor',
    );
  });

  test('statistics by time period and connection (statistics.period)', async () => {
    const account = await probed.newAccount({ clock: { now: '2026-01-15T12:00:00.000Z', frozen: true } });
    await send(account, 'a@a.example', 'nonexistent@simulator.test');
    await bodyOf(accounts().clock.$post({ ...of(account), json: { to: '2026-02-15T12:00:00.000Z' } }));
    await send(account, 'b@a.example');
    await probed.sandbox.operations.waitSettled(account.id, 5_000);
    const ask = (query: object) => bodyOf(accounts().statistics.$get({ ...of(account), query }));
    expect(await ask({})).toEqual({
      totals: { delivered: 2, bounced: 1 },
      days: [
        { day: '2026-01-15', counts: { delivered: 1, bounced: 1 } },
        { day: '2026-02-15', counts: { delivered: 1 } },
      ],
    });
    expect((await ask({ from: '2026-02-01T00:00:00.000Z' })).totals).toEqual({ delivered: 1 });
    expect((await ask({ connection: account.connections[0]?.id })).totals).toEqual({
      delivered: 2,
      bounced: 1,
    });
    expect((await ask({ connection: 'another' })).totals).toEqual({});
  });
});

describe('waiting on the sandbox’s side', () => {
  test('for emails of a status, and for sessions to end', async () => {
    const account = await probed.newAccount();
    const waiting = bodyOf(
      accounts().history.wait.$post({ ...of(account), json: { count: 2, status: 'delivered' } }),
    );
    const ended = bodyOf(accounts().sessions.wait.$post({ ...of(account), json: { count: 1 } }));
    await send(account, 'a@a.example', 'b@a.example');
    expect((await waiting).emails).toHaveLength(2);
    expect((await ended).sessions).toHaveLength(1);
    const one = { count: 1, recipient: 'A@a.example' };
    expect((await bodyOf(accounts().history.wait.$post({ ...of(account), json: one }))).emails).toHaveLength(
      1,
    );
    const never = { count: 9, timeoutMs: 10 };
    expect(await codeOf(bodyOf(accounts().history.wait.$post({ ...of(account), json: never })))).toBe(
      'not-in-time',
    );
  });

  test('events come as they happen, and resume behind the last one seen', async () => {
    const account = await probed.newAccount();
    const url = `${probed.sandbox.controlUrl}/accounts/${account.id}/events`;
    const listen = async (headers: Record<string, string>, count: number) => {
      const aborter = new AbortController();
      const response = await fetch(url, { headers, signal: aborter.signal });
      expect(response.headers.get('content-type')).toContain('text/event-stream');
      const read = (async () => {
        let text = '';
        for await (const chunk of response.body ?? []) {
          text += Buffer.from(chunk).toString();
          if ((text.match(/^data:/gm) ?? []).length >= count) break;
        }
        return text;
      })();
      return { read, [Symbol.dispose]: () => aborter.abort() };
    };
    using live = await listen({}, 5);
    await send(account, 'a@a.example');
    const text = await live.read;
    expect(text).toMatch(/"kind":"session".*"opened"/);
    expect(text).toMatch(/"status":"queued"[^]*"status":"delivered"/);
    const second = /^id: (\d+)$/gm;
    second.exec(text);
    const id = second.exec(text)?.[1] ?? '';
    using resumed = await listen({ 'last-event-id': id }, 1);
    const again = await resumed.read;
    expect(Number(/^id: (\d+)$/m.exec(again)?.[1])).toBeGreaterThan(Number(id));
  });
});
