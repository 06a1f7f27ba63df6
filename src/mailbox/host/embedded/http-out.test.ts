import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { openMailbox } from '../../mailbox.ts';

test('an idle connection is kept for longer than a busy client would wait', async () => {
  await using mailbox = await openMailbox({ kind: 'embedded' });
  const response = await fetch(`${mailbox.api}/readyz`);
  await response.arrayBuffer();
  expect(response.headers.get('keep-alive')).toBe('timeout=65');
});

describe('who may read and change the mailbox', () => {
  const ask = (url: string, headers: Record<string, string>, method = 'GET') =>
    new Promise<number | undefined>((resolve, reject) => {
      // fetch would not let a test say another Host
      const asked = request(url, { headers, method }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      asked.on('error', reject).end();
    });

  test.each([
    ['nothing said', {}, 200],
    ['its own page', { origin: 'own', 'sec-fetch-site': 'same-origin' }, 200],
    ['a typed address', { 'sec-fetch-site': 'none' }, 200],
    ['a rebound name', { host: 'evil.example' }, 403],
    ['a rebound name with a port', { host: 'evil.example:8025' }, 403],
    ['a page of another origin', { origin: 'https://evil.example' }, 403],
    ['a page on another port of this host', { origin: 'http://127.0.0.1:1' }, 403],
    ['a sandboxed page', { origin: 'null' }, 403],
    ['a page of another site, blindly', { 'sec-fetch-site': 'cross-site' }, 403],
    ['another port, blindly', { 'sec-fetch-site': 'same-site' }, 403],
  ])('%s', async (_what, given, status) => {
    await using mailbox = await openMailbox({ kind: 'embedded' });
    const headers: Record<string, string> = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, value === 'own' ? mailbox.api : value]),
    );
    for (const path of ['/api/v1/messages', '/api/v1/info', '/api/v1/search?query=x'])
      expect([path, await ask(`${mailbox.api}${path}`, headers)]).toEqual([path, status]);
    expect(await ask(`${mailbox.api}/api/v1/messages`, headers, 'DELETE')).toBe(status);
  });

  test.each(['/', '/readyz', '/api/v1/messages', '/nowhere', '/view/latest.html'])(
    'the answer to %s runs nothing and is read as what it is',
    async (path) => {
      await using mailbox = await openMailbox({ kind: 'embedded' });
      const { headers } = await fetch(`${mailbox.api}${path}`);
      expect(headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none';/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
    },
  );

  test.each([
    ['announced', (body: Buffer) => body],
    ['in chunks', (body: Buffer) => new Blob([body]).stream()],
  ])('a request that is too large (%s) is refused and not kept', async (_how, bodyOf) => {
    await using mailbox = await openMailbox({ kind: 'embedded' });
    const body = bodyOf(Buffer.alloc(8 * 1024 * 1024));
    for (const path of ['/nowhere', '/api/v1/messages']) {
      const status = await fetch(`${mailbox.api}${path}`, { method: 'PUT', body, duplex: 'half' }).then(
        (response) => response.status,
        // the refusal may overtake what the client is still writing
        () => 413,
      );
      expect(status).toBe(413);
    }
    expect((await fetch(`${mailbox.api}/readyz`)).status).toBe(200);
  });
});
