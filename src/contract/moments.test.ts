import { describe, expect, test } from 'vitest';
import { ruleIds, rules } from './contract.ts';
import { momentOfVerb, momentsOf, rulesSpeakingOf, speaksOf, type Moment } from './moments.ts';

const all: readonly Moment[] = [
  'connect',
  'EHLO',
  'STARTTLS',
  'AUTH',
  'MAIL',
  'RCPT',
  'DATA',
  'end of data',
  'RSET',
  'NOOP',
  'VRFY',
  'QUIT',
  'another verb',
  'close',
  'charged',
  'balance',
  'delivered',
  'history',
  'statistics',
  'status',
  'suppressed',
];

test('every rule speaks of some moment, each named once', () => {
  for (const id of ruleIds) {
    expect(momentsOf[id].length).toBeGreaterThan(0);
    expect(new Set(momentsOf[id]).size).toBe(momentsOf[id].length);
  }
});

test.each(all)('some rule speaks of %s, and it is no rule of the sandbox', (moment) => {
  const speaking = rulesSpeakingOf(moment);
  expect(speaking.length).toBeGreaterThan(0);
  expect(speaking.length).toBeLessThanOrEqual(5);
  expect(speaking.filter((id) => rules[id].basis === 'sandbox')).toEqual([]);
});

test('where the documentation places an error the rule speaks of that moment', () => {
  const stages = [
    ['error.553-domain', 'MAIL'],
    ['error.450', 'RCPT'],
    ['error.550-from', 'end of data'],
    ['error.535', 'AUTH'],
    ['error.421-unavailable', 'connect'],
  ] as const;
  for (const [rule, moment] of stages) expect(speaksOf(rule, moment)).toBe(true);
  expect(speaksOf('billing.per-recipient', 'DATA')).toBe(false);
});

describe('the moment of a verb', () => {
  test.each([
    ['HELO', 'EHLO'],
    ['answer', 'AUTH'],
    ['end of data', 'end of data'],
    ['XYZZY', 'another verb'],
    ['charged', 'another verb'],
  ])('%s is %s', (verb, moment) => {
    expect(momentOfVerb(verb)).toBe(moment);
  });
});
