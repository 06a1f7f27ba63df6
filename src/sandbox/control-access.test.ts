/** Who may call the control API, and what it tells of itself. */
import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { bodyOf, openControlClient } from '../control-api/client.ts';
import { base64, plain, startProbed, startProbedForFile } from './probe-fixture.ts';

const probed = await startProbedForFile();

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

  test('an IPv6 address among its names, as a Host has it', async () => {
    await using apart = await startProbed({ names: ['FD00::1', '[fd00::2]', 'shop.example'] });
    const url = apart.sandbox.controlUrl;
    expect(await ask(url, { host: '[fd00::1]:8080' })).toBe(200);
    expect(await ask(url, { host: '[fd00::2]' })).toBe(200);
    expect(await ask(url, { host: 'shop.example:8080' })).toBe(200);
    expect(await ask(url, { host: '[fd00::3]:8080' })).toBe(403);
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

  test('an idle connection is kept for longer than a busy client would wait', async () => {
    const response = await fetch(`${probed.sandbox.controlUrl}/gateway`);
    await response.arrayBuffer();
    expect(response.headers.get('keep-alive')).toBe('timeout=65');
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

test('the gateway’s clock times the lock of an address, whatever the account’s clock shows', async () => {
  await using apart = await startProbed({ choices: { addressAttempts: 3 } });
  const control = openControlClient(apart.sandbox.controlUrl);
  const clock = { now: '2100-01-01T00:00:00.000Z', frozen: true };
  const account = await apart.newAccount({ clock });
  const unknown = base64('\0nobody\0x');
  await using session = await apart.greeted();
  for (let time = 0; time < 3; time += 1) expect(await session.say(`AUTH PLAIN ${unknown}`)).toMatch(/^535 /);
  expect(await session.say(`AUTH PLAIN ${plain(account)}`)).toMatch(/^454 /);
  await bodyOf(control.gateway.clock.$post({ json: { advanceMs: 5 * 60_000 } }));
  expect(await session.say(`AUTH PLAIN ${plain(account)}`)).toMatch(/^235 /);
});

test('the OpenAPI document and its page name every route', async () => {
  const document = (await (await fetch(`${probed.sandbox.controlUrl}/openapi.json`)).json()) as {
    openapi: string;
    paths: object;
  };
  expect(document.openapi).toBe('3.1.0');
  const page = await (await fetch(`${probed.sandbox.controlUrl}/docs`)).text();
  for (const path of Object.keys(document.paths)) expect(page).toContain(path);
  expect(Object.keys(document.paths).length).toBeGreaterThan(20);
});
