import { expect, test } from 'vitest';
import { enhancedStatusCode, formatReply, replyClass, replyFrom, showReply } from './reply.ts';
import { ReplyReader, type ReadReply } from './reply-reader.ts';

function readReply(input: string): ReadReply {
  const reader = new ReplyReader();
  reader.push(input);
  return reader.read();
}

test('a reply of several lines has a hyphen behind every code but the last', () => {
  const reply = { code: 250, lines: ['one', 'two', 'three'] } as const;
  expect(formatReply(reply)).toBe('250-one\r\n250-two\r\n250 three\r\n');
  expect(showReply(reply)).toBe('250-one\n250-two\n250 three');
});

test('a documented reply survives the way to the wire and back', () => {
  const reply = replyFrom('450 Balance not enough');
  expect(readReply(formatReply(reply))).toEqual({ kind: 'reply', reply, octets: 24, faults: [] });
  expect(replyClass(reply)).toBe(4);
});

test('the enhanced status code is the first word of the text, and only that', () => {
  expect(enhancedStatusCode(replyFrom('535 5.7.8 Incorrect login or password'))).toBe('5.7.8');
  expect(enhancedStatusCode(replyFrom('250 2.123.456 far'))).toBe('2.123.456');
  expect(enhancedStatusCode(replyFrom('250 2.1.0'))).toBe('2.1.0');
  expect(enhancedStatusCode(replyFrom('250 2.1234.0 x'))).toBeUndefined();
  expect(enhancedStatusCode(replyFrom('450 Balance not enough'))).toBeUndefined();
  expect(enhancedStatusCode(replyFrom('250 version 2.0.0'))).toBeUndefined();
});

test('a reply of several lines is read in the form in which a person writes it', () => {
  expect(replyFrom('250-one\n250-two\n250 three')).toEqual({ code: 250, lines: ['one', 'two', 'three'] });
});

test.each([
  'Balance not enough',
  '251-one\n250 two',
  '250 one\n250 two',
  'x450 Balance',
  '450',
  '450 two\nlines',
])('%j is no reply', (text) => {
  expect(() => replyFrom(text)).toThrow('three digits');
});

test.each([
  ['nothing yet', '', 'incomplete'],
  ['half a line', '250 O', 'incomplete'],
  ['the first of two lines', '250-one\r\n', 'incomplete'],
  ['no code', 'hello\r\n', 'malformed'],
  ['four digits', '2500 x\r\n', 'malformed'],
])('%s is told apart', (_what, input, kind) => {
  expect(readReply(input).kind).toBe(kind);
});

test.each([
  ['LF alone', '250 Ok\n', 'LF instead of CRLF'],
  ['codes that disagree', '250-one\r\n251 two\r\n', '250 and 251'],
  ['a line too long', `250 ${'x'.repeat(520)}\r\n`, '512 are the limit'],
])('%s is a fault of a reply that is still understood', (_what, input, fault) => {
  const read = readReply(input);
  expect(read.kind === 'reply' && read.faults.join()).toContain(fault);
});

test('only the first of several replies is taken', () => {
  expect(readReply('250 one\r\n250 two\r\n')).toMatchObject({ octets: 9 });
});
