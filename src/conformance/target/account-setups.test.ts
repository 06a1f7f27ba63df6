import { describe, expect, test } from 'vitest';
import { planAccounts } from './account-setups.ts';
import type { Needs } from '../situation/needs.ts';
import { usualNeeds } from './needs-fixture.ts';
import { openGauntletTarget } from './gauntlet-target.ts';

const plain: Needs = { ...usualNeeds, recipients: new Map([['to', 'accepts']]) };

/** Records are no obstacle: what is missing of an unverified domain is the word of support. */
const all = ['spf', 'dkim', 'dmarc'];

describe('the accounts of a case', () => {
  test('have addresses that no other case has', () => {
    const plan = planAccounts(plain, 'u-1');
    expect(plan.sender).toBe('orders@shop-u-1.example');
    expect(plan.recipients.get('to')).toBe('to-u-1@recipients.example');
    expect(plan.first).toMatchObject({
      balance: 100,
      clock: { now: '2026-01-15T12:00:00.000Z', frozen: true },
      domains: [{ name: 'shop-u-1.example', state: 'verified' }],
      connections: [{ sender: 'orders@shop-u-1.example', blocked: false }],
      limits: {},
      listeners: 'shared',
    });
    expect(plan.other).toBeUndefined();
  });

  test('leave the domain of the sender out where nobody registered it', () => {
    const { first, other } = planAccounts({ ...plain, domain: 'unregistered' }, 'u');
    expect(first.domains?.map(({ name }) => name)).toEqual(['own-u.example']);
    expect(first.connections?.map(({ sender }) => sender)).toEqual(['orders@own-u.example']);
    expect(other).toBeUndefined();
  });

  test("give it to another account where it is another account's", () => {
    const { first, other } = planAccounts({ ...plain, domain: "another account's" }, 'u');
    expect(first.domains?.map(({ name }) => name)).toEqual(['own-u.example']);
    expect(other?.domains).toEqual([{ name: 'shop-u.example', state: 'verified', published: all }]);
  });

  test('have a second login in the same account or in another', () => {
    const same = planAccounts({ ...plain, secondLogin: 'same account' }, 'u');
    expect(same.first.connections).toHaveLength(2);
    expect(same.other).toBeUndefined();
    expect(planAccounts({ ...plain, secondLogin: 'another account' }, 'u').other?.connections).toHaveLength(
      1,
    );
  });

  test('show Not Activated beside a domain that may send', () => {
    const { first } = planAccounts({ ...plain, connection: 'not activated' }, 'u');
    expect(first.domains).toEqual([
      { name: 'shop-u.example', state: 'verified', published: all },
      { name: 'own-u.example', state: 'unverified', published: all },
    ]);
    expect(first.connections?.map(({ sender }) => sender)).toEqual([
      'orders@own-u.example',
      'orders@shop-u.example',
    ]);
  });
});

test('a control API that nobody serves is said to be unreachable', async () => {
  await expect(openGauntletTarget({ controlApi: 'http://127.0.0.1:1', unique: 'u' })).rejects.toMatchObject({
    name: 'TargetError',
    code: 'target-unreachable',
  });
});
