import { describe, expect, test } from 'vitest';
import { ruleIdsOf } from './contract.ts';
import { emailmassivo } from './emailmassivo/emailmassivo.ts';
import { isOwnRequirement, readOwnRequirement } from './requirement.ts';

describe('a requirement of one’s own', () => {
  test.each(['SHOP-123', 'A1-0', 'PAY2-99999', 'own:checkout', 'own:Order.3_a-b', `own:${'a'.repeat(40)}`])(
    '%s',
    (text) => {
      expect(readOwnRequirement(text)).toBe(text);
    },
  );

  test.each([
    'shop-123',
    'SHOP-',
    'SHOP123',
    'SHOP-12a',
    'S-1',
    'own:',
    'own:a b',
    'own:-a',
    `own:${'a'.repeat(41)}`,
    `SHOP-${'1'.repeat(11)}`,
    ' SHOP-1',
    'SHOP-1\n',
    'error.405',
    'billing.split',
  ])('%j is none', (text) => {
    expect(readOwnRequirement(text)).toBeUndefined();
  });

  test('is no rule, and no rule is one', () => {
    expect(
      ruleIdsOf(emailmassivo).filter((id) => isOwnRequirement(id) || readOwnRequirement(id) !== undefined),
    ).toEqual([]);
    expect(isOwnRequirement('SHOP-123')).toBe(true);
  });
});
