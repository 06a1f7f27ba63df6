import { expect, test } from 'vitest';
import { documentedReplies } from '../contract/emailmassivo/documented-replies.ts';
import { ruleIds } from '../contract/emailmassivo/transition.ts';
import { languageOf } from '../conformance/scenario/language.ts';
import { choiceRules } from '../sandbox/policy/emailmassivo/choice-rules.ts';
import { explain } from './commands/explain.ts';
import { providers } from './providers.ts';
import { UsageError } from './usage-error.ts';

test.each([
  [
    'given.balance',
    ['  Sends that the account has', '    given:\n      balance: 5', 'rule: error.450 (documented)'],
  ],
  ['W: buy', ['W: buy prepaid N', 'W: buy monthly N']],
  [
    'error.450',
    ['error.450 (documented)', 'reply: 450 Balance not enough', 'cure: Top up your account balance.'],
  ],
  ['450 Balance not enough', ['error.450 (documented)']],
  ['S: 450 Balance not enough', ['error.450 (documented)']],
  ['450', ['error.450 (documented)', 'error.450.stage (chosen']],
  ['454 *', ['error.454 (documented)']],
  ['rateLimit', ['rateLimit (choice)', 'declared: 100', 'rule: error.451.window']],
  ['protocol.rset', ['protocol.rset (standard of an RFC, MUST)']],
  ['billing', ['billing.split\n', 'billing.per-recipient\n']],
])('explain %s', (asked, parts) => {
  for (const part of parts) expect(explain(asked, providers[0])).toContain(part);
});

test('every word, rule, documented reply and choice can be explained', () => {
  const all = [
    ...languageOf(providers[0].contract).words.map(({ word }) => word.id),
    ...ruleIds,
    ...Object.values(documentedReplies).map(({ reply }) => reply),
    ...Object.keys(choiceRules),
  ];
  for (const one of all) expect(explain(one, providers[0])).toContain('\n');
});

test.each([
  ['blance', 'given.balance'],
  ['given.balence', 'given.balance'],
  ['W: by', 'W: buy prepaid N'],
  ['eror.450', 'error.450'],
  ['450 Balance not enuogh', '450 Balance not enough'],
  ['ratelimits', 'rateLimit'],
  ['<sesion>', '<session>'],
  ['setled', 'W: settled'],
])('%s is unknown, and the nearest is %s', (asked, nearest) => {
  expect(() => explain(asked, providers[0])).toThrow(UsageError);
  expect(() => explain(asked, providers[0])).toThrow(
    new RegExp(`Nearest: ${nearest.replaceAll('.', String.raw`\.`)}[;.]`),
  );
});
