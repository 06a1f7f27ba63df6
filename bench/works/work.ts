import type { Child } from '../child.ts';
import type { Finding } from '../row.ts';

/** What every piece of work is given. */
export interface Bench {
  /** Milliseconds of one round, and of the warm-up before the first. */
  readonly roundMs: number;
  readonly warmUpMs: number;
  readonly rounds: number;
  readonly quick: boolean;
  readonly profileFolder: string | undefined;
  /** The load client. */
  readonly load: Child;
}

/** One piece of work to be measured; adding one is adding it to the list in `works.ts`. */
export interface Work {
  readonly name: string;
  /** Whether it is part of a quick run. */
  readonly quick: boolean;
  run(bench: Bench): Promise<Finding>;
}
