import type { EmailStatus } from '../../contract/emailmassivo/vocabulary.ts';
import type { Choices } from './choices.ts';
import { countInWindow } from './window.ts';

/** Whether an outcome counts towards a block: no such mailbox, or its server refused (rule `connection.block`). */
export function isBadOutcome(status: EmailStatus): boolean {
  return status === 'bounced' || status === 'rejected';
}

/** Outcomes of a connection when one more has been written. */
export interface BlockFacts {
  /** Account time, milliseconds. */
  readonly now: number;
  /** When bad outcomes were written since the connection was last unblocked. */
  readonly badAt: readonly number[];
  readonly choices: Choices;
}

/** Whether the connection is to be blocked (rule `connection.block.limit`): more than the limit within the window. */
export function decideBlock({ now, badAt, choices }: BlockFacts): boolean {
  return countInWindow(badAt, now, choices.badMailboxWindowMs) > choices.badMailboxLimit;
}
