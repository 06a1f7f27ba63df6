import { describe, expect, test } from 'vitest';
import { clientCases } from './cases-fixture.ts';
import { gradeCase } from './check-clients.ts';
import { factsOf, sends, type Line } from './facts-fixture.ts';
import { grades, isBad } from './grade.ts';
import type { Told } from './told.ts';

const ehlo: readonly Line[] = [
  [0, 'S', '220 gateway'],
  [1, 'C', 'EHLO client.example'],
  [1, 'S', '250-gateway\r\n250 PIPELINING'],
];
const login: readonly Line[] = [
  [2, 'C', 'AUTH PLAIN ********'],
  [2, 'S', '235 Ok'],
];
const begun: readonly Line[] = [
  [3, 'C', 'MAIL FROM:<a@a.example>'],
  [3, 'S', '250 Ok'],
];

/** Sessions of all kinds, good and bad. */
const sessions: Readonly<Record<string, readonly Line[]>> = {
  'a mail, and QUIT': [...sends(0, '<1@a>', '250 Ok'), [5, 'C', 'QUIT'], [5, 'S', '221 Bye']],
  'two mails that are one': [...sends(0, '<1@a>', '250 Ok'), ...sends(9, '<1@a>', '250 Ok').slice(1)],
  'a mail, and lines of it as commands': [
    ...sends(0, '<1@a>', '250 Ok'),
    [5, 'C', '..two dots'],
    [5, 'S', '500 Not known'],
    [6, 'C', 'QUIT'],
  ],
  'a refused recipient': [
    ...ehlo,
    ...login,
    ...begun,
    [4, 'C', 'RCPT TO:<first@a.example>'],
    [4, 'S', '550 No'],
    [5, 'C', 'RCPT TO:<second@a.example>'],
    [5, 'S', '550 No'],
    [6, 'C', 'RSET'],
    [6, 'S', '250 Ok'],
    [7, 'C', 'QUIT'],
  ],
  'a transaction pipelined behind 421': [
    ...ehlo,
    ...login,
    [3, 'C', 'MAIL FROM:<a@a.example>'],
    [3, 'S', '421 Domain not verify'],
    [150, 'C', 'RCPT TO:<first@a.example>'],
    [150, 'C', 'DATA'],
  ],
  'a login that is tried again': [
    ...ehlo,
    [2, 'C', 'AUTH PLAIN x'],
    [2, 'S', '535 No'],
    [9, 'C', 'AUTH PLAIN x'],
    [9, 'S', '535 No'],
  ],
  'HELO after 421': [
    [0, 'S', '220 gateway'],
    [1, 'C', 'EHLO c'],
    [1, 'S', '421 Later'],
    [2, 'C', 'HELO c'],
  ],
  'a message without 354': [
    ...ehlo,
    ...begun,
    [4, 'C', 'RCPT TO:<first@a.example>'],
    [4, 'S', '250 Ok'],
    [5, 'C', 'DATA'],
    [5, 'S', '451 Later'],
    [6, 'C', 'Subject: x'],
    [6, 'S', '500 Not known'],
    [7, 'C', 'QUIT'],
  ],
  'a sender who is tried twice': [
    ...ehlo,
    [3, 'C', 'MAIL FROM:<a@a.example>'],
    [3, 'S', '451 4.3.2 Later'],
    [900, 'C', 'MAIL FROM:<a@a.example>'],
    [900, 'S', '250 Ok'],
  ],
};

const words: readonly Told[] = [
  { kind: 'exit', exitCode: 0, output: '' },
  { kind: 'exit', exitCode: 75, output: '' },
  { kind: 'exit', exitCode: 1, output: '' },
];
const rank = (grade: (typeof grades)[number]) => grades.indexOf(grade);

describe('whatever is missing in a transcript', () => {
  test.each(Object.entries(sessions))(
    '%s: a cut accuses nobody of what the whole does not show',
    (_what, lines) => {
      const unfair: string[] = [];
      for (const told of words) {
        for (const recipients of [['first@a.example'], ['first@a.example', 'second@a.example']]) {
          const given = { told, recipients, tls: 'starttls', text: 'hello\n.\n..two dots' } as const;
          for (const one of clientCases) {
            const whole = gradeCase(one, factsOf([{ lines, closed: 2_000 }], given));
            for (let kept = 0; kept < lines.length; kept += 1) {
              const cut = gradeCase(
                one,
                factsOf([{ lines: lines.slice(0, kept), closed: 2_000, isCut: true }], given),
              );
              for (const axis of ['wire', 'told'] as const) {
                const [now, then] = [cut[axis].grade, whole[axis].grade];
                const isFair = now === 'not observed' || (isBad(now) && rank(then) <= rank(now));
                if (!isFair)
                  unfair.push(`${one.id}, ${axis}, ${kept} lines: ${now} for ${then}: ${cut[axis].what}`);
              }
            }
          }
        }
      }
      expect(unfair).toEqual([]);
    },
  );
});
