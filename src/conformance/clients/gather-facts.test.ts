import { expect, test } from 'vitest';
import { CLOCKS_APART_MS, gatherFacts } from './gather-facts.ts';

const ORIGIN = Date.parse('2026-01-15T12:00:00.000Z');

test('a step belongs to the mail that was ordered before it, though two clocks are read in whole milliseconds', () => {
  const session = (at: number, line: string, t: number) => ({
    id: line,
    port: 587 as const,
    startedAt: new Date(ORIGIN + at).toISOString(),
    clientAddress: '127.0.0.1',
    account: 'a',
    truncated: false,
    entries: [{ kind: 'wire' as const, t, direction: 'C' as const, tls: false, octets: `${line}\r\n` }],
  });
  const told = { kind: 'exit', exitCode: 0, output: '' } as const;
  const ended = ORIGIN + 86;
  const next = ended + 3 * CLOCKS_APART_MS;
  const { rounds } = gatherFacts({
    origin: ORIGIN,
    transcripts: [
      // read while the first mail was sent, and written down a moment after its end
      session(79, 'MAIL FROM:<first@a.example>', 7.9),
      // begun at once after the order for the second, and written down a moment before it
      session(next - ORIGIN - 1, 'MAIL FROM:<second@a.example>', 0),
    ],
    mails: [
      { began: ORIGIN, ended, told },
      { began: next, ended: next + 50, told },
    ],
    charged: 0,
    recipients: [],
    tls: 'none',
    text: '',
    mail: { from: '', fromName: '', subject: '', hidden: [], count: 1 },
    secures: undefined,
    tokenRequests: [],
    takes: undefined,
    patience: 1_000,
    second: 1_000,
    profile: 'call',
    knownNames: [],
    knownLibrary: undefined,
  });
  expect(
    rounds.map(({ sessions }) => sessions.flatMap(({ steps }) => steps.map(({ text }) => text))),
  ).toEqual([['MAIL FROM:<first@a.example>'], ['MAIL FROM:<second@a.example>']]);
});
