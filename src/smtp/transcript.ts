/** Who said it: the client (`C`) or the gateway (`S`). */
export type Direction = 'C' | 'S';

/** One run of octets on the wire of one session. */
export interface WireEvent {
  /** Milliseconds since the session began, on a clock that never goes back. */
  readonly t: number;
  readonly session: number;
  readonly direction: Direction;
  /** One character an octet; secrets are blanked before they get here. */
  readonly octets: string;
  readonly tls: boolean;
}

/** What stands in a transcript where a secret was. */
export const BLANK = '********';

/**
 * Blanks what a client's line tells in an AUTH exchange: the initial response after the mechanism, or the whole of a
 * line that answers a 334 (rule `sandbox.secrets`). `*`, which cancels, and an empty line are no secret.
 */
export function blankSecrets(line: string, answersChallenge: boolean): string {
  if (answersChallenge) return /^(?:\*|=)?\r?\n?$/.test(line) ? line : line.replace(/^[^\r\n]*/, BLANK);
  return /^\s*AUTH[ \t]/i.test(line)
    ? line.replace(/^(\s*AUTH[ \t]+[^ \t\r\n]+[ \t]+)([^\r\n]+)/i, `$1${BLANK}`)
    : line;
}
