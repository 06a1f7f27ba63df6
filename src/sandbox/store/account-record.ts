import type { Charge, SubscriptionFacts } from '../policy/charge.ts';
import type { AuthMechanism, RecordKind } from '../../contract/vocabulary.ts';

/** An account's clock as stored: standing still at an instant, or running beside the gateway's clock. Milliseconds. */
export type ClockState =
  { readonly kind: 'frozen'; readonly at: number } | { readonly kind: 'running'; readonly offset: number };

/** What an account sets differently from the declared choices. */
export interface Limits {
  readonly rateLimit?: number | undefined;
  readonly rateWindowMs?: number | undefined;
  readonly sessionLimit?: number | null | undefined;
  readonly sizeLimit?: number | undefined;
  readonly recipientLimit?: number | undefined;
  readonly authMechanisms?: readonly AuthMechanism[] | undefined;
  readonly sendQuota?: number | null | undefined;
  readonly sendRate?: number | null | undefined;
  /** What it may do, a word of the provider. */
  readonly access?: string | undefined;
}

/** An address, or a domain, that an account may send from once it is verified; `key` is the same for all spellings. */
export interface IdentityRecord {
  readonly key: string;
  readonly name: string;
  readonly verified: boolean;
}

/** A domain of an account; `key` is the form that is the same for all spellings. */
export interface DomainRecord {
  readonly key: string;
  readonly name: string;
  readonly verified: boolean;
  /** The records that are published in the sandbox's DNS. */
  readonly published: readonly RecordKind[];
}

/** A named login: what the documentation calls a connection. Its password is sealed. */
export interface ConnectionRecord {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly sender: string;
  readonly senderDomainKey: string;
  readonly login: string;
  readonly sealedPassword: string;
  readonly blocked: boolean;
  /** Sends that it may use in all; `null` is no limit (rule `billing.send-limit`). */
  readonly sendLimit: number | null;
  readonly sendsUsed: number;
}

/** What is left of a monthly subscription. */
export type MonthlyRecord = SubscriptionFacts;

/** A purchase as it was made; `endsAt` for subscriptions alone. Times are account time. */
export interface PurchaseRecord {
  readonly id: string;
  readonly kind: 'prepaid' | 'monthly';
  readonly sends: number;
  readonly cents: number;
  readonly boughtAt: number;
  readonly endsAt: number | null;
}

/** A purchase to be made. The same key within the time that the caller names makes no second one. */
export interface NewPurchase extends PurchaseRecord {
  readonly idempotencyKey: string | undefined;
  /** Wall clock, which no test moves. */
  readonly wallAt: number;
}

/** What a decision needs of an account. */
export interface AccountStanding {
  /** Prepaid sends left; they have no end. */
  readonly prepaid: number;
  /** Subscriptions with sends left, ended ones included: what they are worth depends on the account's clock. */
  readonly monthly: readonly MonthlyRecord[];
  readonly clock: ClockState;
  readonly limits: Limits;
  /** Whether the mailbox that its mail ends in takes anything. */
  readonly mailboxUp: boolean;
}

/** A new account with all that it begins with. */
export interface NewAccount {
  readonly id: string;
  /** Prepaid sends. */
  readonly prepaid: number;
  /** Account time; 0 where nothing is said. */
  readonly createdAt?: number;
  readonly clock: ClockState;
  readonly limits: Limits;
  /** Whether it has listeners of its own (rule `sandbox.listeners`). */
  readonly ownListeners: boolean;
  readonly domains: readonly DomainRecord[];
  readonly connections: readonly ConnectionRecord[];
  /** Addresses that are identities; domains that are stand under `domains`. */
  readonly identities?: readonly IdentityRecord[];
  /** Senders' addresses under their keys. */
  readonly senders: readonly { readonly key: string; readonly address: string }[];
  /** What becomes of mail to some addresses, under their keys. */
  readonly recipients: readonly { readonly key: string; readonly address: string; readonly role: string }[];
}

/** An account as it stands. */
export interface AccountRecord extends Omit<
  NewAccount,
  'senders' | 'recipients' | 'createdAt' | 'identities'
> {
  /** Sends deducted since it exists. */
  readonly charged: number;
  readonly mailboxUp: boolean;
  readonly monthly: readonly MonthlyRecord[];
  readonly identities: readonly IdentityRecord[];
  /** Senders' addresses, as first written. */
  readonly senders: readonly string[];
  /** Addresses on the suppression list, as first written. */
  readonly suppressionList: readonly string[];
}

/** Which entries of a list are wanted. */
export interface ListQuery {
  /** Text that stands in an entry, whatever its case. */
  readonly search?: string | undefined;
  /** The place of the entry behind which the page begins. */
  readonly after: number;
  readonly limit: number;
}

/** Which entries are wanted of a list that stands in the order of keys. */
export interface KeyedQuery {
  readonly search?: string | undefined;
  /** The key behind which the page begins; empty for the first page. */
  readonly after: string;
  readonly limit: number;
}

