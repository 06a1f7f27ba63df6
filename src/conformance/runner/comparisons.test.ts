import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { describe, expect, test } from 'vitest';
import { replyFrom, type Reply } from '../../smtp/reply.ts';
import { readExpectation } from '../scenario/read-server-line.ts';
import { compareDelivered, envelopeOf, indexSubmissions } from './compare-delivered.ts';
import { compareThen } from './compare-then.ts';
import { compareReply, offersKeyword, type ReplyExpectation } from './compare-reply.ts';

const context = {
  contract: emailmassivo,
  about: 'protocol.rset',
  tag: undefined,
  values: new Map([['to', 'a.b@c.example']]),
  declaresChoices: true,
} as const;

function expectation(text: string): ReplyExpectation {
  const read = readExpectation(text);
  if (read.kind === 'literal' || read.kind === 'code' || read.kind === 'class' || read.kind === 'pattern')
    return read;
  throw new Error(`${text} expects no reply`);
}

describe('a reply', () => {
  test.each([
    ['250 *', '250 anything', 'met'],
    ['250 *', '251 anything', 'unmet'],
    ['5xx *', '554 no', 'met'],
    ['5xx *', '454 no', 'unmet'],
    ['450 Balance not enough', '450 Balance not enough', 'met'],
    ['450 Balance not enough', '450 balance not enough', 'unmet'],
    ['450 Balance not enough', '450 Balance not enough ', 'unmet'],
    ['250 <${to}> ok', '250 <a.b@c.example> ok', 'met'],
    ['/^250 <${to}>$/', '250 <a.b@c.example>', 'met'],
    ['/^250 <${to}>$/', '250 <aXb@c.example>', 'unmet'],
  ])('%s against %s is %s', (expected, came, outcome) => {
    expect(compareReply(expectation(expected), replyFrom(came), context).kind).toBe(outcome);
  });

  test('that a pattern met gives its captures', () => {
    expect(compareReply(expectation('/as (?<id>\\w+)/'), replyFrom('250 queued as q1'), context)).toEqual({
      kind: 'met',
      captures: new Map([['id', 'q1']]),
    });
  });

  test('of several lines is no single line', () => {
    const reply: Reply = { code: 450, lines: ['Balance not enough', ''] };
    expect(compareReply(expectation('450 Balance not enough'), reply, context).kind).toBe('unmet');
  });
});

test.each([
  ['AUTH', true],
  ['auth plain', true],
  ['AUTH CRAM-MD5', false],
  ['STARTTLS', false],
  ['gateway', false],
])('an EHLO reply offers %s: %s', (keyword, offered) => {
  expect(offersKeyword({ code: 250, lines: ['gateway', 'AUTH PLAIN LOGIN', 'SIZE 1'] }, keyword)).toBe(
    offered,
  );
});

