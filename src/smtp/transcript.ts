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
