import { describe, expect, test } from 'vitest';
import { clientCases } from './cases-fixture.ts';
import { gradeCase } from './check-clients.ts';
import type { Facts } from './facts.ts';
import { factsOf, sends, type Line } from './facts-fixture.ts';

function graded(id: string, facts: Facts) {
  const one = clientCases.find((each) => each.id === id);
  if (one === undefined) throw new TypeError(`There is no case ${id}.`);
  return gradeCase(one, facts);
}

describe('lines of a mail that ran as commands', () => {
  const spilled = (line: string) =>
    factsOf(
      [
        {
          lines: [
            ...sends(0, '<1@a>', '250 Ok'),
            [5, 'C', line],
            [5, 'S', '500 5.5.1 Command not recognized'],
            [6, 'C', 'QUIT'],
          ],
          closed: 10,
        },
      ],
      { text: 'hello\n.\n..two dots\nHELP us\nbye', told: { kind: 'exit', exitCode: 0, output: '' } },
    );
  test.each([
    ['hard-text', '..two dots'],
    // whatever case it happens in
    ['plain-mail', '..two dots'],
    ['goodbye', 'some line of another mail'],
    // a line that looks like a command
    ['goodbye', 'HELP us'],
  ] as const)('%s: %s', (id, line) => {
    expect(graded(id, spilled(line)).wire).toMatchObject({
      grade: 'dangerous',
      evidence: { line: `C1: ${line}`, reply: { line: 'S1: 500 5.5.1 Command not recognized' } },
    });
  });

  test.each(['QUIT', 'RSET', 'MAIL FROM:<a@a.example>', 'NOOP', '.', ''])('but not %s', (line) => {
    expect(graded('goodbye', spilled(line)).wire.grade).not.toBe('dangerous');
  });
});

describe('a loop', () => {
  const loop = (times: number): readonly Line[] =>
    Array.from({ length: times }, (_, index) => [
      [index, 'C', 'EHLO client.example'] as const,
      [index, 'S', '250 gateway'] as const,
      [index, 'C', 'STARTTLS'] as const,
      [index, 'S', '500 5.5.1 Command not recognized'] as const,
    ]).flat();
  const session = (times: number, isCut = false) =>
    factsOf([{ lines: [[0, 'S', '220 gateway'], ...loop(times)], closed: 1_000, isCut }], {
      tls: 'starttls',
    });

  test('of the same commands in one session is wrong, in whatever case', () => {
    expect(graded('starttls-missing', session(2)).wire.grade).toBe('right');
    expect(graded('starttls-missing', session(20)).wire).toMatchObject({
      grade: 'wrong',
      what: expect.stringMatching(/^Says EHLO 20 times in one session/) as string,
    });
    expect(graded('slow', session(20)).wire.grade).toBe('wrong');
  });

  test('that filled its transcript is wrong all the same, and the number is said to be the least', () => {
    const { wire, cut, transcript } = graded('starttls-missing', session(20, true));
    expect(wire.what).toMatch(/^Says EHLO at least 20 times/);
    expect(wire.grade).toBe('wrong');
    expect(cut).toBe(true);
    expect(transcript.map(({ text }) => text)).toContain(
      '1: the transcript is full, and the rest of this session is not kept',
    );
  });

  test('of connections', () => {
    const turnedAway = (at: number) => ({ lines: [[at, 'S', '421 Later']] as const, closed: at + 1 });
    const storm = factsOf(Array.from({ length: 25 }, (_, index) => turnedAway(index * 10)));
    expect(graded('no-service', storm).wire.grade).toBe('wrong');
    const calm = factsOf(Array.from({ length: 25 }, (_, index) => turnedAway(index * 2_000)));
    expect(graded('no-service', calm).wire).toMatchObject({
      grade: 'acceptable',
      what: expect.stringContaining('the wait does not grow') as string,
    });
  });
});

describe('a transcript that is cut', () => {
  const told = { kind: 'exit', exitCode: 0, output: '' } as const;
  const begun = (isCut: boolean, charged = 0) =>
    factsOf(
      [
        {
          lines: [
            [0, 'S', '220 gateway'],
            [1, 'C', 'EHLO client.example'],
          ],
          closed: 10,
          isCut,
        },
      ],
      {
        told,
        charged,
      },
    );
  test.each([
    ['a session that was longer than its transcript', begun(true)],
    ['a send that was deducted and that no transcript shows', begun(false, 1)],
  ] as const)('%s: nothing is concluded from what is missing', (_what, facts) => {
    const { wire, told: word, cut } = graded('plain-mail', facts);
    expect({ wire: wire.grade, told: word.grade, cut }).toEqual({
      wire: 'not observed',
      told: 'not observed',
      cut: true,
    });
    expect(wire.what).toContain('cut');
  });

  test('the same whole is a client that does not send, and says that it did', () => {
    const { wire, told: word } = graded('plain-mail', begun(false));
    expect([wire.grade, word.grade]).toEqual(['wrong', 'dangerous']);
  });

  test('what it shows stands: a password in clear, and a mail sent twice', () => {
    const clear = factsOf(
      [
        {
          lines: [
            [0, 'S', '220 gateway'],
            [1, 'C', 'AUTH PLAIN ********'],
            [1, 'S', '235 Ok'],
          ],
          isCut: true,
        },
      ],
      { tls: 'starttls' },
    );
    expect(graded('starttls-missing', clear).wire.grade).toBe('dangerous');
    const twice = factsOf(
      [{ lines: sends(0, '<1@a>', '250 Ok') }, { lines: sends(5, '<1@a>', '250 Ok'), isCut: true }],
      { told, charged: 2 },
    );
    expect(graded('goodbye', twice).cut).toBe(true);
    expect(graded('plain-mail', twice).wire.grade).toBe('dangerous');
  });
});

describe('a server that has no name but one that libraries trust', () => {
  const clear = (knownNames: readonly string[]) =>
    factsOf(
      [
        {
          lines: [
            [0, 'S', '220 gateway'],
            [1, 'C', 'AUTH PLAIN ********'],
            [1, 'S', '235 Ok'],
            [2, 'C', 'MAIL FROM:<a@a.example>'],
            [2, 'S', '250 Ok'],
          ],
        },
      ],
      { tls: 'starttls', knownNames },
    );
  test.each(['starttls-missing', 'starttls-refused', 'certificate-unknown'])(
    '%s is not held against the client',
    (id) => {
      expect(graded(id, clear(['localhost'])).wire).toMatchObject({
        grade: 'not observed',
        what: expect.stringContaining('called localhost here') as string,
        advice: expect.stringContaining('SMTP_SERVERNAME') as string,
      });
      expect(graded(id, clear(['buildbox'])).wire.grade).toBe('dangerous');
      // it asked for the real name in a handshake of this check
      expect(graded(id, clear(['localhost', 'smtp.example'])).wire.grade).toBe('dangerous');
    },
  );
});
