import { describe, expect, test } from 'vitest';
import type { CredentialFacts } from '../facts.ts';
import { emailmassivoPolicy as policy } from './policy.ts';
import { choices, said } from './policy-fixture.ts';

describe('credentials', () => {
  const minute = 60_000;
  const ask = (failedAt: number[], now: number, connection: CredentialFacts['connection']) => {
    const decision = policy.credentials({
      now,
      failedAt,
      addressNow: now,
      addressFailedAt: [],
      connection,
      choices,
    });
    return `${said(decision)}${decision.kind === 'accept' ? '' : ` (${decision.attempt})`}`;
  };
  const right = { kind: 'known', passwordMatches: true, blocked: false } as const;
  const five = [0, 1, 2, 3, 4];
  const locked = '454 4.7.0 Too many login attempts (not counted)';

  test.each([
    ['right', [], right, '235 Authentication successful'],
    ['wrong', [], { ...right, passwordMatches: false }, '535 5.7.8 Incorrect login or password (failed)'],
    ['unknown', [], { kind: 'unknown' } as const, '535 5.7.8 Incorrect login or password (failed)'],
    ['blocked', [], { ...right, blocked: true }, '535 5.7.8 Incorrect login or password (not counted)'],
    ['right but locked', five, right, locked],
    ['four failures', five.slice(1), right, '235 Authentication successful'],
  ])('%s', (_what, failedAt, connection, reply) => {
    expect(ask(failedAt, 10, connection)).toBe(reply);
  });

  test('the lock ends five minutes after the last failure, to the millisecond', () => {
    expect(ask(five, 5 * minute + 3, right)).toBe(locked);
    expect(ask(five, 5 * minute + 4, right)).toBe('235 Authentication successful');
  });

  test('five failures that no five minutes hold do not lock', () => {
    expect(ask([0, 1, 2, 3, 5 * minute], 5 * minute, right)).toBe('235 Authentication successful');
    expect(ask([0, 1, 2, 3, 5 * minute - 1], 5 * minute, right)).toBe(locked);
  });

  test('is free again where the clock was set back to before the failures', () => {
    expect(ask(five, -1, right)).toBe('235 Authentication successful');
    expect(ask([...five, -3, -2], -1, right)).toBe('235 Authentication successful');
  });
});

describe('a client’s address', () => {
  const wrong = { kind: 'unknown' } as const;
  const ask = (addressAttempts: number | null, addressNow = 10) => {
    const facts = { now: 10, addressNow, failedAt: [], addressFailedAt: [1, 2, 3], connection: wrong };
    return said(policy.credentials({ ...facts, choices: { ...choices, addressAttempts } }));
  };

  test('is locked only where a limit for addresses is set', () => {
    expect(ask(null)).toBe('535 5.7.8 Incorrect login or password');
    expect(ask(3)).toBe('454 4.7.0 Too many login attempts');
    expect(ask(4)).toBe('535 5.7.8 Incorrect login or password');
  });

  test('is locked by the gateway’s clock, not by the account’s', () => {
    expect(ask(3, 5 * 60_000 + 2)).toBe('454 4.7.0 Too many login attempts');
    expect(ask(3, 5 * 60_000 + 3)).toBe('535 5.7.8 Incorrect login or password');
  });
});
