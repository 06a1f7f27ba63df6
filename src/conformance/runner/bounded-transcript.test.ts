import { expect, test } from 'vitest';
import type { WireEvent } from '../../smtp/transcript.ts';
import { boundTranscript, transcriptBounds, type RecordedWire } from './bounded-transcript.ts';

function said(direction: 'C' | 'S', octets: string): WireEvent {
  return { t: 0, session: 1, direction, octets, tls: false };
}

function recordOf(events: readonly WireEvent[]): readonly RecordedWire[] {
  const kept: RecordedWire[] = [];
  const transcript = boundTranscript((event) => kept.push(event));
  for (const event of events) transcript.record(event);
  transcript.end();
  return kept;
}

test('a conversation in order is kept whole, however long', () => {
  const kept: RecordedWire[] = [];
  const transcript = boundTranscript((event) => kept.push(event));
  const reply = `250 ${'x'.repeat(200)}\r\n`;
  for (let count = 0; count < 4_000; count += 1) {
    transcript.record(said('C', 'RCPT TO:<a@b.example>\r\n'));
    transcript.record(said('S', reply));
    transcript.heard(1);
  }
  transcript.end();
  expect(kept).toHaveLength(8_000);
  expect(kept.every(({ octets, cut }) => octets !== '' && cut === undefined)).toBe(true);
});

test.each([
  ['letters in large pieces', 'x'.repeat(64 * 1024), 160],
  ['NULs, which JSON makes six octets of', '\0'.repeat(64 * 1024), 160],
  ['one octet at a time', 'x', 1_000_000],
])('%s: the record has its bound, and says how much is missing', (_what, piece, count) => {
  const kept = recordOf(Array.from({ length: count }, () => said('S', piece)));
  expect(kept.map((event) => JSON.stringify(event)).join('').length).toBeLessThan(transcriptBounds.session);
  const shown = kept.reduce((sum, { octets, cut = 0 }) => sum + octets.length + cut, 0);
  expect(shown).toBe(piece.length * count);
  expect(kept.at(-1)).toMatchObject({ octets: '', cut: expect.any(Number) });
});

test('what the client says stands in its place behind what was cut, and is kept', () => {
  const kept = recordOf([said('S', 'x'.repeat(100_000)), said('C', 'QUIT\r\n'), said('S', '221 bye\r\n')]);
  expect(kept.map(({ direction, cut }) => [direction, cut === undefined ? 'kept' : 'cut'])).toEqual([
    ['S', 'kept'],
    ['S', 'cut'],
    ['C', 'kept'],
    ['S', 'cut'],
  ]);
});
