/** Under an account's path nothing of another account can be read or changed, by the token as by the cookie. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Account } from '../control-api/schemas.ts';
import { sendSettled, senderOf, startProbed, type Probed } from './probe-fixture.ts';

const TOKEN = 'a long secret';

let probed: Probed;
let url: string;
/** What shows who calls, by each way. */
let ways: Readonly<Record<'token' | 'cookie', Readonly<Record<string, string>>>>;
let caller: Account;
let other: Account;
/** Ids of the other account, by what they name. */
let ids: Readonly<Record<string, string>>;

beforeAll(async () => {
  probed = await startProbed({ control: { token: TOKEN }, keepMs: 60_000 });
  url = probed.sandbox.controlUrl;
  const login = await fetch(`${url}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: TOKEN }),
  });
  ways = {
    token: { authorization: `Bearer ${TOKEN}` },
    cookie: { cookie: login.headers.get('set-cookie')?.split(';')[0] ?? '', 'x-gauntlet': '1' },
  };
  caller = await probed.newAccount();
  other = await probed.newAccount({
    domains: [{ name: 'others.example', state: 'unverified' }],
    connections: [{ name: 'Others', sender: 'a@others.example' }],
    recipients: [{ address: 'full@first.example', role: 'full' }],
  });
  const { operations } = probed.sandbox;
  await operations.setDomain(other.id, { name: 'others.example', state: 'verified' });
  await operations.addSuppression(other.id, 'gone@first.example');
  const trigger = await operations.addTrigger(other.id, {
    stage: 'RCPT',
    match: {},
    after: 0,
    delayMs: 0,
  });
  const [email] = await sendSettled(probed, other, ['b@b.example'], `From: <${senderOf(other)}>\r\n\r\nx`);
  ids = {
    connection: other.connections[0]?.id ?? '',
    email: email?.id ?? '',
    trigger: trigger.id,
    domain: 'others.example',
    sender: 'a@others.example',
    suppression: 'gone@first.example',
    recipient: 'full@first.example',
  };
});
afterAll(() => probed[Symbol.asyncDispose]());

type Asked = readonly [method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body: object | undefined];

const paths: readonly Asked[] = [
  ['GET', 'connections/{connection}', undefined],
  ['PUT', 'connections/{connection}/block', { blocked: true }],
  ['PUT', 'connections/{connection}/send-limit', { limit: 0 }],
  ['POST', 'connections/{connection}/password', undefined],
  ['GET', 'emails/{email}', undefined],
  ['GET', 'emails/{email}/raw', undefined],
  ['GET', 'emails/{email}/html', undefined],
  ['GET', 'domains/{domain}', undefined],
  ['PUT', 'domains/{domain}/records', { kind: 'spf', published: false }],
  ['POST', 'domains/{domain}/verify', undefined],
  ['DELETE', 'domains/{domain}', undefined],
  ['DELETE', 'senders/{sender}', undefined],
  ['DELETE', 'suppressions/{suppression}', undefined],
  ['DELETE', 'recipients/{recipient}', undefined],
  ['DELETE', 'triggers/{trigger}', undefined],
];

const call = (way: 'token' | 'cookie' | undefined, account: string, [method, path, body]: Asked) =>
  fetch(
    `${url}/accounts/${account}/${path.replace(/\{(\w+)\}/, (_, name: string) => encodeURIComponent(ids[name] ?? ''))}`,
    {
      method,
      headers: {
        ...(way !== undefined && ways[way]),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    },
  );

const standing = async () => ({
  account: { ...(await probed.sandbox.operations.showAccount(other.id)), clock: undefined },
  triggers: await probed.sandbox.operations.listTriggers(other.id),
  recipients: await probed.sandbox.operations.listRecipients(other.id, { limit: 10 }),
});

describe.each(['token', 'cookie'] as const)('by the %s', (way) => {
  test.each(paths)('%s %s of another account is not there, and stays as it is', async (...asked) => {
    const before = await standing();
    expect((await call(way, caller.id, asked)).status).toBe(404);
    expect(await standing()).toEqual(before);
  });
});

test.each(paths)('%s %s needs one of them', async (...asked) => {
  const before = await standing();
  expect((await call(undefined, other.id, asked)).status).toBe(401);
  expect(await standing()).toEqual(before);
});

test('under its own account each of the paths that read is there', async () => {
  for (const asked of paths.filter(([method]) => method === 'GET'))
    expect([asked[1], (await call('cookie', other.id, asked)).status]).not.toEqual([asked[1], 404]);
});
