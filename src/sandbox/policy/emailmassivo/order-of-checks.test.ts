import { expect, test } from 'vitest';
import { isRuleOf } from '../../../contract/contract.ts';
import { emailmassivo } from '../../../contract/emailmassivo/emailmassivo.ts';
import type { Check } from '../check.ts';
import { orderOfChecks } from './order-of-checks.ts';

const lists = Object.entries(orderOfChecks).map(
  ([verb, checks]: [string, readonly Pick<Check<never>, 'name' | 'rule'>[]]) => [verb, checks] as const,
);

test('the order of checks, as a second witness writes it out', () => {
  const written = lists.map(([verb, checks]) => [verb, checks.map(({ name }) => name)]);
  expect(Object.fromEntries(written)).toEqual({
    connect: ['maintenance', 'too many sessions'],
    'any verb': ['maintenance', 'line too long', 'control character in the line', 'line that is no UTF-8'],
    EHLO: ['EHLO without a name that can be one'],
    STARTTLS: [
      'STARTTLS is not offered',
      'no TLS at the moment',
      'argument where there is none',
      'TLS already',
    ],
    AUTH: [
      'before EHLO, after a login or in a transaction',
      'without TLS where AUTH demands it',
      'no mechanism',
      'mechanism that is not offered',
      'too many words',
    ],
    credentials: ['address locked', 'login locked', 'wrong login or password', 'connection blocked'],
    MAIL: [
      'before EHLO',
      'before a login',
      'inside a transaction',
      'argument that cannot be read',
      'parameter unknown, or its value wrong',
      'address beyond ASCII without SMTPUTF8',
      'connection blocked',
      'rate limit reached',
      'domain not registered',
      'domain not verified',
      'declared size above the limit',
    ],
    RCPT: [
      'outside a transaction',
      'argument that cannot be read',
      'parameter unknown',
      'address beyond ASCII without SMTPUTF8',
      'too many recipients',
      'on the suppression list',
      'mailbox full',
      'send limit of the connection reached',
      'balance used up',
    ],
    DATA: ['argument where there is none', 'outside a transaction', 'no accepted recipient'],
    'end of data': [
      'size above the limit',
      'bare CR or LF',
      'connection blocked',
      'no From that can be read',
      'domain in From not registered',
      'domain in From not verified',
      'header line that is no field',
      'too many header fields',
      'send limit of the connection exceeded',
      'balance exceeded',
    ],
  });
});

test.each(lists)('each reason at %s stands there once, under a rule of the contract', (_verb, checks) => {
  const names = checks.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(checks.filter(({ rule }) => !isRuleOf(emailmassivo, rule))).toEqual([]);
});
