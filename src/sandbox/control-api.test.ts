import { describe, expect, test } from 'vitest';
import { bodyOf, ControlApiError, openControlClient } from '../control-api/client.ts';
import type { Account } from '../control-api/schemas.ts';
import { base64, plain, senderOf, startProbed, startProbedForFile } from './probe-fixture.ts';
import { openRawClient } from './raw-client-fixture.ts';

const probed = await startProbedForFile();
const client = openControlClient(probed.sandbox.controlUrl);

const of = (account: Account) => ({ param: { account: account.id } });

describe('what cannot be done is told as problem details', () => {
  const ask = (path: string, init?: RequestInit) => fetch(`${probed.sandbox.controlUrl}${path}`, init);
  const json = { 'content-type': 'application/json' };

  test.each([
    ['an unknown account', '/accounts/nobody', {}, 404, 'no-such-account'],
    ['an unknown route', '/nowhere', {}, 404, 'no-such-route'],
    ['broken JSON', '/accounts', { method: 'POST', headers: json, body: '{' }, 400, 'bad-input'],
    [
      'a negative balance',
      '/accounts',
      { method: 'POST', headers: json, body: '{"balance":-1}' },
      400,
      'bad-input',
    ],
    [
      'a sender that is no address',
      '/accounts',
      { method: 'POST', headers: json, body: '{"connections":[{"name":"x","sender":"nobody"}]}' },
      400,
      'bad-address',
    ],
  ])('%s', async (_what, path, init, status, code) => {
    const response = await ask(path, init);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ status, code, detail: expect.stringMatching(/\w/) });
  });

  test('a refusal reaches the typed client as an error with its code', async () => {
    const refused = bodyOf(client.accounts[':account'].$get({ param: { account: 'nobody' } }));
    await expect(refused).rejects.toThrow(ControlApiError);
    await expect(refused).rejects.toMatchObject({ code: 'no-such-account', status: 404 });
  });

  test('maintenance without own listeners, a clock that goes back, a login that is taken', async () => {
    const account = await probed.newAccount();
    const own = client.accounts[':account'];
    const code = (pending: Promise<unknown>) =>
      pending.then(
        () => 'done',
        (fault: unknown) => (fault instanceof ControlApiError ? fault.code : fault),
      );
    expect(await code(bodyOf(own.maintenance.$put({ ...of(account), json: { on: true } })))).toBe(
      'no-own-listeners',
    );
    expect(
      await code(bodyOf(own.clock.$post({ ...of(account), json: { to: '2000-01-01T00:00:00.000Z' } }))),
    ).toBe('clock-cannot');
    const login = account.connections[0]?.login ?? '';
    const connections = [{ name: 'x', sender: 'a@b.example', login }];
    expect(await code(bodyOf(client.accounts.$post({ json: { connections } })))).toBe('login-taken');
  });

  test('a login that one setup names twice', async () => {
    const connection = { name: 'x', sender: 'a@b.example', login: 'twice' };
    const refused = bodyOf(client.accounts.$post({ json: { connections: [connection, connection] } }));
    await expect(refused).rejects.toMatchObject({ code: 'login-taken', status: 409 });
  });

  test('a login that is asked for several times at once is one account’s, and nothing is left of the others', async () => {
    const connections = [{ name: 'x', sender: 'a@b.example', login: 'contested' }];
    const asked = await Promise.allSettled(
      Array.from({ length: 8 }, () => bodyOf(client.accounts.$post({ json: { connections } }))),
    );
    const refused = asked.filter((each) => each.status === 'rejected');
    expect(refused).toHaveLength(7);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'login-taken', status: 409 });
  });
});

describe('an account’s clock', () => {
  test('frozen it stands still until it is moved; running it runs on from there', async () => {
    const at = '2026-01-15T12:00:00.000Z';
    const account = await bodyOf(client.accounts.$post({ json: { clock: { now: at, frozen: true } } }));
    const move = (json: { advanceMs?: number; to?: string; frozen?: boolean }) =>
      bodyOf(client.accounts[':account'].clock.$post({ ...of(account), json }));
    expect(account.clock).toEqual({ now: at, frozen: true });
    expect(await move({ advanceMs: 4_999 })).toEqual({ now: '2026-01-15T12:00:04.999Z', frozen: true });
    expect(await move({ to: '2026-02-28T00:00:00.000Z' })).toMatchObject({ now: '2026-02-28T00:00:00.000Z' });
    expect(await move({ frozen: false })).toMatchObject({ frozen: false });
    const { clock } = await bodyOf(client.accounts[':account'].$get(of(account)));
    expect(Date.parse(clock.now)).toBeGreaterThanOrEqual(Date.parse('2026-02-28T00:00:00.000Z'));
  });
});

