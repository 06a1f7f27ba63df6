/**
 * The pages' worth of account life over the control API: domains, senders, connections, plans, history, waiting.
 */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bodyOf, openControlClient, type ControlClient } from '../control-api/client.ts';
import type { Account } from '../control-api/schemas.ts';
import { senderOf, startProbed, type Probed } from './probe-fixture.ts';

let probed: Probed;
let client: ControlClient;
beforeAll(async () => {
  probed = await startProbed();
  client = openControlClient(probed.sandbox.controlUrl);
});
afterAll(async () => {
  await probed[Symbol.asyncDispose]();
  if (probed.faults.length > 0) throw new AggregateError(probed.faults, 'The sandbox met faults of its own.');
});

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
    using live = await listen({}, 4);
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

describe('who may call', () => {
  const ask = (url: string, headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      // fetch would not let a test say another Host
      const asked = request(`${url}/plans`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      asked.on('error', reject).end();
    });

  test.each([
    ['its own name', {}, 200],
    ['localhost', { host: 'localhost:1' }, 200],
    ['a rebound name', { host: 'evil.example' }, 403],
    ['a page of another origin', { origin: 'https://evil.example' }, 403],
    ['a sandboxed page', { origin: 'null' }, 403],
  ])('%s', async (_what, headers, status) => {
    expect(await ask(probed.sandbox.controlUrl, headers)).toBe(status);
  });

  test('with a token, whoever shows it', async () => {
    await using guarded = await startProbed({ control: { token: 'a long secret' } });
    const url = guarded.sandbox.controlUrl;
    expect(await ask(url, {})).toBe(401);
    expect(await ask(url, { authorization: 'Bearer a long secre' })).toBe(401);
    expect(await ask(url, { authorization: 'Bearer a long secret' })).toBe(200);
    expect(await bodyOf(openControlClient(url, 'a long secret').plans.$get())).toHaveProperty('plans');
  });

  test('beyond loopback there is no control API without a token', async () => {
    await expect(startProbed({ control: { host: '0.0.0.0' } })).rejects.toThrow('without a token');
  });

  test('a request that is too large is refused', async () => {
    const response = await fetch(`${probed.sandbox.controlUrl}/accounts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"x":"${'x'.repeat(5 * 1024 * 1024)}"}`,
    });
    expect(response.status).toBe(413);
  });
});

test('the gateway’s clock times the locks of logins that nobody owns', async () => {
  await using apart = await startProbed();
  const control = openControlClient(apart.sandbox.controlUrl);
  await bodyOf(control.gateway.clock.$post({ json: { frozen: true } }));
  const unknown = Buffer.from('\0nobody\0x').toString('base64');
  await using session = await apart.greeted();
  for (let time = 0; time < 5; time += 1) expect(await session.say(`AUTH PLAIN ${unknown}`)).toMatch(/^535 /);
  expect(await session.say(`AUTH PLAIN ${unknown}`)).toMatch(/^454 /);
  await bodyOf(control.gateway.clock.$post({ json: { advanceMs: 5 * 60_000 } }));
  expect(await session.say(`AUTH PLAIN ${unknown}`)).toMatch(/^535 /);
});

test('the OpenAPI document and its page name every route', async () => {
  const document = (await (await fetch(`${probed.sandbox.controlUrl}/openapi.json`)).json()) as {
    openapi: string;
    paths: object;
  };
  expect(document.openapi).toBe('3.1.0');
  const page = await (await fetch(`${probed.sandbox.controlUrl}/`)).text();
  for (const path of Object.keys(document.paths)) expect(page).toContain(path);
  expect(Object.keys(document.paths).length).toBeGreaterThan(20);
});
