import { describe, expect, test } from 'vitest';
import { replyBounds, ReplyReader } from './reply-reader.ts';

function readerOf(...pieces: readonly string[]): ReplyReader {
  const reader = new ReplyReader();
  for (const piece of pieces) reader.push(piece);
  return reader;
}

describe('octets that come in pieces', () => {
  test('are replies as soon as these are whole, and unread until then', () => {
    const reader = readerOf('250-o', 'ne\r', '\n25');
    expect(reader.read().kind).toBe('incomplete');
    expect(reader.unread).toBe('250-one\r\n25');
    expect(reader.isEmpty).toBe(false);
    reader.push('0 two\r\n220 next');
    expect(reader.read()).toMatchObject({ kind: 'reply', reply: { code: 250, lines: ['one', 'two'] } });
    expect(reader.unread).toBe('220 next');
    expect(reader.takeUnread()).toBe('220 next');
    expect(reader.isEmpty).toBe(true);
  });

  test.each([
    ['one line without an end', 'x'],
    ['lines of one reply', '250-x\r\n'],
    ['whole replies', '250 x\r\n'],
    ['line ends alone', '\n'],
  ])('%s: twice the octets, one by one, are twice the effort', (_what, unit) => {
    const effort = (octets: number): number => {
      const reader = new ReplyReader();
      const input = unit.repeat(Math.floor(octets / unit.length));
      for (const octet of input) {
        reader.push(octet);
        reader.read();
      }
      return reader.examined;
    };
    expect(effort(16_000)).toBeLessThanOrEqual(16_000);
    expect(effort(32_000)).toBeLessThanOrEqual(32_000);
  });
});

describe('whoever says too much', () => {
  const bounds: readonly (readonly [string, string, number, string])[] = [
    ['one line without an end', 'x', replyBounds.line, 'a line has more than 65536 octets'],
    ['a line of a reply', '250 '.padEnd(1000, 'x'), replyBounds.line, 'a line has more than'],
    ['lines of one reply', '250-x\r\n', replyBounds.reply, 'a reply has more than'],
    ['NULs', '\0', replyBounds.line, 'a line has more than'],
  ];
  test.each(bounds)('%s: is malformed beyond the bound, and not before', (_what, unit, bound, why) => {
    const reader = new ReplyReader();
    const units = Math.floor(bound / unit.length);
    for (let count = 0; count < units; count += 1) reader.push(unit);
    expect(reader.read().kind).toBe('incomplete');
    for (let count = 0; count < 2 * units; count += 1) reader.push(unit);
    const read = reader.read();
    expect(read).toMatchObject({ kind: 'malformed', why: expect.stringContaining(why) });
    expect(read.kind === 'malformed' && read.line.length).toBeLessThanOrEqual(1024);
    expect(reader.read()).toMatchObject({ kind: 'malformed' });
    expect(reader.unread.length).toBeLessThanOrEqual(bound + unit.length);
  });

  test('unasked replies: the backlog is bounded, and none of it is taken for an answer', () => {
    const reader = new ReplyReader();
    for (let count = 0; count < 100_000; count += 1) reader.push('250 ok\r\n');
    expect(reader.read()).toMatchObject({ kind: 'malformed', why: expect.stringContaining('nobody asked') });
    expect(reader.unread).toBe('');
  });

  test('what came whole before a line too long is read first', () => {
    const reader = readerOf('220 hello\r\n', 'x'.repeat(replyBounds.line + 1));
    expect(reader.read()).toMatchObject({ kind: 'reply', reply: { code: 220 } });
    expect(reader.read()).toMatchObject({ kind: 'malformed' });
  });
});
