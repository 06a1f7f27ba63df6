import { describe, expect, test } from 'vitest';
import { plans } from '../../contract/emailmassivo/plans.ts';
import { priceInCents, subscriptionEnd } from './plans.ts';

describe('a subscription ends on the same day of the next month, to the millisecond', () => {
  test.each([
    ['2026-01-15T12:00:00.123Z', '2026-02-15T12:00:00.123Z'],
    ['2026-01-31T10:00:00.000Z', '2026-02-28T10:00:00.000Z'],
    ['2028-01-31T10:00:00.000Z', '2028-02-29T10:00:00.000Z'],
    ['2026-12-31T23:59:59.999Z', '2027-01-31T23:59:59.999Z'],
    ['2026-03-31T00:00:00.000Z', '2026-04-30T00:00:00.000Z'],
    ['2026-02-28T00:00:00.000Z', '2026-03-28T00:00:00.000Z'],
  ])('%s → %s', (from, to) => {
    expect(new Date(subscriptionEnd(Date.parse(from))).toISOString()).toBe(to);
  });
});

test.each([
  ['prepaid', 1, 1],
  ['prepaid', 1_000, 500],
  ['prepaid', 10_000, 4_000],
  ['prepaid', 100_000, 30_000],
  ['monthly', 1_000, 300],
  ['monthly', 100_000, 20_000],
  ['monthly', 25_000, 6_250],
] as const)('%s: %i sends cost %i cents', (kind, sends, cents) => {
  const plan = plans.find((each) => each.kind === kind);
  expect(plan && priceInCents(plan, sends)).toBe(cents);
});
