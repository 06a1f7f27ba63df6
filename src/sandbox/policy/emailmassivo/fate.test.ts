import { expect, test } from 'vitest';
import { emailStatuses, roles } from '../../../contract/emailmassivo/vocabulary.ts';
import { fateOf, suppresses } from './fate.ts';

test('each role has its fate, and an address of none is delivered to', () => {
  const fates = [...roles, undefined].map((role) => {
    const { kind, status } = fateOf({ role });
    return `${role}: ${kind}, ${status}`;
  });
  expect(fates).toEqual([
    'accepts: handed over, delivered',
    'suppressed: handed over, delivered',
    'full: stays here, deferred',
    'nonexistent: stays here, bounced',
    'refused: stays here, rejected',
    'unsubscribes: handed over, unsubscribed',
    'complains: handed over, complained',
    'undefined: handed over, delivered',
  ]);
});

test('who unsubscribes or complains is put on the suppression list', () => {
  expect(emailStatuses.filter((status) => suppresses(status))).toEqual(['unsubscribed', 'complained']);
});
