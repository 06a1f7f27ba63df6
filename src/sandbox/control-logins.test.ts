/** Browsers that log in with the token and call with a cookie. */
import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { createBrowserLogins, MOST_LOGINS } from './control/browser-logins.ts';
import { createTokenCheck, GUESS_WINDOW_MS, hashToken, MOST_WRONG_TOKENS } from './control/token-check.ts';
import { startProbed } from './probe-fixture.ts';

const TOKEN = 'a long secret';
const guarded = async () => {
  const probed = await startProbed({ control: { token: TOKEN } });
  const url = probed.sandbox.controlUrl;
  const json = { 'content-type': 'application/json' };
  const logIn = (token: string, headers: Record<string, string> = {}) =>
    fetch(`${url}/session`, {
      method: 'POST',
      headers: { ...json, ...headers },
      body: JSON.stringify({ token }),
    });
  const cookieFrom = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { probed, url, logIn, cookieFrom, [Symbol.asyncDispose]: () => probed[Symbol.asyncDispose]() };
};

type Guarded = Awaited<ReturnType<typeof guarded>>;

/** A request with fields that fetch keeps to itself. */
const ask = (url: string, method: string, headers: Record<string, string>, body = '') =>
  new Promise<number | undefined>((resolve, reject) => {
    const asked = request(url, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject).end(body);
  });

test('a browser logs in with the token, reads the event stream by its cookie, and logs out', async () => {
  await using world = await guarded();
  const { url, logIn, cookieFrom } = world;
  expect(await (await fetch(`${url}/session`)).json()).toEqual({ needed: true, loggedIn: false });
  const response = await logIn(TOKEN);
  expect(response.status).toBe(204);
  expect(response.headers.get('set-cookie')).toMatch(
    /^gauntlet-login\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
  );
  const cookie = cookieFrom(response);
  expect(await (await fetch(`${url}/session`, { headers: { cookie } })).json()).toEqual({
    needed: true,
    loggedIn: true,
  });
  const aborter = new AbortController();
  const events = await fetch(`${url}/events`, { headers: { cookie }, signal: aborter.signal });
  expect(events.status).toBe(200);
  aborter.abort();
  const out = await fetch(`${url}/session`, { method: 'DELETE', headers: { cookie } });
  expect([out.status, out.headers.get('set-cookie')]).toEqual([204, expect.stringContaining('Max-Age=0')]);
  expect((await fetch(`${url}/accounts`, { headers: { cookie } })).status).toBe(401);
});

test('another token is refused, and sets no cookie', async () => {
  await using world = await guarded();
  for (const token of ['a long secre', 'A LONG SECRET', `${TOKEN} `]) {
    const response = await world.logIn(token);
    expect([response.status, response.headers.get('set-cookie')]).toEqual([401, null]);
    expect(await response.json()).toMatchObject({ code: 'wrong-token' });
  }
});

describe('an address that showed many wrong tokens', () => {
  test.each([
    ['to log in', async (world: Guarded, token: string) => world.logIn(token)],
    [
      'with a request',
      async ({ url }: Guarded, token: string) =>
        fetch(`${url}/plans`, { headers: { authorization: `Bearer ${token}` } }),
    ],
  ])('is told to wait, %s, and the right one does not help', async (_way, show) => {
    await using world = await guarded();
    const cookie = world.cookieFrom(await world.logIn(TOKEN));
    for (let wrong = 0; wrong < MOST_WRONG_TOKENS; wrong += 1) {
      expect((await show(world, `guess ${wrong}`)).status).toBe(401);
    }
    const refused = await show(world, TOKEN);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(GUESS_WINDOW_MS / 1_000);
    expect(await refused.json()).toMatchObject({ status: 429, code: 'too-many-tokens' });
    // no other way tells either whether it is the token
    const bearer = { authorization: `Bearer ${TOKEN}` };
    expect((await world.logIn(TOKEN)).status).toBe(429);
    expect(await ask(`${world.url}/plans`, 'GET', bearer)).toBe(429);
    expect(await (await fetch(`${world.url}/session`, { headers: bearer })).json()).toMatchObject({
      loggedIn: false,
    });
    // who is logged in stays so
    expect(await ask(`${world.url}/plans`, 'GET', { cookie })).toBe(200);
  });

  const checkAt = (clock: { now: number }) => createTokenCheck(hashToken(TOKEN), () => clock.now);

  test('may try again once its wrong ones are a minute old, one by one', () => {
    const clock = { now: 0 };
    const check = checkAt(clock);
    for (; clock.now < MOST_WRONG_TOKENS; clock.now += 1) check('192.0.2.1', 'guess');
    expect(check('192.0.2.1', TOKEN)).toEqual({
      kind: 'too many',
      waitMs: GUESS_WINDOW_MS - MOST_WRONG_TOKENS,
    });
    clock.now = GUESS_WINDOW_MS;
    expect(check('192.0.2.1', 'guess')).toEqual({ kind: 'wrong' });
    expect(check('192.0.2.1', TOKEN)).toEqual({ kind: 'too many', waitMs: 1 });
    clock.now = 2 * GUESS_WINDOW_MS + 1;
    expect(check('192.0.2.1', TOKEN)).toEqual({ kind: 'right' });
  });

  test.each([
    ['192.0.2.1', '192.0.2.2', 'right'],
    ['192.0.2.1', '::ffff:192.0.2.1', 'too many'],
    ['2001:db8:0:1::1', '2001:db8::1:ffff:0:0:2', 'too many'],
    ['2001:db8:0:1::1', '2001:db8:0:2::1', 'right'],
    ['fe80::1%eth0', 'fe80::2%eth1', 'too many'],
    ['::1', '127.0.0.1', 'right'],
  ])('%s is %s: %s', (guesser, other, kind) => {
    const check = checkAt({ now: 0 });
    for (let wrong = 0; wrong < MOST_WRONG_TOKENS; wrong += 1) check(guesser, 'guess');
    expect(check(other, TOKEN)).toMatchObject({ kind });
  });
});

