/**
 * What is under test: where it listens, whom to trust there, and how it is brought into a situation and asked about the
 * end. A target never judges, and never says "arranged" where it is not.
 */
import type { HistoryFilter } from '../situation/history-filter.ts';
import type { Mode, Port } from '../../contract/modes.ts';
import type { LoginChoice, TokenChoice } from '../situation/given.ts';
import type { WorldChange } from '../situation/world-change.ts';
import type { Needs } from '../situation/needs.ts';

/** A gateway under test. Whoever opened it disposes of it. */
export interface Target extends AsyncDisposable {
  readonly name: string;
  readonly version: string;
  /** Whether it has promised the inferred choices too; a foreign gateway has not. */
  readonly declaresChoices: boolean;
  /** Whether a case may have listeners of its own; without them it runs alone. */
  readonly ownListeners: boolean;
  /** Whether all cases share one account, so that only one at a time may be played. */
  readonly oneAtATime?: boolean;
  /** Brings about a situation for one case. */
  arrange(needs: Needs): Promise<Arranged>;
}

/** A situation, or the need that could not be met. */
export type Arranged = { readonly kind: 'arranged'; readonly situation: Situation } | NotArranged;

/** Which need the target cannot meet, in words. */
interface NotArranged {
  readonly kind: 'not-arranged';
  readonly missing: string;
}

/** Done, or the need that could not be met. */
export type Done = { readonly kind: 'done' } | NotArranged;

/** Login and password of a connection. */
export interface Credentials {
  readonly login: string;
  readonly password: string;
}

/** The access tokens of a case: of each kind one for each login, issued when it is first asked for. */
export interface CaseTokens {
  /** `undefined` where the case has no such login. */
  token(choice: TokenChoice, login: LoginChoice): Promise<string | undefined>;
  /** All that were given out. */
  all(): readonly string[];
}

/** Where a mode's port really is, and whom to trust there. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly servername: string;
  readonly certificateAuthority: string | undefined;
}

/** One row of the send history. A column that the target does not show is absent. */
export interface HistoryRow {
  /** Tells the row from all others, where the target has such a name. */
  readonly id?: string | undefined;
  readonly recipient: string;
  readonly status: string;
  /** An instant in UTC. */
  readonly time: string;
  /** Which of the case's logins sent it. */
  readonly connection?: string | undefined;
  /** The sender's address. */
  readonly sender?: string | undefined;
  readonly subject?: string | undefined;
  readonly messageId?: string | undefined;
  /** Octets. */
  readonly size?: number | undefined;
  /** Why it was not delivered; absent where it was. */
  readonly reason?: string | undefined;
}

/** One login at the end of a case: its connection, and the account that it belongs to. */
export interface AccountObservation {
  /** Sends deducted from its account in this case. */
  readonly charged: number | undefined;
  readonly balance: number | undefined;
  /** The rows of its account, oldest first. */
  readonly history: readonly HistoryRow[] | undefined;
  readonly status: string | undefined;
  /** The addresses on its account's suppression list. */
  readonly suppressed: readonly string[] | undefined;
  /** Emails by day (UTC, `2026-01-15`) and status. */
  readonly statistics: ReadonlyMap<string, ReadonlyMap<string, number>> | undefined;
}

/** The end of a case as the target shows it, the first login's before all. What it cannot show is `undefined`. */
export interface Observation extends AccountObservation {
  /** The rows of all other accounts of the case. */
  readonly otherHistory: readonly HistoryRow[];
  /** The logins beside the first. */
  readonly others?: ReadonlyMap<LoginChoice, AccountObservation>;
}

/** A session as the target's own transcript tells it. */
export interface ToldSession {
  readonly port: Port;
  /** Whether entries are missing because the transcript was full. */
  readonly isCut: boolean;
  readonly hasEnded: boolean;
  /** The versions of TLS that were agreed on, in order. */
  readonly tls: readonly string[];
  /** What was said, in order: a line, a reply or a message each; secrets are blanked. */
  readonly wire: readonly {
    readonly direction: 'C' | 'S';
    readonly tls: boolean;
    readonly octets: string;
    /** Octets of a message of which only the beginning is shown. */
    readonly size?: number | undefined;
  }[];
}

/** What was said and done as far as the case knows: how many of these the target must tell. */
export interface ReadBackRequest {
  /** Sessions of the account, and how many of them the client has ended. */
  readonly sessions: number;
  readonly ended: number;
  /** The rows of its history. */
  readonly rows: readonly HistoryRow[];
  readonly buys: boolean;
  readonly triggers: number;
  /** Which of the further questions are asked: each costs as much as a session. */
  readonly further: 'look up' | 'course';
}

