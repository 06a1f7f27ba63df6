import { describe, expect, test } from 'vitest';
import type { SessionFacts } from './facts.ts';
import { referencePolicy as policy } from './policy.ts';
import { reservedRole } from './reserved-recipients.ts';
import { choices, fresh, greeted, inTransaction, loggedIn, said, some } from './policy-fixture.ts';

describe('the session', () => {
  const unavailable = '421 4.4.5 Server is temporarily unavailable | closes';

  test.each([
    ['maintenance', { maintenance: true, openSessions: 1 }, unavailable],
    ['above the session limit', { maintenance: false, openSessions: 3 }, unavailable],
    ['at the session limit', { maintenance: false, openSessions: 2 }, '220 gateway ESMTP'],
  ])('greets unless it cannot: %s', (_what, facts, reply) => {
    expect(said(policy.connect({ ...facts, choices }, 'gateway'))).toBe(reply);
  });

  test('EHLO announces what is kept: no STARTTLS inside TLS, no AUTH after the login, no enhanced codes', () => {
    const hello = (session: SessionFacts, over = {}) =>
      said(
        policy.hello({
          verb: 'EHLO',
          argument: 'client',
          gatewayName: 'gateway',
          session,
          starttlsOffered: true,
          choices: { ...choices, ...over },
        }),
      );
    expect(hello(greeted)).toBe(
      '250-gateway\n250-PIPELINING\n250-8BITMIME\n250-SMTPUTF8\n250-AUTH PLAIN LOGIN\n250-STARTTLS\n250 SIZE 200',
    );
    expect(hello({ ...greeted, tls: true })).not.toContain('STARTTLS');
    expect(hello(loggedIn)).not.toContain('AUTH');
    expect(hello(greeted, { authUnderTlsOnly: true })).not.toContain('AUTH');
  });

  test.each([
    ['before EHLO', fresh, 'PLAIN', '503 5.5.1 Bad sequence of commands'],
    ['twice', loggedIn, 'PLAIN', '503 5.5.1 Bad sequence of commands'],
    [
      'inside a transaction',
      { ...inTransaction, loggedIn: false },
      'NONE',
      '503 5.5.1 Bad sequence of commands',
    ],
    ['unknown mechanism', greeted, 'CRAM-MD5', '504 5.5.4 Authentication mechanism not supported'],
  ])('AUTH %s', (_what, session, mechanism, reply) => {
    expect(said(policy.auth({ session, mechanism, choices }))).toBe(reply);
  });

  test.each([
    ['without MAIL', loggedIn, 0, '503 5.5.1 Bad sequence of commands'],
    ['without a recipient', inTransaction, 0, '503 5.5.1 No recipient accepted'],
    ['with one', inTransaction, 1, '354 End data with <CR><LF>.<CR><LF>'],
  ])('DATA %s', (_what, session, promised, reply) => {
    expect(said(policy.data({ session, argument: '', recipients: some(promised) }))).toBe(reply);
  });
});

test.each([
  ['full@simulator.test', 'full'],
  ['bounce@simulator.test', undefined],
  ['complains+order-7@simulator.test', 'complains'],
  ['full@example.com', undefined],
])('%s has the reserved role %s', (key, role) => {
  expect(reservedRole(key)).toBe(role);
});