describe('maintenance', () => {
  test('of the shared listeners, switched on and off', async () => {
    await using apart = await startProbed();
    const control = openControlClient(apart.sandbox.controlUrl);
    await bodyOf(control.gateway.maintenance.$put({ json: { on: true } }));
    await using refused = await openRawClient(apart.number(587));
    expect(await refused.reply()).toBe('421 4.4.5 Server is temporarily unavailable');
    await bodyOf(control.gateway.maintenance.$put({ json: { on: false } }));
    await using greeted = await openRawClient(apart.number(587));
    expect(await greeted.reply()).toMatch(/^220 /);
  });

  test('of an account’s own listeners alone; QUIT is still answered with 221', async () => {
    const account = await probed.newAccount({ listeners: 'own' });
    const number = account.listeners.find((each) => each.port === 25)?.number ?? 0;
    await using open = await openRawClient(number);
    await open.reply();
    await using other = await openRawClient(number);
    await other.reply();
    await bodyOf(client.accounts[':account'].maintenance.$put({ ...of(account), json: { on: true } }));
    expect(await open.say('QUIT')).toBe('221 Bye');
    expect(await other.say('XYZZY')).toBe('421 4.4.5 Server is temporarily unavailable');
    await using shared = await openRawClient(probed.number(25));
    expect(await shared.reply()).toMatch(/^220 /);
  });

  test('on listeners of an account’s own nobody else’s login is known', async () => {
    const owner = await probed.newAccount({ listeners: 'own' });
    const stranger = await probed.newAccount();
    await using session = await openRawClient(owner.listeners.find((each) => each.port === 587)?.number ?? 0);
    await session.reply();
    await session.say('EHLO client.example');
    expect(await session.say(`AUTH PLAIN ${plain(stranger)}`)).toBe('535 5.7.8 Incorrect login or password');
    expect(await session.say(`AUTH PLAIN ${plain(owner)}`)).toMatch(/^235 /);
  });
});

