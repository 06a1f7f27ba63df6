import { describe, expect, test } from 'vitest';
import type { SessionFacts } from '../facts.ts';
import { emailmassivoPolicy as policy } from './policy.ts';
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
    expect(hello(greeted, { authMechanisms: ['LOGIN'] })).toContain('250-AUTH LOGIN\n');
    expect(hello(greeted, { authMechanisms: ['LOGIN', 'PLAIN'] })).toContain('250-AUTH LOGIN PLAIN\n');
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
    ['without a mechanism', greeted, '', '501 5.5.4 Syntax error in the argument'],
    ['PLAIN', greeted, 'PLAIN', '334 '],
    ['LOGIN', greeted, 'LOGIN', '334 VXNlcm5hbWU6'],
  ])('AUTH %s', (_what, session, mechanism, reply) => {
    expect(said(policy.auth({ session, mechanism, surplusWords: false, choices }))).toBe(reply);
  });

  test('AUTH under TLS only, where that is chosen', () => {
    const ask = (tls: boolean) =>
      said(
        policy.auth({
          session: { ...greeted, tls },
          mechanism: 'PLAIN',
          surplusWords: false,
          choices: { ...choices, authUnderTlsOnly: true },
        }),
      );
    expect(ask(false)).toBe('538 5.7.11 Encryption required for authentication');
    expect(ask(true)).toBe('334 ');
  });

  test.each([
    [['PLAIN'], 'PLAIN', '334 '],
    [['PLAIN'], 'LOGIN', '504 5.5.4 Authentication mechanism not supported'],
    [['LOGIN'], 'PLAIN', '504 5.5.4 Authentication mechanism not supported'],
    [['LOGIN'], 'LOGIN', '334 VXNlcm5hbWU6'],
  ] as const)('with %j offered, AUTH %s gets %s', (authMechanisms, mechanism, reply) => {
    expect(
      said(
        policy.auth({
          session: greeted,
          mechanism,
          surplusWords: false,
          choices: { ...choices, authMechanisms },
        }),
      ),
    ).toBe(reply);
  });

  test.each([
    ['client.example', '250 gateway'],
    ['(', '250 gateway'],
    ['[IPv6:::1]', '250 gateway'],
    ['my_host', '250 gateway'],
    ['x'.repeat(255), '250 gateway'],
    ['', '501 5.5.4 Syntax error in the argument'],
    ['two words', '501 5.5.4 Syntax error in the argument'],
    ['bücher.example', '501 5.5.4 Syntax error in the argument'],
    ['x'.repeat(256), '501 5.5.4 Syntax error in the argument'],
  ])('HELO takes one word of ASCII: "%s" gets %s', (argument, reply) => {
    const facts = { argument, gatewayName: 'gateway', session: fresh, starttlsOffered: true, choices };
    expect(said(policy.hello({ verb: 'HELO', ...facts }))).toBe(reply);
  });

  test('any verb but QUIT is refused in maintenance, and none otherwise', () => {
    expect(said(policy.anyVerb({ maintenance: true, tls: true, verb: '', line: 'too long' }))).toBe(
      unavailable,
    );
    expect(said(policy.anyVerb({ maintenance: false, tls: true, verb: '', line: 'fit' }))).toBe('250 Ok');
  });

  test.each([
    ['without TLS', {}, '220 Ready to start TLS'],
    ['inside TLS', { session: { ...greeted, tls: true } }, '503 5.5.1 Bad sequence of commands'],
    [
      'inside TLS, where it is not offered',
      { session: { ...greeted, tls: true }, offered: false, unavailable: true },
      '503 5.5.1 Bad sequence of commands',
    ],
    ['with an argument', { argument: 'now' }, '501 5.5.4 Syntax error in the argument'],
    ['where it is not offered', { offered: false, argument: 'now' }, '500 5.5.1 Command not recognized'],
    ['where it cannot be had', { unavailable: true, argument: 'now' }, '454 4.7.0 TLS not available'],
  ])('STARTTLS %s', (_what, more, reply) => {
    const facts = { session: greeted, argument: '', offered: true, unavailable: false };
    expect(said(policy.starttls({ ...facts, ...more }))).toBe(reply);
  });

  test.each([
    ['too long', '500 5.5.6 Line too long'],
    ['a control character', '500 5.5.2 Line holds a character that no command may hold'],
    ['no UTF-8', '500 5.5.2 Line holds a character that no command may hold'],
  ] as const)('a line that is no command is refused: %s', (line, reply) => {
    expect(said(policy.anyVerb({ maintenance: false, tls: true, verb: '', line }))).toBe(reply);
    expect(said(policy.anyVerb({ maintenance: true, tls: true, verb: '', line }))).toBe(unavailable);
  });

  test('what ends an AUTH exchange, and what is answered out of turn', () => {
    expect(said(policy.brokenExchange('cancelled'))).toBe('501 5.7.0 Authentication cancelled');
    expect(said(policy.brokenExchange('no base64'))).toBe('501 5.5.2 Not valid base64');
    expect(said(policy.passwordChallenge())).toBe('334 UGFzc3dvcmQ6');
    expect(said(policy.unknownVerb())).toBe('500 5.5.1 Command not recognized');
    const words = { session: greeted, surplusWords: true, choices };
    expect(said(policy.auth({ ...words, mechanism: 'PLAIN' }))).toBe(
      '501 5.5.4 Syntax error in the argument',
    );
    expect(said(policy.auth({ ...words, mechanism: 'NONE' }))).toBe(
      '504 5.5.4 Authentication mechanism not supported',
    );
    expect(
      (['idle', 'shutting down', 'too soon', 'local fault'] as const).map((why) =>
        said(policy.interruption(why)),
      ),
    ).toEqual([
      '421 4.4.2 Idle for too long',
      '421 4.3.2 Gateway is shutting down',
      '421 4.7.0 Commands before the greeting',
      '451 4.3.0 Local error in processing',
    ]);
  });

  test.each([
    ['RSET', '', '250 Ok'],
    ['RSET', 'all', '501 5.5.4 Syntax error in the argument'],
    ['NOOP', 'whatever', '250 Ok'],
    ['VRFY', 'somebody', '252 Cannot say; send the mail to find out'],
    ['VRFY', '', '501 5.5.4 Syntax error in the argument'],
    ['HELP', '', '214 EHLO HELO AUTH STARTTLS MAIL RCPT DATA RSET NOOP VRFY QUIT'],
    ['QUIT', '', '221 Bye'],
    ['QUIT', 'now', '501 5.5.4 Syntax error in the argument'],
  ] as const)('%s %s', (verb, argument, reply) => {
    expect(said(policy.plainVerb(verb, argument))).toBe(reply);
  });

  test.each([
    ['nothing', ''],
    ['two words', 'client here'],
    ['more than a line may hold', 'x'.repeat(256)],
    ['what is no ASCII', 'größe'],
  ])('EHLO with %s is a mistake in its argument', (_what, argument) => {
    const facts = { gatewayName: 'gateway', session: fresh, starttlsOffered: false, choices };
    expect(said(policy.hello({ ...facts, verb: 'EHLO', argument }))).toBe(
      '501 5.5.4 Syntax error in the argument',
    );
  });

  test('HELO announces nothing; EHLO no STARTTLS where there is none', () => {
    const facts = { gatewayName: 'gateway', argument: 'client', starttlsOffered: false, choices };
    expect(said(policy.hello({ ...facts, session: fresh, verb: 'HELO' }))).toBe('250 gateway');
    expect(policy.hello({ ...facts, session: { ...loggedIn, tls: true }, verb: 'EHLO' })).toEqual({
      kind: 'accept',
      reply: { code: 250, lines: ['gateway', 'PIPELINING', '8BITMIME', 'SMTPUTF8', 'SIZE 200'] },
    });
  });

  test('without a session limit any number of sessions may be open', () => {
    const facts = { maintenance: false, openSessions: 1_000, choices: { ...choices, sessionLimit: null } };
    expect(said(policy.connect(facts, 'gateway'))).toBe('220 gateway ESMTP');
  });

  test('DATA takes no argument', () => {
    expect(said(policy.data({ session: inTransaction, argument: 'now', recipients: some(1) }))).toBe(
      '501 5.5.4 Syntax error in the argument',
    );
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
  // as long, and another domain
  ['full@simulator.tess', undefined],
  ['complains+order-7@simulator.test', 'complains'],
  ['full@example.com', undefined],
])('%s has the reserved role %s', (key, role) => {
  expect(reservedRole(key)).toBe(role);
});
