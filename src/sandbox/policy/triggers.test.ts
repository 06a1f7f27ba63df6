import { describe, expect, test } from 'vitest';
import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { carriedTriggers, fires, matchesTrigger, triggerHeader, type Trigger } from './triggers.ts';

const carried = carriedTriggers(emailmassivo);

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
  ['whichever login there is', {}, 'RCPT', { login: 'shop' }, true],
  [
    'a recipient, whatever its case',
    { recipient: 'A@b.example' },
    'RCPT',
    { recipients: ['x@y.example', 'a@B.example'] },
    true,
  ],
  ['another recipient', { recipient: 'a@b.example' }, 'RCPT', { recipients: ['x@y.example'] }, false],
  ['a login', { login: 'shop' }, 'RCPT', { login: 'shop' }, true],
  ['another login', { login: 'shop' }, 'RCPT', { login: 'other' }, false],
  ['a sender, whatever its case', { sender: 'A@b.example' }, 'RCPT', { sender: 'a@B.example' }, true],
  ['a sender that is not known', { sender: 'a@b.example' }, 'RCPT', {}, false],
  ['senders that are no addresses', { sender: 'nobody' }, 'RCPT', { sender: 'no one' }, false],
  ['recipients where there are none', { recipient: 'a@b.example' }, 'RCPT', {}, false],
  ['headers where there are none', { header: 'X-Test' }, 'RCPT', {}, false],
  ['one of several headers', { header: 'X-Test' }, 'RCPT', { headers: ['x-other: 1', 'X-Test: 1'] }, true],
  ['a header to its last letter', { header: 'X-Test: One' }, 'RCPT', { headers: ['x-test: one'] }, true],
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
    ['error.450+12@simulator.test', '450 Balance not enough', 12],
    ['error.421-domain@simulator.test', '421 Domain not verify', undefined],
  ])('%s', (address, reply, times) => {
    expect(carried.ofRecipient(address)).toMatchObject({ stage: 'RCPT', reply, times });
  });

  test.each([
    'error.999@simulator.test',
    'error.450@example.com',
    'accepts@simulator.test',
    'an-error.450@simulator.test',
    'error.is#error.450@simulator.test',
    'error.450@simulator.test.example',
    'protocol.order@simulator.test',
    'error.450.stage@simulator.test',
  ])('%s is none', (address) => {
    expect(carried.ofRecipient(address)).toBeUndefined();
  });

  test('a header names the rule', () => {
    expect(carried.ofHeader(' error.450 ')).toMatchObject({ reply: '450 Balance not enough' });
    expect(carried.ofHeader('nonsense')).toBeUndefined();
    expect(carried.ofHeader('protocol.order')).toBeUndefined();
    expect(carried.ofHeader(undefined)).toBeUndefined();
    expect(triggerHeader).toBe('X-Gauntlet-Reply');
  });

  test('what they carry is whole: at its stage, at once, and for ever unless a number says otherwise', () => {
    const plain = { after: 0, delayMs: 0, drop: undefined, tls: undefined, times: undefined };
    expect(carried.ofHeader('error.450')).toEqual({
      ...plain,
      id: 'header',
      stage: 'end of data',
      match: {},
      reply: '450 Balance not enough',
    });
    expect(carried.ofRecipient('error.450@simulator.test')).toEqual({
      ...plain,
      id: 'error.450@simulator.test',
      stage: 'RCPT',
      match: { recipient: 'error.450@simulator.test' },
      reply: '450 Balance not enough',
    });
  });
});
