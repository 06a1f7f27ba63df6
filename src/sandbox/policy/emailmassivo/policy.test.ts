import { describe, expect, test } from 'vitest';
import { parseMailArgument, parseRcptArgument } from '../../../smtp/command.ts';
import { stringToOctets } from '../../../smtp/bytes.ts';
import { hasBareLineEnd, headerSection } from '../../../smtp/message.ts';
import { emailStatuses } from '../../../contract/emailmassivo/vocabulary.ts';
import { isBadOutcome } from './block-decision.ts';
import type { DomainStanding, EndOfDataFacts, MailFacts, RcptFacts, SessionFacts } from '../facts.ts';
import { emailmassivoPolicy as policy } from './policy.ts';
import { choices, fresh, greeted, inTransaction, loggedIn, said, some } from './policy-fixture.ts';

describe('MAIL, first that applies answers', () => {
  const facts = (
    over: Partial<Extract<MailFacts['argument'], { kind: 'read' }>> = {},
    argument = '<a@b.example>',
  ) => {
    const mail = parseMailArgument(`FROM:${argument}`);
    return mail === undefined
      ? ({ kind: 'unreadable', text: '' } as const)
      : ({
          kind: 'read',
          mail,
          domain: 'verified',
          blocked: false,
          now: 100_000,
          acceptedAt: [],
          ...over,
        } as const);
  };
  const mail = (session: SessionFacts, argument: MailFacts['argument']) =>
    said(policy.mail({ session, argument, choices }));
  const full = { acceptedAt: [95_000, 96_000] };
  const unverified = { domain: 'not verified' as DomainStanding };

  test.each([
    ['no EHLO', fresh, facts(), '503 5.5.1 Bad sequence of commands'],
    ['no login', greeted, facts(), '530 5.7.0 Authentication required'],
    ['nested', inTransaction, facts({ blocked: true }), '503 5.5.1 Bad sequence of commands'],
    [
      'syntax before blocked',
      loggedIn,
      facts({ blocked: true }, 'nonsense'),
      '501 5.5.4 Syntax error in the argument',
    ],
    [
      'unknown parameter',
      loggedIn,
      facts({ blocked: true }, '<a@b.example> FOO=1'),
      '555 5.5.4 Parameter not recognized',
    ],
    [
      'bad parameter value',
      loggedIn,
      facts({}, '<a@b.example> SIZE=x'),
      '501 5.5.4 Syntax error in the argument',
    ],
    [
      'no parameter value',
      loggedIn,
      facts({}, '<a@b.example> SIZE'),
      '501 5.5.4 Syntax error in the argument',
    ],
    ['SMTPUTF8', loggedIn, facts({}, '<ä@b.example> SMTPUTF8'), '250 Ok'],
    ['no SMTPUTF8', loggedIn, facts({}, '<ä@b.example>'), '553 5.6.7 Address needs SMTPUTF8'],
    [
      'blocked before rate limit',
      loggedIn,
      facts({ blocked: true, ...full }),
      '421 4.4.5 Server is temporarily unavailable | closes',
    ],
    [
      'rate limit before domain',
      loggedIn,
      facts({ ...full, ...unverified }),
      '451 4.3.2 Rate limit exceeded, retry after 10 seconds',
    ],
    ['not registered', loggedIn, facts({ domain: 'not registered' }), '553 Domain not found'],
    [
      'not verified before size',
      loggedIn,
      facts(unverified, '<a@b.example> SIZE=999'),
      '421 Domain not verify | closes',
    ],
    [
      'declared size',
      loggedIn,
      facts({}, '<a@b.example> SIZE=201'),
      '552 5.3.4 Message exceeds the size limit',
    ],
    ['nothing', loggedIn, facts({}, '<a@b.example> SIZE=200 BODY=8BITMIME AUTH=<>'), '250 Ok'],
  ])('%s', (_what, session, argument, reply) => {
    expect(mail(session, argument)).toBe(reply);
  });

  test.each([
    [
      'a millisecond before the window ends',
      [90_001, 90_001],
      '451 4.3.2 Rate limit exceeded, retry after 10 seconds',
    ],
    ['at exactly its end', [90_000, 90_001], '250 Ok'],
  ])('an accepted MAIL counts until 10.000 s: %s', (_what, acceptedAt, reply) => {
    expect(mail(loggedIn, facts({ acceptedAt }))).toBe(reply);
  });
});

