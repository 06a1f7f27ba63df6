import { describe, expect, test } from 'vitest';
import { ruleOf } from '../contract.ts';
import { momentOfVerb, type Moment } from '../moments.ts';
import { rulesSpeakingOf, speaksOf } from '../speaks-of.ts';
import { emailmassivo } from './emailmassivo.ts';

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

test.each(all)('some rule speaks of %s, and it is no rule of the sandbox', (moment) => {
  const speaking = rulesSpeakingOf(emailmassivo, moment);
  expect(speaking.length).toBeGreaterThan(0);
  expect(speaking.length).toBeLessThanOrEqual(5);
  expect(speaking.filter((id) => ruleOf(emailmassivo, id).basis === 'sandbox')).toEqual([]);
});

test('where the documentation places an error the rule speaks of that moment', () => {
  const stages = [
    ['error.553-domain', 'MAIL'],
    ['error.450', 'RCPT'],
    ['error.550-from', 'end of data'],
    ['error.535', 'AUTH'],
    ['error.421-unavailable', 'connect'],
  ] as const;
  for (const [rule, moment] of stages) expect(speaksOf(emailmassivo, rule, moment)).toBe(true);
  expect(speaksOf(emailmassivo, 'billing.per-recipient', 'DATA')).toBe(false);
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
