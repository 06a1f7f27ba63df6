import type { BlockFacts } from '../block.ts';
import { countInWindow } from '../window.ts';

/** Whether an outcome counts towards a block: no such mailbox, or its server refused (rule `connection.block`). */
export function isBadOutcome(status: string): boolean {
  return status === 'bounced' || status === 'rejected';
}

/** Whether the connection is to be blocked (rule `connection.block.limit`): more than the limit within the window. */
export function decideBlock({ now, badAt, choices }: BlockFacts): boolean {
  return countInWindow(badAt, now, choices.badMailboxWindowMs) > choices.badMailboxLimit;
}