/** What the target tells of the first login's account when it is asked in other ways; `undefined` was not asked. */
export interface ReadBack {
  /** Oldest first. */
  readonly sessions: readonly ToldSession[];
  /** The rows of the history, in pages. */
  readonly pages: readonly HistoryRow[] | undefined;
  /** What is told of one connection, status and period; instants in UTC, `to` excluded. */
  readonly part:
    | {
        readonly connection: string;
        readonly status: string;
        readonly recipient: string;
        readonly from: string;
        readonly to: string;
        readonly rows: readonly HistoryRow[];
        /** Emails of the connection in the period, by status. */
        readonly totals: ReadonlyMap<string, number>;
        /** The rows of the recipient and the status, waited for. */
        readonly waited: readonly HistoryRow[];
      }
    | undefined;
  readonly purchases: readonly { readonly kind: string; readonly sends: number }[] | undefined;
  /** The triggers, and those that are left when the first is removed. */
  readonly triggers:
    { readonly all: readonly ToldTrigger[]; readonly left: readonly ToldTrigger[] } | undefined;
  /** One email, and the history from its other end. */
  readonly lookedUp?: ToldLookedUp | undefined;
  /** What the account has told on its way to where it is now. */
  readonly course?: ToldCourse | undefined;
}

/** One email told by itself, the rows that a search for its recipient finds, and all rows, newest first. */
export interface ToldLookedUp {
  readonly newestFirst: readonly HistoryRow[];
  /** What was looked for, in capitals. */
  readonly sought: string;
  readonly found: readonly HistoryRow[];
  readonly email: {
    readonly row: HistoryRow;
    readonly reversePath: string;
    readonly forwardPath: string;
    readonly attempts: number;
    readonly sameMessage: readonly HistoryRow[];
    /** The text of the first Subject field; `undefined` where the message is kept no longer. */
    readonly subjects: readonly string[] | undefined;
  };
}

/** The lists and logs of an account that must come to the same end as it did itself. */
export interface ToldCourse {
  /** The events of the account, oldest first; the first ones may be forgotten. */
  readonly events: readonly ToldEvent[];
  /** Whether the log begins with the account itself. */
  readonly isWhole: boolean;
  /** The suppression list, page by page. */
  readonly suppressed: readonly string[];
  /** Changes of the balance, and the balance behind each. */
  readonly ledger: readonly { readonly kind: string; readonly change: number; readonly balance: number }[];
  /** The senders, as the account and as their own list tells them. */
  readonly senders: { readonly ofAccount: readonly string[]; readonly listed: readonly string[] };
  /** The refusals of one session, as it is told by itself and as its transcript has them; `undefined` without sessions. */
  readonly refusals:
    { readonly told: readonly string[]; readonly inTranscript: readonly string[] } | undefined;
}

/** An event of an account. */
export type ToldEvent =
  | { readonly kind: 'email'; readonly email: string; readonly recipient: string; readonly status: string }
  | { readonly kind: 'session'; readonly session: string; readonly state: string }
  | { readonly kind: 'balance'; readonly balance: number }
  | { readonly kind: 'block'; readonly isFirst: boolean; readonly blocked: boolean }
  | { readonly kind: 'other' };

/** A trigger as the target tells it. */
export interface ToldTrigger {
  readonly id: string;
  readonly stage: string;
  /** How often it has matched. */
  readonly seen: number;
  readonly reply?: string | undefined;
}

/** One case's world. Whoever arranged it disposes of it. */
export interface Situation extends AsyncDisposable {
  /** The address that `${sender}` stands for. */
  readonly sender: string;
  /** The address of each recipient that the needs name. */
  readonly recipients: ReadonlyMap<string, string>;
  /** Whether its addresses are those of this case alone, so that mail to them is nobody else's. */
  readonly ownsAddresses?: boolean;
  /** Whether mail is taken without a login, so that a session is whole without one. */
  readonly withoutLogin?: boolean;
  /** Where a port listens; a target that serves not every mode of a port looks at the mode too. */
  endpoint(port: Port, mode?: Mode): Endpoint | undefined;
  credentials(login: LoginChoice): Credentials | undefined;
  /** A login with the password that a new one has replaced; the first where none is named. */
  oldCredentials(login?: LoginChoice): Credentials | undefined;
  /** Access tokens, where the target can issue them. */
  readonly tokens?: CaseTokens;
  /** A login that was never used before. */
  unknownLogin(): string;
  change(change: WorldChange): Promise<Done>;
  /** Time passes for everybody in the case. */
  passTime(passes: { readonly ms: number } | { readonly until: string }): Promise<Done>;
  /** Resolves when nothing of the case is under way any more. */
  settle(): Promise<void>;
  /** The end as it is now; of the logins beside the first those that are named. */
  observe(others?: readonly LoginChoice[]): Promise<Observation>;
  /** The same told in other ways, where the target can; it may remove what the case has set up, so it comes last. */
  readBack?(request: ReadBackRequest): Promise<ReadBack>;
  /** The rows of a login's account (the first's where none is named) that the target's own filter lets through; `undefined` if it has none. */
  filteredHistory(filter: HistoryFilter, login?: LoginChoice): Promise<readonly HistoryRow[] | undefined>;
}

/** An expected failure of a target: it could not be reached, it answered what nobody can use, or
 * its description says nothing that can be used. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
  readonly code: 'target-unreachable' | 'target-refused' | 'target-undescribed';

  constructor(code: TargetError['code'], sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.code = code;
  }
}
