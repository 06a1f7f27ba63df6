import { describe, expect, test } from 'vitest';
import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import type { RuleId } from '../../contract/rule.ts';
import { ruleOfThen, rulesOfMetReply, ruleOfUnmetReply } from './rule-of-expectation.ts';

const balance = '450 Balance not enough';
const rate = '451 4.3.2 Rate limit exceeded, retry after 10 seconds';

describe('the one rule of an unmet reply', () => {
  test.each<[string, RuleId, RuleId | undefined, string | undefined, string | undefined, RuleId]>([
    [
      'its tag, before all else',
      'error.450.stage',
      'error.451.window',
      balance,
      '250 ok',
      'error.451.window',
    ],
    [
      'an enhanced code too many',
      'error.450.stage',
      undefined,
      balance,
      '450 4.2.1 Balance not enough',
      'reply.format',
    ],
    [
      'an enhanced code too few',
      'error.535',
      undefined,
      '535 5.7.8 Incorrect login or password',
      '535 Incorrect login or password',
      'reply.format',
    ],
    [
      'another enhanced code',
      'error.535',
      undefined,
      '535 5.7.8 Incorrect login or password',
      '535 5.7.1 Incorrect login or password',
      'reply.format',
    ],
    ['other words', 'error.450.stage', undefined, balance, '450 No money', 'error.450'],
    ['another code', 'error.450.stage', undefined, balance, '452 Balance not enough', 'error.450'],
    ['no refusal at all', 'error.450.stage', undefined, balance, '250 ok', 'error.450.stage'],
    ['another documented reply', 'error.450.stage', undefined, balance, rate, 'error.451'],
    [
      'another documented reply that about continues',
      'error.451.window',
      undefined,
      '250 *',
      rate,
      'error.451.window',
    ],
    [
      'a documented reply where none was expected',
      'billing.duplicate',
      undefined,
      undefined,
      balance,
      'error.450',
    ],
    [
      'the example of the page',
      'error.421-unavailable.stage',
      undefined,
      '421 4.4.5 Server is temporarily unavailable',
      '421 Server is temporarily unavailable',
      'reply.example',
    ],
    ['anything else', 'protocol.rset', undefined, undefined, '250 ok', 'protocol.rset'],
    ['nothing came', 'protocol.rset', undefined, balance, undefined, 'protocol.rset'],
  ])('%s', (_, about, tag, expected, received, rule) => {
    expect(ruleOfUnmetReply({ contract: emailmassivo, about, tag, expected, received })).toBe(rule);
  });
});

describe('the one rule of a key of then', () => {
  test.each<[Parameters<typeof ruleOfThen>[1], RuleId, RuleId | undefined, RuleId]>([
    ['charged', 'error.450', undefined, 'billing.per-recipient'],
    ['charged', 'billing.cut', undefined, 'billing.cut'],
    ['delivered', 'protocol.transparency', undefined, 'protocol.transparency'],
    ['delivered', 'error.450', undefined, 'delivery.content'],
    ['history', 'connection.block.limit', undefined, 'connection.block.limit'],
    ['status', 'error.450', undefined, 'connection.status'],
    ['suppressed', 'protocol.rset', undefined, 'error.550-unsubscribed.stage'],
    ['balance', 'billing.cut', 'billing.split', 'billing.split'],
  ])('%s, about %s, tagged %s', (kind, about, tag, rule) => {
    expect(ruleOfThen(emailmassivo, kind, about, tag)).toBe(rule);
  });
});

test('a met expectation counts for about, for its tag and for the rule of its reply', () => {
  expect(rulesOfMetReply(emailmassivo, 'error.450.stage', undefined, balance)).toEqual([
    'error.450.stage',
    'error.450',
  ]);
  expect(rulesOfMetReply(emailmassivo, 'error.450.stage', 'reply.format', undefined)).toEqual([
    'error.450.stage',
    'reply.format',
  ]);
});