test('an order with the cookie needs the origin of our page, or a field that no form sets', async () => {
  await using world = await guarded();
  const { probed, url, logIn, cookieFrom } = world;
  const cookie = cookieFrom(await logIn(TOKEN));
  const account = await probed.newAccount();
  const order = (headers: Record<string, string>) =>
    ask(
      `${url}/accounts/${account.id}/balance`,
      'PUT',
      { cookie, 'content-type': 'application/json', ...headers },
      '{"sends":5}',
    );
  expect(await order({})).toBe(403);
  expect(await order({ origin: 'https://evil.example' })).toBe(403);
  expect(await order({ origin: 'null' })).toBe(403);
  expect(await order({ 'sec-fetch-site': 'same-site', origin: url })).toBe(403);
  expect(await order({ origin: url })).toBe(200);
  expect(await order({ 'x-gauntlet': '1' })).toBe(200);
  expect(await ask(`${url}/accounts/${account.id}`, 'DELETE', { cookie })).toBe(403);
  expect(await ask(`${url}/accounts/${account.id}`, 'GET', { cookie })).toBe(200);
});

test('a cookie is no token, the token is no cookie, and neither is an account’s password', async () => {
  await using world = await guarded();
  const { probed, url, logIn, cookieFrom } = world;
  const cookie = cookieFrom(await logIn(TOKEN));
  const [name = '', value = ''] = cookie.split('=');
  const account = await probed.newAccount();
  const { login = '', password = '' } = account.connections[0] ?? {};
  for (const secret of [value, login, password, account.id]) {
    expect(await ask(`${url}/accounts`, 'GET', { authorization: `Bearer ${secret}` })).toBe(401);
    expect((await logIn(secret)).status).toBe(401);
  }
  for (const secret of [TOKEN, login, password, account.id, '']) {
    expect(await ask(`${url}/accounts`, 'GET', { cookie: `${name}=${secret}` })).toBe(401);
  }
  const shown = await (
    await fetch(`${url}/accounts/${account.id}`, { headers: { authorization: `Bearer ${TOKEN}` } })
  ).text();
  expect(shown).not.toContain(value);
});

test('a cookie of one sandbox is worth nothing at another on the same host', async () => {
  await using one = await guarded();
  await using other = await guarded();
  const cookie = one.cookieFrom(await one.logIn(TOKEN));
  const value = cookie.split('=')[1] ?? '';
  const name = `gauntlet-login${new URL(other.url).port}`;
  expect(await ask(`${other.url}/accounts`, 'GET', { cookie: `${cookie}; ${name}=${value}` })).toBe(401);
});

test('behind a proxy that speaks TLS the cookie goes over TLS alone', async () => {
  await using world = await guarded();
  const host = new URL(world.url).host;
  for (const headers of [{ origin: `https://${host}` }, { 'x-forwarded-proto': 'https' }]) {
    const response = await world.logIn(TOKEN, headers);
    expect(response.headers.get('set-cookie')).toMatch(/; Secure$/);
  }
});

describe('without a token', () => {
  test('nothing is asked, and no cookie is set', async () => {
    await using probed = await startProbed();
    const url = probed.sandbox.controlUrl;
    expect(await (await fetch(`${url}/session`)).json()).toEqual({ needed: false, loggedIn: true });
    const response = await fetch(`${url}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"token":"x"}',
    });
    expect([response.status, response.headers.get('set-cookie')]).toEqual([204, null]);
    expect(await ask(`${url}/accounts`, 'GET', {})).toBe(200);
  });
});

describe('logins that are kept', () => {
  test('end with twelve hours without a call, and each call keeps them', () => {
    const clock = { now: 0 };
    const logins = createBrowserLogins(() => clock.now);
    const browser = logins.open();
    for (const [hours, holds] of [
      [11, true],
      [11, true],
      [13, false],
    ] as const) {
      clock.now += hours * 60 * 60_000;
      expect(logins.holds(browser)).toBe(holds);
    }
  });

  test('are bounded: the one that called longest ago goes', () => {
    const logins = createBrowserLogins(() => 0);
    const [first, second] = Array.from({ length: MOST_LOGINS }, () => logins.open());
    expect(logins.holds(first)).toBe(true);
    const late = logins.open();
    expect([first, second, late].map((value) => logins.holds(value))).toEqual([true, false, true]);
  });
});
