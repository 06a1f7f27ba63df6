import { describe, expect, test } from 'vitest';
import { fires, headerTrigger, matchesTrigger, reservedTrigger, type Trigger } from './triggers.ts';

const trigger = (over: Partial<Trigger> = {}): Trigger => ({
  id: 't',
  stage: 'RCPT',
  match: {},
  after: 0,
  times: undefined,
  reply: undefined,
  delayMs: 0,
  drop: undefined,
  tls: undefined,
  ...over,
});

test.each([
  ['the stage', {}, 'MAIL', {}, false],
  ['nothing more', {}, 'RCPT', {}, true],
  [
    'a recipient, whatever its case',
    { recipient: 'A@b.example' },
    'RCPT',
    { recipients: ['x@y.example', 'a@B.example'] },
    true,
  ],
  ['another recipient', { recipient: 'a@b.example' }, 'RCPT', { recipients: ['x@y.example'] }, false],
  ['a login', { login: 'shop' }, 'RCPT', { login: 'shop' }, true],
  ['a header by its name', { header: 'X-Test' }, 'RCPT', { headers: ['x-test: 1'] }, true],
  ['a header with its value', { header: 'X-Test: 2' }, 'RCPT', { headers: ['x-test: 1'] }, false],
  ['all that is said', { login: 'shop', sender: 'a@b.example' }, 'RCPT', { login: 'shop' }, false],
] as const)('a trigger is about %s', (_what, match, stage, facts, matched) => {
  expect(matchesTrigger(trigger({ match }), stage, facts)).toBe(matched);
});

test('it fires after the first M, for the next N times', () => {
  const twiceAfterOne = trigger({ after: 1, times: 2 });
  expect([0, 1, 2, 3].map((seen) => fires(twiceAfterOne, seen))).toEqual([false, true, true, false]);
  expect(fires(trigger(), 1_000)).toBe(true);
});

describe('triggers that mail carries in itself', () => {
  test.each([
    ['error.450@simulator.test', '450 Balance not enough', undefined],
    ['error.451+3@simulator.test', '451 4.3.2 Rate limit exceeded, retry after 10 seconds', 3],
    ['error.421-domain@simulator.test', '421 Domain not verify', undefined],
  ])('%s', (address, reply, times) => {
    expect(reservedTrigger(address)).toMatchObject({ stage: 'RCPT', reply, times });
  });

  test.each(['error.999@simulator.test', 'error.450@example.com', 'accepts@simulator.test'])(
    '%s is none',
    (address) => {
      expect(reservedTrigger(address)).toBeUndefined();
    },
  );

  test('a header names the rule', () => {
    expect(headerTrigger(' error.450 ')).toMatchObject({ reply: '450 Balance not enough' });
    expect(headerTrigger('nonsense')).toBeUndefined();
  });
});
