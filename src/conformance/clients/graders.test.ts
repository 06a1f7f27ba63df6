import { describe, expect, test } from 'vitest';
import { clientCases } from './cases-fixture.ts';
import type { Facts } from './facts.ts';
import { factsOf, sends, type Line } from './facts-fixture.ts';

/** The wire's grade of a case. */
function wire(id: string, facts: Facts) {
  return clientCases.find((one) => one.id === id)?.wire(facts).grade;
}

const refused = (at: number) => ({
  lines: [[at, 'S', '421 4.4.5 Server is temporarily unavailable']] as const,
  closed: at + 1,
});

describe('421 in place of the greeting, and how the client comes again', () => {
  test.each([
    ['never', [0], 'right'],
    ['after longer and longer', [0, 2_000, 7_000], 'right'],
    ['after the same time again and again', [0, 2_000, 4_000, 6_000], 'acceptable'],
    ['at once', [0, 100], 'wrong'],
  ] as const)('%s', (_how, times, grade) => {
    expect(wire('unavailable-greeting', factsOf(times.map(refused)))).toBe(grade);
  });

  test('with several connections side by side', () => {
    const open = (at: number) => ({ ...refused(at), closed: at + 500 });
    expect(wire('unavailable-greeting', factsOf([refused(0), open(3_000), open(3_100)]))).toBe('wrong');
  });

  test('and what it says to a session that is gone', () => {
    const late = (at: number) => ({
      lines: [...refused(0).lines, [at, 'C', 'EHLO client.example']] as const,
      closed: 100,
    });
    expect(wire('unavailable-greeting', factsOf([late(50)]))).toBe('wrong');
    const quit = { lines: [...refused(0).lines, [50, 'C', 'QUIT']] as const, closed: 100 };
    expect(wire('unavailable-greeting', factsOf([quit]))).toBe('right');
  });
});

describe('a cut after the final dot', () => {
  const again = (at: number, id: string) =>
    factsOf([
      { lines: sends(0, '<1@a>', undefined), closed: 10 },
      { lines: sends(at, id, '250 Ok'), closed: at + 10 },
    ]);
  test.each([
    ['sent again at once', again(100, '<1@a>'), 'dangerous'],
    ['sent again later as the same mail', again(15_000, '<1@a>'), 'acceptable'],
    ['sent again later as another mail', again(15_000, '<2@a>'), 'dangerous'],
    ['not sent again', factsOf([{ lines: sends(0, '<1@a>', undefined), closed: 10 }]), 'right'],
  ] as const)('%s', (_how, facts, grade) => {
    expect(wire('cut-after-dot', facts)).toBe(grade);
  });

  test('nothing is said of a client that was not watched long enough', () => {
    const facts = factsOf([{ lines: sends(0, '<1@a>', undefined), closed: 10 }], {
      told: { kind: 'running', output: '' },
      patience: 5_000,
    });
    expect(wire('cut-after-dot', facts)).toBe('not observed');
  });
});

test('the mails that clients are told to send are plain, but where the text is the question', () => {
  const hard = clientCases.filter(
    ({ mail }) => !/^[ -~]{1,70}$/.test(mail.text) || mail.text.startsWith('.'),
  );
  expect(hard.map(({ id }) => id)).toEqual([
    'injected-text',
    'hard-text',
    'long-text',
    'over-size',
    'few-extensions',
  ]);
});

describe('a server that never answers', () => {
  const waits = (ms: number | undefined, patience: number) =>
    factsOf(
      [
        {
          lines: [
            [0, 'S', '220 gateway'],
            [0, 'C', 'MAIL FROM:<a@a.example>'],
          ],
          ...(ms !== undefined && { closed: ms }),
        },
      ],
      { patience: patience * 1_000, ...(ms === undefined && { told: { kind: 'running', output: '' } }) },
    );
  test.each([
    [15, 20, 'wrong'],
    [120, 330, 'acceptable'],
    [301, 330, 'right'],
    [undefined, 330, 'not observed'],
    [undefined, 700, 'wrong'],
  ] as const)('left after %s s of %s: %s', (seconds, patience, grade) => {
    expect(wire('silent', waits(seconds === undefined ? undefined : seconds * 1_000, patience))).toBe(grade);
  });
});

