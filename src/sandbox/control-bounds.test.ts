/** What the control API takes no more than, and what it says with every answer. */
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { bodyOf, openControlClient } from '../control-api/client.ts';
import { readSessions } from '../control-api/read-sessions.ts';
import { MOST_STREAMS_OF_ACCOUNT } from './operations/event-log.ts';
import type { Wire } from './gateway/wire.ts';
import { startProbed, startProbedForFile } from './probe-fixture.ts';
import { openRawClient } from './raw-client-fixture.ts';

const probed = await startProbedForFile();
const url = probed.sandbox.controlUrl;
const json = { 'content-type': 'application/json' };

describe('transcripts come by page', () => {
  test('each of them once, whatever the limit, and none is missed that comes meanwhile', async () => {
    await using apart = await startProbed();
    const account = await apart.newAccount();
    for (let at = 0; at < 7; at += 1) {
      await using session = await apart.loggedIn(account);
      await session.say('QUIT');
    }
    const own = openControlClient(apart.sandbox.controlUrl);
    const all = await readSessions(own);
    expect(all).toHaveLength(7);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: { limit: string; cursor?: string } = {
        limit: '2',
        ...(cursor === null ? {} : { cursor }),
      };
      const page: { sessions: { id: string }[]; next: string | null } = await bodyOf(
        own.accounts[':account'].sessions.$get({ param: { account: account.id }, query }),
      );
      expect(page.sessions.length).toBeLessThanOrEqual(2);
      seen.push(...page.sessions.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== null);
    expect(seen).toEqual(all.map(({ id }) => id));
  });

  test('a page is bounded in octets, not in transcripts alone', async () => {
    await using apart = await startProbed();
    for (let at = 0; at < 120; at += 1) {
      await using session = await openRawClient(apart.number(587));
      await session.reply();
      session.send(`${'x'.repeat(15_000)}\r\n`.repeat(4));
      await session.replies(4);
    }
    const page = await fetch(`${apart.sandbox.controlUrl}/sessions?limit=500`);
    expect((await page.arrayBuffer()).byteLength).toBeLessThan(6 * 1024 * 1024);
    expect(await readSessions(openControlClient(apart.sandbox.controlUrl))).toHaveLength(120);
  });

  test('failed handshakes leave what a session said where it is', async () => {
    await using apart = await startProbed();
    const account = await apart.newAccount();
    {
      await using session = await apart.loggedIn(account);
      await session.say('QUIT');
    }
    // enough to pass the share of silent sessions many times; the bound itself is the recorder's test
    for (let at = 0; at < 100; at += 1) {
      const socket = connectTls({ host: '127.0.0.1', port: apart.number(465), ca: [] });
      await new Promise((resolve) => socket.once('error', resolve));
      socket.destroy();
    }
    const sessions = await readSessions(openControlClient(apart.sandbox.controlUrl), account.id);
    expect(sessions).toHaveLength(1);
  });

  test.each(['x', '1.2', '-1', '1e3'])('"%s" is no cursor', async (cursor) => {
    const response = await fetch(`${url}/sessions?cursor=${cursor}`);
    expect([response.status, await response.json()]).toMatchObject([400, { code: 'bad-cursor' }]);
  });
});

describe('a page of another site', () => {
  const ask = (path: string, headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      // fetch sets these fields by itself
      const asked = request(`${url}${path}`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      asked.on('error', reject).end();
    });

  test.each([
    ['cross-site', 403],
    ['same-site', 403],
    ['something new', 403],
    ['same-origin', 200],
    ['none', 200],
  ])('a request that the browser calls %s gets %s', async (site, status) => {
    for (const path of ['/sessions', '/gateway', '/docs', '/openapi.json'])
      expect([path, await ask(path, { 'sec-fetch-site': site })]).toEqual([path, status]);
  });
});

test.each(['/', '/docs', '/gateway', '/sessions', '/openapi.json', '/nowhere', '/accounts/nobody'])(
  'the answer to %s is kept nowhere, framed nowhere and read as what it is',
  async (path) => {
    const { headers } = await fetch(`${url}${path}`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  },
);

describe('a key that no schema knows', () => {
  test.each([
    ['POST', '/gateway/clock', { advance: 10_000 }],
    ['PUT', '/gateway/maintenance', { on: false, of: true }],
    ['POST', '/accounts', { balace: 5 }],
    ['POST', '/accounts', { limits: { ratelimit: 5 } }],
    ['POST', '/accounts', { clock: { advanceMs: 5 } }],
    ['POST', '/accounts', { connections: [{ name: 'x', sender: 'a@b.example', pasword: 'x' }] }],
    ['PUT', '/accounts/:id/balance', { sends: 5, send: 5 }],
    ['POST', '/accounts/:id/triggers', { stage: 'MAIL', match: { from: 'a@b.example' } }],
    ['POST', '/accounts/:id/settled', { timeout: 5 }],
    ['POST', '/accounts/:id/history/wait', { count: 1, recipients: 'a@b.example', timeoutMs: 1 }],
  ])('%s %s refuses %j', async (method, path, body) => {
    const account = await probed.newAccount();
    const response = await fetch(`${url}${path.replace(':id', account.id)}`, {
      method,
      headers: json,
      body: JSON.stringify(body),
    });
    expect([response.status, await response.json()]).toMatchObject([400, { code: 'bad-input' }]);
  });

  test('the document says so of every object in every body', async () => {
    const document = (await (await fetch(`${url}/openapi.json`)).json()) as OpenApi;
    const open: string[] = [];
    const look = (schema: Schema, at: string): void => {
      if (schema.$ref !== undefined) {
        look(document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, at);
        return;
      }
      if (schema.type === 'object' && schema.additionalProperties !== false) open.push(at);
      for (const [name, inner] of Object.entries(schema.properties ?? {})) look(inner, `${at}.${name}`);
      if (schema.items !== undefined) look(schema.items, `${at}[]`);
      for (const inner of [...(schema.anyOf ?? []), ...(schema.allOf ?? [])]) look(inner, at);
    };
    let bodies = 0;
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, { requestBody }] of Object.entries(methods)) {
        const schema = requestBody?.content['application/json']?.schema;
        if (schema === undefined) continue;
        bodies += 1;
        look(schema, `${method} ${path}`);
      }
    }
    expect(bodies).toBeGreaterThan(15);
    expect(open).toEqual([]);
  });
});

