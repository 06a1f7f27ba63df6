import type { Port } from '../../contract/modes.ts';
import type { Choices } from '../policy/choices.ts';
import type { Clock } from '../policy/clock.ts';
import type { Policy } from '../policy/policy.ts';
import type { CarriedTriggers } from '../policy/triggers.ts';
import type { ClockState } from '../store/account-record.ts';
import type { Store } from '../store/store.ts';
import type { FailedNames } from './failed-names.ts';
import type { TokenBook } from './token-book.ts';
import type { TranscriptRecorder } from './transcript-recorder.ts';
import type { TriggerBook } from './trigger-book.ts';
import type { Wire } from './wire.ts';

/** What the gateway works with; all of it is handed in. */
export interface GatewayParts {
  /** The name in greetings, EHLO and trace fields. */
  readonly name: string;
  /** The documented ports, in the order in which they are opened. */
  readonly ports: readonly Port[];
  /** The address that all listeners listen on; both loopback addresses where there is none. */
  readonly host?: string | undefined;
  readonly policy: Policy;
  readonly store: Store;
  readonly recorder: TranscriptRecorder;
  readonly triggers: TriggerBook;
  /** Those that mail carries in itself. */
  readonly carriedTriggers: CarriedTriggers;
  readonly wire: Wire;
  /** The gateway's clock, for what no account owns. */
  readonly clock: Clock;
  /** Milliseconds on a clock that never goes back: how long a client takes for a line. */
  readonly elapsed: () => number;
  /** Resolves after so many milliseconds: what delays a reply. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Never moved: how long an email has waited is counted by it. */
  readonly wallClock: Clock;
  /** What an account's clock shows. */
  readonly accountNow: (clock: ClockState) => number;
  readonly choices: Choices;
  /** Whether the password is the sealed one. */
  readonly matchesPassword: (sealedPassword: string, password: string) => boolean;
  readonly failedNames: FailedNames;
  readonly tokens: TokenBook;
  readonly newId: (prefix: string) => string;
  /** A source of ids for emails that are made together at a time (account time, milliseconds). */
  readonly emailIdsAt: (time: number) => () => string;
  /** Called after each commit: emails wait to be relayed. */
  readonly onQueued: () => void;
  /** Hears of faults of the program; the client only learns that there was one. */
  readonly onFault: (fault: unknown) => void;
}