describe('a client that pipelines, and 421 to its MAIL', () => {
  const session = (late: readonly Line[], offers = '250-gateway\r\n250 PIPELINING') =>
    factsOf([
      {
        lines: [
          [0, 'S', '220 gateway'],
          [0, 'C', 'EHLO client.example'],
          [0, 'S', offers],
          [1, 'C', 'MAIL FROM:<a@a.example>'],
          [1, 'S', '421 Domain not verify'],
          ...late,
        ],
        closed: 200,
      },
    ]);
  const rest: readonly Line[] = [
    [150, 'C', 'RCPT TO:<first@a.example>'],
    [150, 'C', 'DATA'],
  ];
  test.each([
    ['the rest of the transaction, however late a busy machine reads it', session(rest), 'acceptable'],
    ['the same where PIPELINING was not offered', session(rest, '250 gateway'), 'wrong'],
    ['one command that came late', session(rest.slice(0, 1)), 'wrong'],
    ['one command that came soon', session([[8, 'C', 'RCPT TO:<first@a.example>']]), 'acceptable'],
    ['another transaction', session([[8, 'C', 'MAIL FROM:<a@a.example>'], ...rest]), 'wrong'],
  ] as const)('%s', (_how, facts, grade) => {
    expect(wire('domain-not-verified', facts)).toBe(grade);
  });
});

describe('one of two recipients is refused, and the mail is given up to both', () => {
  const abort = (reply: string) =>
    factsOf(
      [
        {
          lines: [
            [0, 'S', '220 gateway'],
            [1, 'C', 'MAIL FROM:<a@a.example>'],
            [1, 'S', '250 Ok'],
            [2, 'C', 'RCPT TO:<first@a.example>'],
            [2, 'S', '250 Ok'],
            [3, 'C', 'RCPT TO:<second@a.example>'],
            [3, 'S', reply],
            [4, 'C', 'QUIT'],
            [4, 'S', '221 Bye'],
          ],
          closed: 5,
        },
      ],
      { recipients: ['first@a.example', 'second@a.example'] },
    );
  test.each([
    ['unsubscribed-550', '550 Email receiver unsubscribe or complaint', 'wrong'],
    ['mailbox-553', '553 Recipient has exceeded mailbox limit', 'wrong'],
    // nobody lost anything: all of it may be sent again later
    ['balance-450', '450 Balance not enough', 'acceptable'],
    // these ask whether the reply was read
    ['text-against-code', '450 User unknown, 550 5.1.1 no such mailbox', 'acceptable'],
    ['multi-line', '550-This mailbox is closed\r\n550 Try again later, 450 4.2.1', 'acceptable'],
  ] as const)('%s: %s is %s', (id, reply, grade) => {
    expect(wire(id, abort(reply))).toBe(grade);
  });
});

test('a notice of failure under the null reverse-path is no retry', () => {
  const mail = (path: string) => [0, 'C', `MAIL FROM:<${path}>`] as const;
  const no = [0, 'S', '553 Domain not found'] as const;
  const lines = (second: string) =>
    factsOf([{ lines: [[0, 'S', '220 gateway'], mail('a@a.example'), no, mail(second), no], closed: 5 }]);
  expect(wire('domain-not-found', lines(''))).toBe('right');
  expect(wire('domain-not-found', lines('a@a.example'))).toBe('wrong');
});

test('every case has a source, and ids that a command line takes', () => {
  expect(clientCases.filter(({ id, source }) => !/^[a-z0-9-]+$/.test(id) || source === '')).toEqual([]);
  expect(new Set(clientCases.map(({ id }) => id)).size).toBe(clientCases.length);
});
