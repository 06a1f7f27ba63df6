/** Milliseconds until what failed is tried again: after the first time, and at most. */
const FIRST_RETRY_MS = 1_000;
export const LONGEST_RETRY_MS = 5 * 60_000;
/** The longest pause after a fault of our own: once the disk has room again nobody waits much longer. */
const LONGEST_PAUSE_MS = 60_000;

/** Milliseconds until an email is tried again that was tried so many times before; each time twice as long. */
export function retryDelay(attempts: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts, 20), LONGEST_RETRY_MS);
}

/** Milliseconds of rest after so many faults of our own in a row, such as a full disk. */
export function pauseAfter(faults: number): number {
  return Math.min(retryDelay(faults - 1), LONGEST_PAUSE_MS);
}