describe('RCPT, permanent before temporary and the balance last', () => {
  const rcpt = (over: object, more: Partial<RcptFacts> = {}, argument = 'TO:<a@b.example>') => {
    const parsed = parseRcptArgument(argument);
    return said(
      policy.rcpt({
        session: inTransaction,
        argument: parsed
          ? {
              kind: 'read',
              rcpt: parsed,
              key: 'a@b.example',
              onSuppressionList: false,
              role: undefined,
              ...over,
            }
          : { kind: 'unreadable', text: '' },
        smtpUtf8: false,
        recipients: some(0),
        balance: 1,
        sendLimitLeft: null,
        choices,
        ...more,
      }),
    );
  };

  test.each([
    ['no transaction', {}, { session: loggedIn }, '503 5.5.1 Bad sequence of commands'],
    [
      'accepted already, all else against it',
      { onSuppressionList: true },
      { recipients: some(3, 'a@b.example'), balance: 0 },
      '250 Ok',
    ],
    [
      'recipient limit',
      { onSuppressionList: true },
      { recipients: some(3), balance: 9 },
      '452 4.5.3 Too many recipients',
    ],
    [
      'suppressed',
      { onSuppressionList: true, role: 'full' },
      { balance: 0 },
      '550 Email receiver unsubscribe or complaint',
    ],
    ['mailbox full', { role: 'full' }, { balance: 0 }, '553 Recipient has exceeded mailbox limit'],
    ['the connection’s own limit', {}, { sendLimitLeft: 0, balance: 9 }, '450 Balance not enough'],
    ['the last send is promised', {}, { recipients: some(1) }, '450 Balance not enough'],
    ['one send left', {}, {}, '250 Ok'],
  ])('%s', (_what, argument, more, reply) => {
    expect(rcpt(argument, more)).toBe(reply);
  });

  test('an international address needs SMTPUTF8', () => {
    expect(rcpt({}, {}, 'TO:<ä@b.example>')).toBe('553 5.6.7 Address needs SMTPUTF8');
    expect(rcpt({}, { smtpUtf8: true }, 'TO:<ä@b.example>')).toBe('250 Ok');
  });

  test('a parameter is not recognized, bad syntax is told', () => {
    expect(rcpt({}, {}, 'TO:<a@b.example> NOTIFY=NEVER')).toBe('555 5.5.4 Parameter not recognized');
    expect(rcpt({}, {}, 'TO:nobody')).toBe('501 5.5.4 Syntax error in the argument');
  });
});

test('only what bounced or was rejected counts towards a block', () => {
  expect(emailStatuses.filter(isBadOutcome)).toEqual(['bounced', 'rejected']);
});

describe('blocking by bad mailboxes', () => {
  const day = 24 * 60 * 60_000;

  test.each([
    ['ten within a day', Array.from({ length: 10 }, () => day), false],
    ['eleven within a day', Array.from({ length: 11 }, () => day), true],
    ['eleven, one of them a day old', [0, ...Array.from({ length: 10 }, () => day)], false],
  ])('%s', (_what, badAt, blocked) => {
    expect(policy.block({ now: day, badAt, choices })).toBe(blocked);
  });
});

describe('the end of the data', () => {
  const standings: Readonly<Record<string, DomainStanding>> = {
    'b.example': 'verified',
    'new.example': 'not verified',
  };
  const end = (message: string, more: Partial<EndOfDataFacts> = {}) => {
    const octets = stringToOctets(message);
    const addresses = { header: headerSection(octets), reversePath: 'null', recipients: some(1) } as const;
    return said(
      policy.endOfData({
        ...addresses,
        size: message.length,
        hasBareLineEnd: hasBareLineEnd(octets),
        maintenance: false,
        from: { account: 'acc', connection: 'shop' },
        blocked: false,
        identities: policy.identitiesOf(addresses, choices).map((identity) => ({
          identity,
          standing: standings[identity.domain] ?? 'not registered',
        })),
        balance: 1,
        sendLimitLeft: null,
        quotaUse: new Map(),
        choices,
        ...more,
      }),
    );
  };
  const noFrom = '550 5.6.0 Message rejected: Missing required "From" header';

  test.each([
    ['fine', 'From: a@b.example\r\n\r\n', {}, '250 Ok'],
    ['as large as may be', 'From: a@b.example\r\n\r\n', { size: 200 }, '250 Ok'],
    ['to the last send of a limit', 'From: a@b.example\r\n\r\n', { sendLimitLeft: 1 }, '250 Ok'],
    ['size first', 'x\n', { size: 201 }, '552 5.3.4 Message exceeds the size limit'],
    ['bare LF before blocked', 'x\n', { blocked: true }, '550 5.6.0 Message contains bare CR or LF'],
    [
      'blocked before From',
      '\r\n',
      { blocked: true },
      '421 4.4.5 Server is temporarily unavailable | closes',
    ],
    ['no From', 'To: a@b.example\r\n\r\nFrom: a@b.example\r\n', { balance: 0 }, noFrom],
    ['empty From', 'From:\r\n\r\n', {}, noFrom],
    ['two From fields', 'From: a@b.example\r\nFrom: a@b.example\r\n\r\n', {}, noFrom],
    ['a foreign From', 'From: a@b.example, x@other.example\r\n\r\n', { balance: 0 }, '553 Domain not found'],
    ['an unverified From', 'From: a@b.example, x@new.example\r\n\r\n', {}, '421 Domain not verify | closes'],
    ['553 outweighs 421', 'From: x@new.example, y@other.example\r\n\r\n', {}, '553 Domain not found'],
    [
      'the connection’s own limit',
      'From: a@b.example\r\n\r\n',
      { sendLimitLeft: 0 },
      '450 Balance not enough',
    ],
    ['overtaken', 'From: a@b.example\r\n\r\n', { recipients: some(2) }, '450 Balance not enough'],
  ])('%s', (_what, message, more, reply) => {
    expect(end(message, more)).toBe(reply);
  });
});
