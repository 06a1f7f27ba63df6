import { expect, test } from 'vitest';
import { providers, providerNamed } from './providers.ts';

test('each provider is found by the id of its contract, and its sandbox keeps that contract', () => {
  for (const each of providers) {
    expect(providerNamed(each.contract.id)).toBe(each);
    expect(each.sandbox.contract).toBe(each.contract);
  }
  expect(providerNamed(undefined)).toBe(providers[0]);
});

test('the numbers that the first contract declares are those that its sandbox chooses', () => {
  const { contract, sandbox } = providers[0];
  const { rateLimit, rateWindowMs, badMailboxLimit, loginAttempts } = sandbox.choices;
  expect(contract.declaredLimits).toEqual({
    rate: { limit: rateLimit, perMs: rateWindowMs },
    badMailboxes: badMailboxLimit,
    loginFailures: loginAttempts,
  });
});
