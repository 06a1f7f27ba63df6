import type { Reply } from './reply.ts';

/** Why what came is no reply of RFC 5321 §4.2: which form was broken, and the line that broke it. */
export interface MalformedReply {
  readonly kind: 'malformed';
  readonly line: string;
  readonly why: string;
}

/** What stands at the head of the octets that have come so far. */
export type ReadReply =
  | {
      readonly kind: 'reply';
      readonly reply: Reply;
      readonly octets: number;
      readonly faults: readonly string[];
    }
  | (MalformedReply & { readonly octets: number })
  | { readonly kind: 'incomplete' };

const LONGEST_LINE = 512;

/**
 * Reads one reply from the head of `input` (one character an octet). Forms that a tolerant client would still
 * understand (LF for CRLF, a line over 512 octets, codes that disagree) come as `faults` of a reply; what has no code
 * at all is malformed. (RFC 5321 §4.2, §4.5.3.1.5: rule `protocol.reply-form`.)
 */
export function readReply(input: string): ReadReply {
  const lines: string[] = [];
  const faults: string[] = [];
  let code: number | undefined;
  let at = 0;
  for (;;) {
    const end = input.indexOf('\n', at);
    if (end === -1) return { kind: 'incomplete' };
    const hasCr = input[end - 1] === '\r' && end > at;
    const line = input.slice(at, hasCr ? end - 1 : end);
    if (!hasCr) faults.push('a line ends with LF instead of CRLF');
    if (end + 1 - at > LONGEST_LINE) faults.push(`a line has ${end + 1 - at} octets, 512 are the limit`);
    at = end + 1;
    const match = /^(\d{3})(?:([ -])(.*))?$/s.exec(line);
    if (match?.[1] === undefined) {
      return { kind: 'malformed', line, why: 'no three digits at the start of the line', octets: at };
    }
    code ??= Number(match[1]);
    if (Number(match[1]) !== code) faults.push(`the lines disagree: ${code} and ${match[1]}`);
    lines.push(match[3] ?? '');
    if (match[2] !== '-') {
      const [first = '', ...rest] = lines;
      return { kind: 'reply', reply: { code, lines: [first, ...rest] }, octets: at, faults };
    }
  }
}
