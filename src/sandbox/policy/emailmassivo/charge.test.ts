import { expect, test } from 'vitest';
import { balanceAt } from '../charge.ts';
import { chargeFor } from './charge.ts';
import { choices, some } from './policy-fixture.ts';

const late = { sequence: 1, left: 5, endsAt: 9_000 };
const soon = { sequence: 3, left: 2, endsAt: 5_000 };
const soonToo = { sequence: 2, left: 1, endsAt: 5_000 };

const sourcesOf = (subscriptions: readonly (typeof late)[], now: number) =>
  chargeFor({ now, recipients: some(2), subscriptions, choices }).sources.map((source) =>
    source.kind === 'subscription' ? source.sequence : source.kind,
  );

test('a submission costs a send for each recipient, of the connection too, and nothing of a quota', () => {
  const charge = chargeFor({ now: 0, recipients: some(3), subscriptions: [], choices });
  expect(charge).toEqual({ sends: 3, sources: [{ kind: 'prepaid' }], ofSendLimit: 3, quotas: [] });
});

test('the soonest-ending subscription pays first, the older of two, and prepaid sends last', () => {
  expect(sourcesOf([late, soon, soonToo], 1_000)).toEqual([2, 3, 1, 'prepaid']);
});

test('a subscription pays until its end, and not at it', () => {
  expect(sourcesOf([soon, late], 4_999)).toEqual([3, 1, 'prepaid']);
  expect(sourcesOf([soon, late], 5_000)).toEqual([1, 'prepaid']);
  expect(sourcesOf([soon, late], 9_000)).toEqual(['prepaid']);
});

test('a balance counts a subscription until the very instant of its end', () => {
  const balance = (now: number) => balanceAt(1, [soon, late], now);
  expect([4_999, 5_000, 8_999, 9_000].map(balance)).toEqual([8, 6, 6, 1]);
});
