import { factsOf } from '../facts-fixture.ts';
import type { Facts } from '../facts.ts';
import type { Grade } from '../grade.ts';
import { bye, hello, mail, talk } from '../talk-fixture.ts';

export const F = 'first@a.example';
export const SECOND = 'second@a.example';
export const told = (exitCode: number) => ({ kind: 'exit', exitCode, output: '' }) as const;
export const running = { kind: 'running', output: '' } as const;
export type Given = Parameters<typeof factsOf>[1];

/** One session that closes behind its last line. */
export const one = (lines: readonly string[], given: Given = {}) =>
  factsOf([{ lines: talk(0, ...lines), closed: lines.length }], { told: told(0), ...given });
/** Two sessions, the second so many milliseconds after the first. */
export const two = (first: readonly string[], gap: number, second: readonly string[], given: Given = {}) =>
  factsOf(
    [
      { lines: talk(0, ...first), closed: first.length },
      { lines: talk(gap, ...second), closed: gap + second.length },
    ],
    { told: told(0), ...given },
  );

export const sent = [...hello, ...mail([F]), ...bye];
export const from = (field: string) => [...hello, ...mail([F], `${field}\r\n\r\nhello`), ...bye];
export const upTo = (...lines: readonly string[]) => [...hello, ...lines];
export const begun = ['C MAIL FROM:<a@a.example>', 'S 250 Ok'];
export const rcpt = (line: string) =>
  upTo(...begun, `C RCPT TO:<${line}>`, 'S 250 Ok', 'C DATA', 'S 354 Go', 'C x\r\n\r\ny', 'S 250 Ok');
export const again = (first: readonly string[], gap = 100, given: Given = {}) => two(first, gap, sent, given);
export const cutAtQuit = sent.slice(0, -1);
export const said = (code: string) => upTo('C MAIL FROM:<a@a.example>', `S ${code} said`, ...bye);
export const dot = (code: string) => [...hello, ...mail([F], undefined, `${code} said`), ...bye];
export const both = { recipients: [F, SECOND] };
export const pair = { count: 2 };
export const hidden = { hidden: ['hidden@a.example'] };

export type Example = readonly [what: string, facts: Facts, grade: Grade];

export function refusedRcpt(code: string): readonly string[] {
  return upTo(...begun, `C RCPT TO:<${F}>`, `S ${code} No`, ...bye);
}

export function sentToTwoOfThree(code: string): readonly string[] {
  return upTo(
    ...begun,
    ...[F, SECOND].flatMap((address) => [`C RCPT TO:<${address}>`, 'S 250 Ok']),
    'C RCPT TO:<third@a.example>',
    `S ${code} Many`,
    'C DATA',
    'S 354 Go',
    'C Message-ID: <1@a>\r\n\r\nhello',
    'S 250 Ok',
  );
}
