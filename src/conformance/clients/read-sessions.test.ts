import { expect, test } from 'vitest';
import type { Session as Transcript } from '../../control-api/history-schemas.ts';
import { readSessions } from './read-sessions.ts';

type Entry = Transcript['entries'][number];

const ORIGIN = Date.UTC(2026, 0, 15, 12);

const wire = (t: number, direction: 'C' | 'S', octets: string): Entry => {
  return { kind: 'wire', t, direction, tls: false, octets: `${octets}\r\n` };
};

/** Reads one session with a greeting: when it ended, and what each command was answered. */
function read(...entries: readonly Entry[]) {
  const transcript: Transcript = {
    id: 's',
    port: 587,
    startedAt: new Date(ORIGIN).toISOString(),
    clientAddress: '127.0.0.1',
    account: 'a',
    truncated: false,
    entries: [wire(0, 'S', '220 gateway'), ...entries],
  };
  const [session] = readSessions([transcript], ORIGIN);
  return { ended: session?.ended, replies: session?.steps.map(({ reply }) => reply?.text) };
}

test('a client that closes its side and waits for a reply has given up then, and hears no reply that comes later', () => {
  const gaveUp = [wire(10, 'C', 'MAIL FROM:<a@b.example>'), { kind: 'half-closed', t: 500 }] as const;
  expect(read(...gaveUp)).toEqual({ ended: 500, replies: [undefined] });
  const late = [wire(900, 'S', '250 Ok'), { kind: 'closed', t: 901 }] as const;
  expect(read(...gaveUp, ...late)).toEqual({ ended: 500, replies: [undefined] });
});

test('a client that closes its side behind QUIT ends when the session is closed', () => {
  expect(
    read(wire(10, 'C', 'QUIT'), { kind: 'half-closed', t: 11 }, wire(12, 'S', '221 Bye'), {
      kind: 'closed',
      t: 13,
    }),
  ).toEqual({ ended: 13, replies: ['221 Bye'] });
});

test('a client that had sent more before it closed its side reads on', () => {
  expect(
    read(
      wire(10, 'C', 'NOOP'),
      { kind: 'half-closed', t: 11 },
      wire(12, 'S', '250 Ok'),
      wire(12, 'C', 'QUIT'),
      wire(13, 'S', '221 Bye'),
      { kind: 'closed', t: 14 },
    ),
  ).toMatchObject({ ended: 14 });
});
