import { expect, test } from 'vitest';
import type { Finding } from '../result/finding.ts';
import { faultOf } from './fault-of.ts';

const finding = (over: Partial<Finding>): Finding => ({
  rule: 'order.checks',
  basis: 'inferred',
  level: undefined,
  outcome: 'failed',
  file: 'x',
  line: 1,
  column: 1,
  source: '',
  offset: 0,
  expected: '250 *',
  received: '450 Balance not enough',
  wire: [],
  message: 'another reply',
  ...over,
});

test('the same wrong reply to a shorter session is the same fault', () => {
  const longer = finding({ line: 22, source: 'S: 250 *', received: '553 <a@x.example> is full' });
  const shorter = finding({ line: 6, received: '553 <b@x.example> is full' });
  expect(faultOf(shorter)).toBe(faultOf(longer));
});

test('fewer sends wrongly charged are the same fault', () => {
  const charged = (expected: string, received: string) =>
    faultOf(finding({ expected, received, message: 'charged is not what it must be: because' }));
  expect(charged('1', '2')).toBe(charged('5', '7'));
});

test('another reply under the same rule, or another rule, is another fault', () => {
  const one = faultOf(finding({}));
  expect(faultOf(finding({ received: '421 4.4.5 Server is temporarily unavailable' }))).not.toBe(one);
  expect(faultOf(finding({ expected: '535 *' }))).not.toBe(one);
  expect(faultOf(finding({ rule: 'error.450' }))).not.toBe(one);
  expect(faultOf(finding({ message: 'nothing came' }))).not.toBe(one);
});
