import { expect, test } from 'vitest';
import { counted } from './counted.ts';

test.each([
  [0, 'rule', undefined, '0 rules'],
  [1, 'rule', undefined, '1 rule'],
  [2, 'rule', undefined, '2 rules'],
  [1, 'rule holds', 'rules hold', '1 rule holds'],
  [21, 'rule holds', 'rules hold', '21 rules hold'],
])('%i %s', (count, one, many, text) => {
  expect(counted(count, one, many)).toBe(text);
});