/** An address in a list. */
export interface KeyedAddress {
  readonly key: string;
  /** As first written. */
  readonly address: string;
}

/** An account in a list. */
export interface AccountSummaryRecord {
  /** Its place in the list. */
  readonly place: number;
  readonly id: string;
  readonly prepaid: number;
  readonly monthly: readonly MonthlyRecord[];
  readonly charged: number;
  readonly clock: ClockState;
  readonly ownListeners: boolean;
  readonly connectionCount: number;
  readonly blockedCount: number;
  readonly domainCount: number;
  /** The oldest one. */
  readonly firstConnection: Pick<ConnectionRecord, 'id' | 'name' | 'login' | 'sender'> | null;
}

/** A connection in a list: no password, not even a sealed one. */
export interface ConnectionSummaryRecord extends Omit<
  ConnectionRecord,
  'sealedPassword' | 'account' | 'senderDomainKey'
> {
  /** Its place in the list. */
  readonly place: number;
  readonly domainVerified: boolean;
  /** Account time of its newest email. */
  readonly lastUsed: number | null;
}

/** One recipient of a submission. */
export interface SubmittedEmail {
  readonly id: string;
  /** The forward-path as first written. */
  readonly forwardPath: string;
}

/** An accepted message with all that the one commit writes. */
export interface Submission {
  readonly account: string;
  readonly connection: string;
  /** The session that sent it. */
  readonly session: string;
  /** Account time. */
  readonly time: number;
  /** Wall clock. */
  readonly queuedAt: number;
  /** As written, empty for the null reverse-path. */
  readonly reversePath: string;
  readonly emails: readonly SubmittedEmail[];
  /** What it costs and what that is taken from. */
  readonly charge: Charge;
  readonly message: Uint8Array;
  readonly subject: string;
  readonly messageId: string;
  /** What the Received field tells of the session: `from … with …` without recipient and date. */
  readonly trace: string;
}

/** A row of the send history. */
export interface EmailRecord {
  readonly id: string;
  /** Rises with every row of the store: frozen time stands still, the sequence does not. */
  readonly sequence: number;
  readonly time: number;
  readonly connection: string;
  readonly sender: string;
  readonly recipient: string;
  readonly subject: string;
  readonly messageId: string;
  readonly size: number;
  readonly status: string;
  /** Why it was not delivered, or not yet, in a sentence or in the mailbox's own reply; `null` where nothing is wrong. */
  readonly reason: string | null;
}

/** An email with all that is kept of it. */
export interface EmailDetailRecord {
  readonly email: EmailRecord;
  readonly session: string;
  /** How often it was tried. */
  readonly attempts: number;
  /** Account time of the latest attempt. */
  readonly outcomeAt: number | null;
  /** The rows of all recipients of its message, itself included, in the order of RCPT. */
  readonly sameMessage: readonly EmailRecord[];
  /** The message as submitted; `undefined` where its body is forgotten. */
  readonly message: Uint8Array | undefined;
}

/** How much is kept of the bodies whose last email is final. */
export interface BodyBounds {
  readonly messages: number;
  readonly octets: number;
}

/** What became of an email, or of one attempt to deliver it. */
export interface EmailOutcome {
  readonly status: string;
  /** Account time. */
  readonly at: number;
  /** Wall clock: from here on the body of a message is kept whose last email is final. */
  readonly wallAt: number;
  /** Wall clock; goes with `deferred`. */
  readonly nextAttemptAt?: number;
  readonly reason?: string | undefined;
}

/** An email on its way: the row, its message as submitted, and how often it was tried. */
export interface QueuedEmail extends EmailRecord {
  readonly account: string;
  readonly message: Uint8Array;
  readonly trace: string;
  readonly attempts: number;
  /** When it was accepted, by the wall clock: giving up is counted from there. */
  readonly queuedAt: number;
}

/** Which rows of the history are wanted; each filter may be left out. Times are account time, `to` excluded. */
export interface HistoryQuery {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly status?: string | undefined;
  readonly connection?: string | undefined;
  /** Whether the newest row comes first. */
  readonly newestFirst?: boolean | undefined;
  /** The row behind which the page begins. */
  readonly after?: { readonly time: number; readonly sequence: number } | undefined;
  readonly limit: number;
}

/** Which rows of the history are looked for: those that the filters leave and that have all the texts. */
export interface HistorySearch extends HistoryQuery {
  readonly texts: {
    /** Each word must stand in the sender, the recipient, the subject or the Message-ID. */
    readonly words?: string | undefined;
    readonly sender?: string | undefined;
    readonly recipient?: string | undefined;
    readonly subject?: string | undefined;
    readonly messageId?: string | undefined;
  };
}

/** What was found among the rows that were looked at, and behind which row to go on; nothing where that was all. */
export interface SearchedPage {
  readonly emails: readonly EmailRecord[];
  readonly next: { readonly time: number; readonly sequence: number } | undefined;
}

/** How many emails of one status were accepted on one day (UTC, `2026-01-15`). */
export interface DayCount {
  readonly day: string;
  readonly status: string;
  readonly count: number;
}
