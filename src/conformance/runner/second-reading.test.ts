import { expect, test } from 'vitest';
import { keyOf } from './path-key.ts';
import { compareAgain } from './second-reading.ts';

const octets = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

const message = [
  'From: <s@b.example>',
  'Bcc: hidden@x.example,',
  ' another@x.example',
  'Subject: a',
  ' long one',
  '',
  'text',
  '',
].join('\r\n');
const kept = 'From: <s@b.example>\r\nSubject: a\r\n long one\r\n\r\ntext\r\n';
const top = 'Return-Path: <s@b.example>\r\nReceived: from c by g for <to@x.example>; date\r\n';
const added = `${top}Message-ID: <1@g>\r\nDate: Thu, 15 Jan 2026 12:00:00 +0000\r\n`;

const compare = async (copy: string, submitted = message) => {
  const copies = [
    {
      octets: octets(copy),
      forwardPath: undefined,
      envelope: { forwardPaths: [], strangeNames: [], reversePath: undefined },
    },
  ];
  const wanted = {
    name: 'to',
    address: 'to@X.example',
    messages: [octets(submitted)],
    reversePaths: ['s@b.example'],
    taken: [],
    spellings: [],
  };
  return (await compareAgain(wanted, copies))?.received;
};

test('a copy with what the way adds, and without Bcc, is the message', async () => {
  expect(await compare(`${added}${kept}`)).toBeUndefined();
});

test.each([
  ['a Bcc that is left', `${added}${message}`, 'the field from is not as it was submitted'],
  [
    'the rest of a folded Bcc',
    `${added}${kept.replace('Subject', 'another: y\r\nSubject')}`,
    'the field from is not as it was submitted',
  ],
  [
    'a field cut at its fold',
    `${added}${kept.replace('\r\n long one', '')}`,
    'the field subject is not as it was submitted',
  ],
  ['a field that nobody may add', `X-Tracked: yes\r\n${kept}`, 'a field x-tracked was added'],
  [
    'a Date that is none',
    `${added.replace('Thu, 15 Jan 2026 12:00:00 +0000', 'undefined')}${kept}`,
    'the date that was added is undefined',
  ],
  [
    'a Message-ID that is none',
    `${added.replace('<1@g>', '1')}${kept}`,
    'the message-id that was added is 1',
  ],
  ['another body', `${added}${kept.replace('text', 'test')}`, 'the body is not as it was submitted'],
  [
    'the copy of somebody else',
    `${added.replace('to@x', 'cc@x')}${kept}`,
    'its Received names <cc@x.example>',
  ],
  ['another reverse-path', `${added.replace('<s@b', '<t@b')}${kept}`, 'its Return-Path is <t@b.example>'],
])('%s is seen by the library', async (_what, copy, why) => {
  expect(await compare(copy)).toBe(why);
});

test('a second Date is no addition where the message has one', async () => {
  const dated = `Date: Thu, 15 Jan 2026 12:00:00 +0000\r\n${message}`;
  expect(await compare(`${added}Date: Thu, 15 Jan 2026 12:00:00 +0000\r\n${kept}`, dated)).toBe(
    'a field date was added',
  );
});

test.each(['bcc : <x@b.example>', 'BCC\t: <x@b.example>', 'Resent-Bcc : <x@b.example>'])(
  'a field for hidden recipients that is left is seen in any form: %j',
  async (field) => {
    const submitted = `From: <s@b.example>\r\n${field}\r\nSubject: a\r\n\r\ntext\r\n`;
    const clean = submitted.replace(`${field}\r\n`, '');
    expect(await compare(`${added}${clean}`, submitted)).toBeUndefined();
    expect(await compare(`${added}${submitted}`, submitted)).toBe(
      'the field from is not as it was submitted',
    );
  },
);

test('a Bcc on top tells of nobody but whose copy it is', async () => {
  const submitted = `Bcc: <x@b.example>\r\n${kept}`;
  expect(await compare(`${added}Bcc: <TO@x.example>\r\n${kept}`, submitted)).toBeUndefined();
  expect(await compare(`${added}${submitted}`, submitted)).toBe('a Bcc tells of <x@b.example>');
});

test('what is no header section is left to the first reading', async () => {
  expect(await compare('no header\r\n\r\ntext', 'no header\r\n\r\nother text')).toBeUndefined();
});

test('two spellings of one path have one key', () => {
  const same = ['"Jo\\e"@XN--MNCHEN-3YA.example', 'joe@münchen.example', 'JOE@MÜNCHEN.example'];
  expect(new Set(same.map(keyOf)).size).toBe(1);
  expect(keyOf('a@x.example')).not.toBe(keyOf('b@x.example'));
});
