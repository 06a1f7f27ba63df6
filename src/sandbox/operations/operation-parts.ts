import type { Session } from '../../control-api/history-schemas.ts';
import type { SuiteCase } from '../../control-api/report-schemas.ts';
import type { Resolver } from '../domains/resolver.ts';
import type { KeyPair } from '../gateway/certificate.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { TranscriptRecorder } from '../gateway/transcript-recorder.ts';
import type { TokenBook } from '../gateway/token-book.ts';
import type { TriggerBook } from '../gateway/trigger-book.ts';
import type { Choices } from '../policy/choices.ts';
import type { MovableClock } from '../clock.ts';
import type { Clock } from '../policy/clock.ts';
import type { EventLog } from './event-log.ts';
import type { SandboxProvider } from '../policy/provider.ts';
import type { Randomness } from '../randomness.ts';
import type { Relay } from '../relay/relay.ts';
import type { ReportFolder } from './report-folder.ts';
import type { Sealer } from '../store/sealer.ts';
import type { Store } from '../store/store.ts';

/** Where people read what was delivered. */
export interface MailboxPages {
  /** Which mailbox it is. */
  readonly description: string;
  readonly url: string;
}

/** What the operations work on. */
export interface OperationParts {
  /** Whose gateway it is. */
  readonly provider: SandboxProvider;
  readonly store: Store;
  readonly gateway: Gateway;
  readonly relay: Relay;
  readonly log: EventLog;
  readonly recorder: TranscriptRecorder;
  readonly triggers: TriggerBook;
  readonly tokens: TokenBook;
  readonly sealer: Sealer;
  readonly randomness: Randomness;
  /** The gateway's. */
  readonly clock: MovableClock;
  readonly wallClock: Clock;
  readonly choices: Choices;
  /** The gateway's DKIM key, private, PEM. */
  readonly dkimKey: string;
  /** The DNS in which domains are checked; the sandbox's own where there is none. */
  readonly resolver: Resolver | undefined;
  /** What the listeners present, and the authority that vouches for it. */
  readonly keys: { readonly authority: KeyPair; readonly certificate: KeyPair };
  /** Serial numbers for certificates. */
  readonly serial: () => string;
  readonly certificateAuthority: string;
  /** Writes a session as the text of a scenario file, where somebody can. */
  readonly scenarioOf: ((session: Session) => Promise<string>) | undefined;
  /** The pages of the mailbox in which delivered mail ends, where it has some. */
  readonly mailboxPages: MailboxPages | undefined;
  /** The folder with reports, where there is one. */
  readonly reports: ReportFolder | undefined;
  /** Reads the scenarios of the suite, in the order of their ids. */
  readonly suite: () => Promise<readonly SuiteCase[]>;
  /** Milliseconds for which the body of a message is kept once its last email is final. */
  readonly keepMs: number;
  readonly version: string;
}
