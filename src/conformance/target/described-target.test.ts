import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { openDescribedTarget } from './described-target.ts';
import type { Needs } from '../situation/needs.ts';
import { usualNeeds } from './needs-fixture.ts';
import { readTargetDescription } from './target-description.ts';

const described = {
  name: 'theirs',
  modes: { '25': 'mail.example:2525', '465+tls': '[::1]:465' },
  login: { login: 'shop', password: 'secret' },
  sender: 'orders@shop.example',
  senders: { unregistered: 'orders@elsewhere.example' },
  recipients: { accepts: ['*@inbox.example'], full: ['full@inbox.example'] },
  limits: { 'size-limit': 2000 },
  'patience-ms': 5000,
};

const waited: number[] = [];
const target = openDescribedTarget({
  description: readTargetDescription(JSON.stringify(described), 'gateway.json', emailmassivo),
  certificateAuthority: undefined,
  unique: 'u',
  wait: (ms) => Promise.resolve(void waited.push(ms)),
});

async function situationFor(needs: Partial<Needs> = {}) {
  const arranged = await target.arrange({ ...usualNeeds, ...needs });
  if (arranged.kind !== 'arranged') throw new Error(arranged.missing);
  return arranged.situation;
}

describe('what is not there is not arranged, and the need is named', () => {
  test.each<[string, Partial<Needs>]>([
    ['a balance that can be set', { balance: 2 }],
    ['a balance that can be set', { plans: [{ kind: 'monthly', sends: 1 }] }],
    ['a sender whose domain is unverified', { domain: 'unverified' }],
    ['a login whose connection is blocked', { connection: 'blocked' }],
    ['a second login of another account', { secondLogin: 'another account' }],
    ['a rate limit of 1 in 1000 ms', { rate: { limit: 1, perMs: 1000 } }],
    ['a size-limit of 3000', { sizeLimit: 3000 }],
    ['a recipient that is suppressed', { recipients: new Map([['to', 'suppressed']]) }],
    [
      '2 recipients that are full',
      {
        recipients: new Map([
          ['to', 'full'],
          ['cc', 'full'],
        ]),
      },
    ],
    ['a clock that can be set', { clock: '2026-02-01T00:00:00.000Z' }],
    ['a world that can be changed (block)', { changes: ['block'] }],
  ])('%s', async (missing, needs) => {
    expect(await target.arrange({ ...usualNeeds, ...needs })).toEqual({ kind: 'not-arranged', missing });
  });
});

test('what is described is handed out: senders, recipients of their own, logins, limits', async () => {
  const situation = await situationFor({
    domain: 'unregistered',
    sizeLimit: 2000,
    recipients: new Map([
      ['to', 'accepts'],
      ['cc', 'accepts'],
      ['full', 'full'],
    ]),
  });
  expect(situation.sender).toBe('orders@elsewhere.example');
  const [to = '', cc = '', full] = situation.recipients.values();
  expect(to).toMatch(/^to-u-\d+@inbox\.example$/);
  expect(cc).toMatch(/^cc-u-\d+@inbox\.example$/);
  expect(full).toBe('full@inbox.example');
  expect(situation.credentials('first')).toEqual({ login: 'shop', password: 'secret' });
  expect(situation.credentials('second')).toBeUndefined();
});

test('a mode has the listener that is described for it, and none where none is', async () => {
  const situation = await situationFor();
  expect(situation.endpoint(465, '465+tls')).toMatchObject({ host: '::1', port: 465 });
  expect(situation.endpoint(25, '25')).toMatchObject({ host: 'mail.example', port: 2525 });
  expect(situation.endpoint(25, '25+starttls')).toBeUndefined();
});

test('time is really waited for, as far as patience goes, and never set', async () => {
  const situation = await situationFor();
  expect(await situation.passTime({ ms: 3000 })).toEqual({ kind: 'done' });
  expect(await situation.passTime({ ms: 3000 })).toMatchObject({ kind: 'not-arranged' });
  expect(await situation.passTime({ until: '2026-02-01T00:00:00.000Z' })).toMatchObject({
    kind: 'not-arranged',
  });
  expect(waited).toEqual([3000]);
});

test('nothing of the end is shown, and nothing is declared', async () => {
  const situation = await situationFor();
  expect(await situation.observe()).toMatchObject({
    charged: undefined,
    history: undefined,
    balance: undefined,
  });
  expect(target).toMatchObject({ declaresChoices: false, oneAtATime: true });
});

test('the example of docs/foreign-gateways.md can be read, its password from the environment', async () => {
  const page = await readFile(new URL('../../../docs/foreign-gateways.md', import.meta.url), 'utf8');
  const example = /^```yaml\n(.*?)^```$/ms.exec(page)?.[1] ?? '';
  expect(
    readTargetDescription(example, 'gateway.yaml', emailmassivo, { SHOP_PASSWORD: 'secret' }).login,
  ).toEqual({
    login: 'shop',
    password: 'secret',
  });
  expect(() => readTargetDescription(example, 'gateway.yaml', emailmassivo)).toThrow(
    'gateway.yaml names ${SHOP_PASSWORD}, which the environment has not.',
  );
});

test('a description that cannot be used is told with every mistake, or with the place in the file', () => {
  const broken = { ...described, modes: { '25': 'nowhere' }, recipient: {} };
  expect(() => readTargetDescription(JSON.stringify(broken), 'gateway.json', emailmassivo)).toThrow(
    /^gateway\.json describes no target: modes\.25: an address of a listener is written host:port; it: Unrecognized key: "recipient"\.$/,
  );
  expect(() => readTargetDescription('name: a: b', 'gateway.yaml', emailmassivo)).toThrow(
    /^gateway\.yaml:1:7: /,
  );
});