describe('a copy', () => {
  const octets = (text: string) => new TextEncoder().encode(text);
  const taken = { transmissionType: 'ESMTPSA', at: Date.parse('2026-01-15T12:00:00Z') };

  test.each([
    ['Received: from x by y for <a@b>; date\r\nFrom: x\r\n', 'a@b'],
    ['X-Gauntlet-Email: 1\r\nReceived: from x by y\r\n for <a@b>; date\r\n', 'a@b'],
    ['Received: from x by y; date\r\nFrom: x\r\n', undefined],
    ['From: x\r\nReceived: from x by y for <a@b>; date\r\n', undefined],
  ])('%j goes to %s', (text, path) => {
    expect(envelopeOf(octets(text)).forwardPaths).toEqual(path === undefined ? [] : [path]);
  });

  test('is wanted once for each message that was accepted for the address, whatever its case', () => {
    const submissions = [
      {
        message: 'a',
        forwardPaths: ['To@R.example', 'to@r.example'],
        reversePath: 's@b',
        login: undefined,
        taken,
        order: 0,
      },
      {
        message: 'b',
        forwardPaths: ['other@r.example'],
        reversePath: 's@b',
        login: undefined,
        taken,
        order: 0,
      },
    ];
    expect(indexSubmissions(submissions)('to@r.example').map(({ message }) => message)).toEqual(['a']);
  });

  test.each([
    [
      'the same envelope',
      'Return-Path: <s@b>\r\nReceived: by m for <a@b>\r\nReceived: by g for <A@B>\r\n',
      undefined,
    ],
    [
      'another forward-path in the gateway’s own Received',
      'Received: by m for <a@b>\r\nReceived: by g for <z@b>\r\n',
      'z@b',
    ],
    ['another reverse-path', 'Return-Path: <z@b>\r\nReceived: by m for <a@b>\r\n', 'z@b'],
  ])('has its transaction’s envelope: %s', (_what, top, wrong) => {
    const message = 'From: x\r\n\r\n1';
    const copy = octets(`${top}${message}`);
    const wanted = {
      name: 'to',
      address: 'a@b',
      messages: [octets(message)],
      reversePaths: ['s@b'],
      taken: [],
      spellings: [],
    };
    const compared = compareDelivered(wanted, [
      { octets: copy, forwardPath: 'a@b', envelope: envelopeOf(copy) },
    ]);
    expect(compared?.received ?? '').toContain(wrong ?? '');
    expect(compared === undefined).toBe(wrong === undefined);
  });

  test('keeps the letters of the local part, which are the recipient’s own affair', () => {
    const message = 'From: x\r\n\r\n1';
    const compare = (path: string, spellings: readonly string[]) => {
      const copy = octets(`Received: by g for <${path}>\r\n${message}`);
      const wanted = { name: 'to', address: 'a@b', messages: [octets(message)], reversePaths: [], taken: [] };
      const copies = [{ octets: copy, forwardPath: 'a@b', envelope: envelopeOf(copy) }];
      return compareDelivered({ ...wanted, spellings }, copies)?.received;
    };
    expect(compare('A@B', ['A@b'])).toBeUndefined();
    expect(compare('a@b', ['A@b'])).toBe('its Received names <a@b>');
    expect(compare('a@b', [])).toBeUndefined();
  });

  const traced = (how: string) =>
    `Received: from c by g with ${how}\r\n\tfor <a@b>; Thu, 15 Jan 2026 12:00:01 +0000\r\nX-Gauntlet-Email: 1\r\n`;

  test.each([
    ['as it was', traced('ESMTPSA'), taken, undefined],
    ['without its TLS', traced('ESMTPA'), taken, 'its Received is with ESMTPA'],
    [
      'at another time',
      traced('ESMTPSA'),
      { ...taken, at: taken.at + 3_600_000 },
      'its Received is of 2026-01-15T12:00:01.000Z',
    ],
    ['by another name', traced('ESMTPSA'), { ...taken, helloName: 'd' }, 'its Received is from c'],
    ['by its own name', traced('ESMTPSA'), { ...taken, helloName: 'c' }, undefined],
    ['where the name is none', traced('ESMTPSA'), { ...taken, helloName: 'my_host' }, undefined],
    ['where nothing says it', 'X-Gauntlet-Email: 1\r\n', taken, undefined],
  ])('says how and when its message was taken: %s', (_what, top, each, wrong) => {
    const message = 'From: x\r\n\r\n1';
    const copy = octets(`${top}${message}`);
    const wanted = {
      name: 'to',
      address: 'a@b',
      messages: [octets(message)],
      reversePaths: ['s@b'],
      taken: [each],
      spellings: [],
    };
    const compared = compareDelivered(wanted, [
      { octets: copy, forwardPath: 'a@b', envelope: envelopeOf(copy) },
    ]);
    expect(compared?.received).toBe(wrong);
  });

  test('of each of several messages is found, in any order', () => {
    const wanted = {
      name: 'to',
      address: 'a@b',
      messages: [octets('From: x\r\n\r\n1'), octets('From: x\r\n\r\n2')],
      reversePaths: ['s@b'],
      taken: [],
      spellings: [],
    };
    const copies = ['From: x\r\n\r\n2', 'From: x\r\n\r\n1'].map((text) => ({
      octets: octets(text),
      forwardPath: 'a@b',
      envelope: envelopeOf(octets(text)),
    }));
    expect(compareDelivered(wanted, copies)).toBeUndefined();
    expect(compareDelivered(wanted, copies.slice(1))).toMatchObject({
      received: '1 copy; 1 missing, 0 that should not be there',
    });
  });

  test('that is missing is told with what the history says of it', () => {
    const row = { recipient: 'A@B', time: '2026-01-15T10:00:00Z', connection: undefined };
    const observation = {
      charged: 2,
      balance: 8,
      history: [
        { ...row, status: 'delivered' as const },
        { ...row, status: 'deferred' as const, reason: '421 Timeout' },
      ],
      status: 'Active' as const,
      suppressed: [],
      statistics: undefined,
      otherHistory: [],
    };
    const compared = compareThen(
      {
        kind: 'delivered',
        of: 'first',
        copies: new Map(),
        rule: undefined,
        offset: 0,
        position: { line: 1, column: 1 },
        source: '',
      },
      {
        observation,
        filtered: new Map(),
        copies: new Map(),
        recipients: new Map([['to', 'a@b']]),
        values: new Map(),
        submittedSizes: () => [],
        wanted: () => [
          {
            name: 'to',
            address: 'a@b',
            messages: [octets('From: x')],
            reversePaths: [],
            taken: [],
            spellings: [],
          },
        ],
      },
    );
    expect(compared).toMatchObject({
      received: '0 copies; 1 missing, 0 that should not be there; the history says: deferred (421 Timeout)',
    });
  });
});
