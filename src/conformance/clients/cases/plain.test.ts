import { describe, expect, test } from 'vitest';
import type { Facts } from '../facts.ts';
import { factsOf, type Line } from '../facts-fixture.ts';
import { sanityCase } from './plain.ts';

describe('a client that cannot send a plain mail', () => {
  const plain = (facts: Facts) => sanityCase.wire(facts);
  const begin: readonly Line[] = [
    [0, 'S', '220 gateway'],
    [1, 'C', 'MAIL FROM:<a@a.example>'],
    [1, 'S', '250 Ok'],
    [2, 'C', 'RCPT TO:<first@a.example>'],
    [2, 'S', '250 Ok'],
    [3, 'C', 'DATA'],
    [3, 'S', '354 Go on'],
    [4, 'C', 'hello'],
  ];
  test.each([
    ['550 5.6.0 Message contains bare CR or LF', 'End each line with CRLF.'],
    ['550 5.6.0 Message rejected: Missing required "From" header', undefined],
  ])('the first reply that decided is named: %s', (reply, advice) => {
    const judged = plain(
      factsOf([{ lines: [...begin, [4, 'S', reply], [5, 'C', 'RSET'], [5, 'S', '250 Ok']] }]),
    );
    expect(judged).toMatchObject({
      grade: 'wrong',
      what: `Sent the mail to 0 of 1 recipients: the message was answered "${reply}".`,
      evidence: { line: 'C1: (the message)', reply: { line: `S1: ${reply}` } },
    });
    expect(judged.advice).toBe(advice);
  });

  test('variables are spoken of where they were not read', () => {
    expect(plain(factsOf([])).advice).toBe('Connect to SMTP_HOST and SMTP_PORT.');
    const loginRefused = [
      ...begin.slice(0, 1),
      [1, 'C', 'AUTH PLAIN x'],
      [1, 'S', '535 5.7.8 No'],
    ] as readonly Line[];
    expect(plain(factsOf([{ lines: loginRefused }])).advice).toContain('SMTP_USER and SMTP_PASS');
  });
});
