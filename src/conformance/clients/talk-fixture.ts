import type { Line } from './facts-fixture.ts';

/** Lines as a test writes them: `C …` and `S …`, a millisecond apart, from `at` on. */
export function talk(at: number, ...lines: readonly string[]): readonly Line[] {
  return lines.map((line, index) => {
    const who = line.startsWith('S ') ? 'S' : 'C';
    return [at + index, who, line.slice(2)] as const;
  });
}

/** A greeting and EHLO. */
export const hello = ['S 220 gateway', 'C EHLO c', 'S 250 gateway'] as const;

/** A transaction that is accepted: who it is to, and what is sent. */
export function mail(
  to: readonly string[],
  message = 'From: Shop <a@a.example>\r\nMessage-ID: <1@a>\r\n\r\nhello',
  reply = '250 Ok',
): readonly string[] {
  return [
    'C MAIL FROM:<a@a.example>',
    'S 250 Ok',
    ...to.flatMap((address) => [`C RCPT TO:<${address}>`, 'S 250 Ok']),
    'C DATA',
    'S 354 Go on',
    `C ${message}`,
    `S ${reply}`,
  ];
}

/** The end. */
export const bye = ['C QUIT', 'S 221 Bye'] as const;
