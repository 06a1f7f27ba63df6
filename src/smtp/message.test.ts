import { describe, expect, test, vi } from 'vitest';
import { decodeUtf8, encodeUtf8, octetsToString, stringToOctets } from './bytes.ts';
import {
  dotStuff,
  fieldsNamed,
  hasBareLineEnd,
  headerFields,
  headerSection,
  hiddenRecipientFields,
  MOST_FIELDS,
  withoutFields,
} from './message.ts';

const octets = stringToOctets;

describe('the header section', () => {
  const message = octets(
    'From: a@b.example\r\nSubject: one\r\n two\r\nX-Empty:\r\n\r\nFrom: body@b.example\r\n',
  );

  test('ends at the empty line, folded fields are one', () => {
    expect(headerFields(message).map(({ name, value }) => [name, value])).toEqual([
      ['From', 'a@b.example'],
      ['Subject', 'one two'],
      ['X-Empty', ''],
    ]);
  });

  test('ends at a line that is no field', () => {
    expect(headerFields(octets('A: 1\r\nno field\r\nB: 2\r\n'))).toHaveLength(1);
  });

  test.each([
    ['a line without a colon', 'A: 1\r\nno field\r\nB: 2\r\n\r\n', 'no field'],
    ['a body without an empty line before it', 'A: 1\r\nHello,\r\n', 'no field'],
    ['a continuation of nothing', ' folded\r\nA: 1\r\n\r\n', 'no field'],
    ['a name that is empty', 'A: 1\r\n: 2\r\n\r\n', 'no field'],
    ['a name beyond ASCII', 'Gr\xC3\xB6\xC3\x9Fe: 1\r\n\r\n', 'no field'],
    ['a name with a blank in it', 'Two words: 1\r\n\r\n', 'no field'],
    ['the line of a mailbox file', 'From a@b.example Thu Jan  1 00:00:00 2026\r\nA: 1\r\n\r\n', 'no field'],
    ['more fields than any message needs', `${'a:\r\n'.repeat(MOST_FIELDS + 1)}\r\n`, 'too many fields'],
  ])('is broken by %s', (_what, text, endedBy) => {
    expect(headerSection(octets(text)).endedBy).toBe(endedBy);
  });

  test.each([
    ['no body', 'A: 1\r\n'],
    ['a body', 'A: 1\r\n\r\nno field\r\n'],
    ['blanks before a colon', 'A \t: 1\r\n\r\n'],
    ['a line of blanks in a folded field', 'A: 1\r\n \r\n 2\r\n\r\n'],
    ['a line over 998 octets', `A: ${'x'.repeat(2_000)}\r\n\r\n`],
    ['nothing at all', ''],
    ['as many fields as there may be', `${'a:\r\n'.repeat(MOST_FIELDS)}\r\n`],
  ])('is whole with %s', (_what, text) => {
    expect(headerSection(octets(text)).endedBy).toBeUndefined();
  });

  test('is UTF-8, and a character keeps all its octets wherever it stands', () => {
    const [field] = headerFields(encodeUtf8('Subject: voilà\r\n\tà la carte \r\n\r\n'));
    expect(field?.value).toBe('voilà\tà la carte');
  });

  test.each([
    ['Bcc: a@b.example'],
    ['bcc : a@b.example'],
    ['BCC\t:a@b.example'],
    ['Bcc:\r\n a@b.example,\r\n c@d.example'],
    ['Bcc:'],
    ['Resent-Bcc: a@b.example'],
    ['RESENT-BCC :\r\n\ta@b.example'],
  ])('hidden recipients are taken out whole: %j', (field) => {
    const text = octets(`From: x@y.example\r\n${field}\r\nTo: z@y.example\r\n\r\nBcc: text\r\n`);
    const left = withoutFields(text, hiddenRecipientFields(headerFields(text)));
    expect(octetsToString(left)).toBe('From: x@y.example\r\nTo: z@y.example\r\n\r\nBcc: text\r\n');
  });

  test('fields are found without case and taken out whole', () => {
    const left = withoutFields(message, fieldsNamed(headerFields(message), 'SUBJECT'));
    expect(octetsToString(left)).toBe('From: a@b.example\r\nX-Empty:\r\n\r\nFrom: body@b.example\r\n');
  });
});

test('dots are stuffed at the start of the message and behind CRLF, nowhere else', () => {
  expect(octetsToString(dotStuff(octets('.a\r\n.\r\n..b\r\nc.d\n.e\r\n')))).toBe(
    '..a\r\n..\r\n...b\r\nc.d\n.e\r\n',
  );
});

test.each([1, 1_000])('%i dots to stuff take no array each', (dots) => {
  const message = octets('.\r\n'.repeat(dots));
  const views = vi.spyOn(message, 'subarray');
  expect(dotStuff(message)).toHaveLength(4 * dots);
  expect(views.mock.calls.length).toBeLessThan(2);
});

test.each([
  ['a\r\nb\r\n', false],
  ['a\nb\r\n', true],
  ['a\rb\r\n', true],
  ['a\r\n\r', true],
  ['', false],
])('%j has a bare CR or LF: %s', (message, bare) => {
  expect(hasBareLineEnd(octets(message))).toBe(bare);
});

test('UTF-8 that is none is told', () => {
  expect(decodeUtf8(Uint8Array.of(0xc3, 0xa9))).toBe('é');
  expect(decodeUtf8(Uint8Array.of(0xc3))).toBeUndefined();
});