describe('transcripts', () => {
  test('show every line with its decision, and no secret', async () => {
    const account = await probed.newAccount();
    const [connection] = account.connections;
    await using session = await probed.greeted();
    await session.say(`AUTH PLAIN ${plain(account, 'a wrong password')}`);
    await session.say('AUTH LOGIN');
    await session.say(base64(connection?.login ?? ''));
    await session.say(base64(connection?.password ?? ''));
    await session.say('MAIL FROM:<x@nobody.example>');
    const { sessions } = await bodyOf(
      client.accounts[':account'].sessions.$get({ ...of(account), query: {} }),
    );
    expect(sessions).toHaveLength(1);
    const said = sessions[0]?.entries.flatMap((entry) => (entry.kind === 'wire' ? [entry.octets] : []));
    expect(said).toContain('AUTH PLAIN ********\r\n');
    expect(said?.filter((octets) => octets === '********\r\n')).toHaveLength(2);
    expect(said).toContain('553 Domain not found\r\n');
    expect(sessions[0]?.entries).toContainEqual(
      expect.objectContaining({ kind: 'decision', rule: 'error.553-domain.stage' }),
    );
    const everything = JSON.stringify(await bodyOf(client.sessions.$get({ query: {} })));
    expect(everything).not.toContain(base64(connection?.password ?? ''));
    expect(everything).not.toContain(base64('a wrong password'));
  });

  test('keep refused sessions and failed handshakes too', async () => {
    const account = await probed.newAccount({ listeners: 'own' });
    const number = account.listeners.find((each) => each.port === 465)?.number ?? 0;
    await using session = await openRawClient(number);
    session.send('EHLO plain.example\r\n');
    await session.untilClosed();
    const { sessions } = await bodyOf(
      client.accounts[':account'].sessions.$get({ ...of(account), query: {} }),
    );
    expect(sessions[0]).toMatchObject({
      port: 465,
      entries: [{ kind: 'failed handshake' }, { kind: 'closed' }],
    });
  });

  test('tell what the TLS handshake settled, after STARTTLS too', async () => {
    const account = await probed.newAccount({ listeners: 'own' });
    await using session = await openRawClient(
      account.listeners.find((each) => each.port === 25)?.number ?? 0,
    );
    await session.reply();
    await session.say('EHLO client.example');
    await session.say('STARTTLS');
    await session.startTls(probed.sandbox.certificateAuthority);
    await session.say('EHLO client.example');
    const { sessions } = await bodyOf(
      client.accounts[':account'].sessions.$get({ ...of(account), query: {} }),
    );
    expect(sessions[0]?.entries).toContainEqual(
      expect.objectContaining({ kind: 'tls', protocol: 'TLSv1.3', servername: 'localhost' }),
    );
  });

  test('are bounded in size and number', async () => {
    const account = await probed.newAccount();
    await using session = await probed.loggedIn(account);
    session.send('NOOP\r\n'.repeat(3_000));
    await session.replies(3_000);
    const { sessions } = await bodyOf(
      client.accounts[':account'].sessions.$get({ ...of(account), query: {} }),
    );
    expect(sessions[0]).toMatchObject({ truncated: true });
    expect(JSON.stringify(sessions).length).toBeLessThan(200_000);
  });

  test('keep the beginning of a long message, and what is said after it', async () => {
    const account = await probed.newAccount();
    await using session = await probed.loggedIn(account);
    const sender = account.connections[0]?.sender ?? '';
    await session.say(`MAIL FROM:<${sender}>`);
    await session.say('RCPT TO:<to@recipient.example>');
    await session.say('DATA');
    const message = `From: <${sender}>\r\n\r\n${'a line of it\r\n'.repeat(8_000)}`;
    await session.say(`${message}.`);
    await session.say('NOOP');
    const { sessions } = await bodyOf(
      client.accounts[':account'].sessions.$get({ ...of(account), query: {} }),
    );
    expect(sessions[0]?.truncated).toBe(false);
    const entries = sessions[0]?.entries ?? [];
    expect(entries.find((entry) => entry.kind === 'wire' && entry.size !== undefined)).toMatchObject({
      octets: message.slice(0, 16 * 1024),
      size: message.length,
    });
    expect(entries).toContainEqual(expect.objectContaining({ octets: 'NOOP\r\n' }));
  });

  test('show nothing behind what is missing, where a reply would look like the answer to another line', async () => {
    const account = await probed.newAccount();
    await using session = await probed.loggedIn(account);
    // each is longer than the last room that is left, sooner or later; its reply would find room
    session.send(`NOOP ${'x'.repeat(400)}\r\n`.repeat(200));
    await session.replies(200);
    const { sessions } = await bodyOf(
      client.accounts[':account'].sessions.$get({ ...of(account), query: {} }),
    );
    const said = (sessions[0]?.entries ?? []).filter((entry) => entry.kind === 'wire').slice(-20);
    const sides = said.map(({ direction }) => direction).join('');
    expect(sessions[0]?.truncated).toBe(true);
    expect(sides).toMatch(/^S?(?:CS)*C?$/);
  });
});

test('settled waits for the last outcome, and says what is under way when the limit passes', async () => {
  const waiting = Promise.withResolvers<{ kind: 'taken' }>();
  await using slow = await startProbed({
    parts: { writer: (own) => ({ ...own, handOver: () => waiting.promise }) },
  });
  const account = await slow.newAccount();
  await using session = await slow.inData(account, 'x@a.example');
  session.send(`From: ${senderOf(account)}\r\n\r\nx\r\n.\r\n`);
  await session.reply();
  const control = openControlClient(slow.sandbox.controlUrl);
  const settled = (timeoutMs: number) =>
    bodyOf(control.accounts[':account'].settled.$post({ ...of(account), json: { timeoutMs } }));
  await expect(settled(20)).rejects.toThrow(/1 emails? .*handed over/);
  waiting.resolve({ kind: 'taken' });
  expect(await settled(5_000)).toEqual({ settled: true });
});