interface Schema {
  readonly $ref?: string;
  readonly type?: unknown;
  readonly additionalProperties?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

interface OpenApi {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly requestBody?: {
              readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
            };
          }
        >
      >
    >
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

test.each([
  ['another number', { kind: 'prepaid', sends: 600 }],
  ['another kind', { kind: 'monthly', sends: 500 }],
] as const)(
  'an idempotency key that comes back with %s is refused, and buys nothing',
  async (_what, other) => {
    const account = await probed.newAccount({ balance: 0 });
    const buy = (order: { kind: 'prepaid' | 'monthly'; sends: number }) =>
      fetch(`${url}/accounts/${account.id}/purchases`, {
        method: 'POST',
        headers: { ...json, 'idempotency-key': 'k' },
        body: JSON.stringify(order),
      });
    const first = await buy({ kind: 'prepaid', sends: 500 });
    const again = await buy({ kind: 'prepaid', sends: 500 });
    expect([first.status, again.status]).toEqual([201, 201]);
    const refused = await buy(other);
    expect([refused.status, await refused.json()]).toMatchObject([422, { code: 'key-reused' }]);
    expect((await probed.sandbox.operations.showAccount(account.id)).balance).toBe(500);
  },
);

test('more event streams than the bound are refused, and one that ends makes room', async () => {
  await using apart = await startProbed();
  const account = await apart.newAccount();
  const events = `${apart.sandbox.controlUrl}/accounts/${account.id}/events`;
  const aborters = Array.from({ length: MOST_STREAMS_OF_ACCOUNT }, () => new AbortController());
  const open = await Promise.all(aborters.map(({ signal }) => fetch(events, { signal })));
  expect(new Set(open.map(({ status }) => status))).toEqual(new Set([200]));
  const refused = await fetch(events);
  expect([refused.status, z.object({ code: z.string() }).parse(await refused.json()).code]).toEqual([
    429,
    'too-many-streams',
  ]);
  for (const aborter of aborters) aborter.abort();
  let status = 429;
  // the sandbox hears of the close when the socket tells it
  while (status === 429) {
    const ending = new AbortController();
    status = (await fetch(events, { signal: ending.signal })).status;
    ending.abort();
  }
  expect(status).toBe(200);
});

describe('listeners of its own that cannot be opened', () => {
  /** A sandbox whose listeners can be opened so many times: a system without descriptors, as seen from inside. */
  const openable = (times: number) => {
    let left = times;
    return {
      wire: (own: Wire): Wire => ({
        ...own,
        implicitTls: (port) => {
          left -= 1;
          if (left < 0) throw new Error('listen EMFILE: too many open files');
          return own.implicitTls(port);
        },
      }),
    };
  };
  const setup = { connections: [{ name: 'x', sender: 'a@b.example', login: 'wanted' }] };

  // the shared ones are three; of its own none, one or two can be opened
  test.each([3, 4, 5])('leave no account behind, nor its login (%i can be opened)', async (times) => {
    await using apart = await startProbed({ parts: openable(times) });
    const response = await fetch(`${apart.sandbox.controlUrl}/accounts`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ ...setup, listeners: 'own' }),
    });
    const body: unknown = await response.json();
    expect([response.status, body]).toMatchObject([409, { code: 'cannot-listen' }]);
    expect(JSON.stringify(body)).toContain('EMFILE');
    const own = openControlClient(apart.sandbox.controlUrl);
    const account = await bodyOf(own.accounts.$post({ json: setup }));
    expect(account.connections[0]?.login).toBe('wanted');
  });

  test('are missed after a restart, which goes on and says so', async () => {
    const data = await mkdtemp(join(tmpdir(), 'gauntlet-own-'));
    onTestFinished(() => rm(data, { recursive: true }));
    const first = await startProbed({ data });
    await first.newAccount({ listeners: 'own' });
    const theirs = await first.newAccount({ listeners: 'own' });
    await first[Symbol.asyncDispose]();
    const notices: string[] = [];
    await using second = await startProbed({
      data,
      parts: openable(6),
      onNotice: (sentence) => notices.push(sentence),
    });
    expect(notices).toEqual([
      `Account ${theirs.id} has no listeners of its own until the next start: listen EMFILE: too many open files`,
    ]);
    await using session = await second.loggedIn(theirs);
    await session.say('QUIT');
  });
});
