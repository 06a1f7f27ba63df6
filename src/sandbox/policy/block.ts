import type { Choices } from './choices.ts';

/** Outcomes of a connection when one more has been written. */
export interface BlockFacts {
  /** Account time, milliseconds. */
  readonly now: number;
  /** When bad outcomes were written since the connection was last unblocked. */
  readonly badAt: readonly number[];
  readonly choices: Choices;
}
