import { describe, expect, test } from 'vitest';
import { ruleOf } from '../contract.ts';
import { EVERY_REPLY, momentOfVerb, type EndMoment, type Moment } from '../moments.ts';
import { rulesSpeakingOf, speaksOf } from '../speaks-of.ts';
import { emailmassivo } from './emailmassivo.ts';

// the keys of `then` are a closed set, so the keys of this table are they
const ends = Object.keys(emailmassivo.rulesOfThen) as readonly EndMoment[];
const all: readonly Moment[] = [...EVERY_REPLY, ...ends];

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
