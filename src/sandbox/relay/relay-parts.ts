import type { Choices } from '../policy/choices.ts';
import type { Clock } from '../policy/clock.ts';
import type { Policy } from '../policy/policy.ts';
import type { ClockState } from '../store/account-record.ts';
import type { Store } from '../store/store.ts';
import type { Pacing } from './pacing.ts';
import type { SmarthostWriter } from './smarthost.ts';

/** What the relay works with. */
export interface RelayParts {
  readonly store: Store;
  readonly writer: SmarthostWriter;
  readonly policy: Pick<Policy, 'reservedRole' | 'fateOf' | 'suppresses' | 'countsTowardsBlock' | 'block'>;
  readonly choices: Choices;
  readonly pacing: Pacing;
  /** What an account's clock shows; outcomes are written by it. */
  readonly accountNow: (clock: ClockState) => number;
  /** Deferred emails wait by the wall clock, which no test moves. */
  readonly wallClock: Clock;
  /** Resolves after so many milliseconds, or when the signal is aborted. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly onFault: (fault: unknown) => void;
}
