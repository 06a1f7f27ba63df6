import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startProbed, type Probed } from './probe-fixture.ts';

// The dashboard's files on the control API's port; what they show is another matter.
const folder = await mkdtemp(join(tmpdir(), 'gauntlet-web-'));
let probed: Probed;
let url: string;

beforeAll(async () => {
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<meta name="style-nonce" content="{{nonce}}"><p>the page</p>');
  await writeFile(join(folder, 'assets', 'page-x1.js'), 'export {};');
  await writeFile(join(folder, 'secret.js'), 'not to be read');
  probed = await startProbed({ control: { dashboard: folder, token: 'the token' } });
  url = probed.sandbox.controlUrl;
});
afterAll(async () => {
  await probed[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const policyOf = (response: Response): string => response.headers.get('content-security-policy') ?? '';

test('the root leads to the dashboard', async () => {
  const response = await fetch(`${url}/`, { redirect: 'manual' });
  expect([response.status, response.headers.get('location')]).toEqual([302, '/ui/']);
});

test.each(['/ui/', '/ui/accounts/acc-1', '/ui/accounts/acc-1/history?status=bounced', '/ui/accounts'])(
  '%s is the page, without a token, never kept, with a nonce of its own',
  async (path) => {
    const [first, second] = await Promise.all([fetch(`${url}${path}`), fetch(`${url}${path}`)]);
    const text = await first.text();
    expect(text).toContain('the page');
    expect(first.headers.get('cache-control')).toBe('no-store');
    const nonce = /content="([^"]+)"/.exec(text)?.[1] ?? 'none';
    expect(nonce.length).toBeGreaterThan(20);
    expect(policyOf(first)).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(policyOf(first)).toContain("default-src 'self'");
    expect(policyOf(first)).not.toContain('unsafe');
    expect(policyOf(second)).not.toContain(nonce);
  },
);

test('a built file is kept for ever, since its name has its hash', async () => {
  const response = await fetch(`${url}/ui/assets/page-x1.js`);
  expect(response.headers.get('content-type')).toContain('text/javascript');
  expect(response.headers.get('cache-control')).toContain('immutable');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  // a worker has the policy of its own file, and reads the event stream
  expect(policyOf(response)).toContain("default-src 'none'; script-src 'self'; connect-src 'self'");
});

test.each([
  'nothing-x2.js',
  '..%2Fsecret.js',
  '%2e%2e%2fsecret.js',
  '.hidden.js',
  'index.html',
  'page-x1.js%00',
])('there is no file %s, and no page in its place', async (file) => {
  const response = await fetch(`${url}/ui/assets/${file}`);
  expect(response.status).toBe(404);
  expect(await response.text()).not.toContain('not to be read');
});

test.each(['/gateway', '/accounts', '/accounts/acc-1', '/docs', '/openapi.json'])(
  'the API’s %s still wants its token',
  async (path) => {
    const response = await fetch(`${url}${path}`);
    expect(response.status).toBe(401);
  },
);

test('a mistyped path of the API is no page', async () => {
  const response = await fetch(`${url}/acounts`, { headers: { authorization: 'Bearer the token' } });
  expect([response.status, await response.json()]).toEqual([
    404,
    expect.objectContaining({ code: 'no-such-route' }),
  ]);
});

test('the certificate authority is there for clients', async () => {
  expect(await (await fetch(`${url}/ui/ca.pem`)).text()).toBe(probed.sandbox.certificateAuthority);
});

test('where nothing is built, the page says what to do', async () => {
  await using apart = await startProbed({ control: { dashboard: join(folder, 'nowhere') } });
  const response = await fetch(`${apart.sandbox.controlUrl}/ui/`);
  expect([response.status, await response.text()]).toEqual([503, expect.stringContaining('npm run pages')]);
});

test('without a dashboard the root leads to the documentation of the API', async () => {
  await using apart = await startProbed();
  const response = await fetch(`${apart.sandbox.controlUrl}/`);
  expect([response.url, response.status]).toEqual([`${apart.sandbox.controlUrl}/docs`, 200]);
});
