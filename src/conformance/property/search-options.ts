import type { Mode } from '../../contract/modes.ts';
import type { Target } from '../target/target.ts';

/** What every search for a fault is given. Times in milliseconds. */
export interface SearchOptions {
  readonly target: Target;
  /** The same seed draws the same. */
  readonly seed: string;
  /** After this nothing is begun. */
  readonly timeMs?: number | undefined;
  /** All that the contract has unless said. */
  readonly modes?: readonly Mode[];
  /** What runs side by side; 16 unless said. */
  readonly jobs?: number;
  /** Real time on a clock that never goes back. */
  readonly now: () => number;
  /** How long a reply is waited for; 10 s unless said. */
  readonly replyTimeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: number) => void;
}
