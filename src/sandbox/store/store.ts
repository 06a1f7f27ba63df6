/**
 * The truth: accounts, domains, connections, balance, history and queue behind one interface. It knows no rule; what
 * may be charged is decided elsewhere, and written here in one commit. Times are milliseconds of the clock that the
 * rule names; a store reads none.
 */
import type { QuotaWindow } from '../policy/charge.ts';
import type {
  AccountRecord,
  AccountStanding,
  AccountSummaryRecord,
  BodyBounds,
  ClockState,
  ConnectionRecord,
  ConnectionSummaryRecord,
  DayCount,
  DomainRecord,
  EmailDetailRecord,
  EmailOutcome,
  EmailRecord,
  HistoryQuery,
  HistorySearch,
  IdentityRecord,
  KeyedAddress,
  KeyedQuery,
  Limits,
  ListQuery,
  NewAccount,
  NewPurchase,
  PurchaseRecord,
  QueuedEmail,
  SearchedPage,
  Submission,
} from './account-record.ts';
import type { LedgerRecord } from './ledger-record.ts';

/** Rows of the send history that are kept, of all accounts together; totals by day are kept for all. */
export const KEPT_HISTORY_ROWS = 1_000_000;

/** Bodies of messages whose last email is final, of all accounts together: kept for a while, and never more than this. */
export const KEPT_BODIES: BodyBounds = { messages: 10_000, octets: 64 * 1024 * 1024 };

/** Entries of the ledger that are kept, of all accounts together. */
export const KEPT_LEDGER_ENTRIES = 1_000_000;

/** What the one commit answered: written whole, or a parallel session had used up the sends, and nothing written. */
export type CommitResult = 'committed' | 'overtaken';

/** A login is one connection's alone, and this one has its connection. */
export class LoginTaken extends Error {
  override readonly name = 'LoginTaken';
  readonly login: string;

  constructor(login: string) {
    super(`The login ${login} belongs to another connection.`);
    this.login = login;
  }
}

/** What is known of a recipient in an account. */
export interface RecipientRecord {
  readonly role: string | undefined;
  readonly suppressed: boolean;
}

/** One interface, whatever the database. Every method is one transaction. */
export interface Store extends AsyncDisposable {
  /** All of it or nothing; rejects with {@link LoginTaken} where a login belongs to another connection. */
  createAccount(account: NewAccount): Promise<void>;
  readAccount(account: string): Promise<AccountRecord | undefined>;
  /** A page of all accounts, oldest first. */
  listAccounts(query: ListQuery): Promise<readonly AccountSummaryRecord[]>;
  /** A page of an account's connections, oldest first. */
  listConnections(account: string, query: ListQuery): Promise<readonly ConnectionSummaryRecord[]>;
  /** Pages in the order of keys. */
  listDomains(account: string, query: KeyedQuery): Promise<readonly DomainRecord[]>;
  listSenders(
    account: string,
    query: KeyedQuery,
  ): Promise<readonly (KeyedAddress & { readonly connections: number })[]>;
  listSuppressions(account: string, query: KeyedQuery): Promise<readonly KeyedAddress[]>;
  /** Roles that were set; of these addresses the keys alone are kept. */
  listRecipients(
    account: string,
    query: KeyedQuery,
  ): Promise<readonly (KeyedAddress & { readonly role: string })[]>;
  /** Removes a domain with the senders on it; whether there was one. */
  removeDomain(account: string, domainKey: string): Promise<boolean>;
  removeSender(account: string, addressKey: string): Promise<boolean>;
  /** Takes an address off the suppression list, and its role where that says so too; whether it was on it. */
  removeSuppression(account: string, addressKey: string): Promise<boolean>;
  /** Forgets the role of an address; whether it had one. */
  removeRecipient(account: string, addressKey: string): Promise<boolean>;
  /** Forgets the roles of all addresses and empties the suppression list. */
  forgetRecipients(account: string): Promise<void>;
  /** Accounts with listeners of their own, which a restart must open again. */
  listOwnListenerAccounts(): Promise<readonly string[]>;
  /** The sealed passwords of the connections made last, oldest first: no record may show one. */
  listSealedPasswords(): Promise<readonly string[]>;
  deleteAccount(account: string): Promise<void>;
  /** Sets the prepaid sends; subscriptions end with it. `at` is account time, for the ledger. */
  setBalance(account: string, sends: number, at?: number): Promise<void>;
  /** A page of what became of the balance. */
  readLedger(
    account: string,
    query: { readonly after: number; readonly limit: number; readonly newestFirst: boolean },
  ): Promise<readonly LedgerRecord[]>;
  /** Notes that sends of a subscription have ended, where the balance (of account time `now`) is less than was noted. */
  noteEndedSends(account: string, now: number, balance: number): Promise<void>;
  /** Adds the sends at once; a key that was used after `keysSince` (wall clock) gives the earlier purchase instead. */
  buy(account: string, purchase: NewPurchase, keysSince: number): Promise<PurchaseRecord>;
  readPurchases(account: string): Promise<readonly PurchaseRecord[]>;
  setClock(account: string, clock: ClockState): Promise<void>;
  setLimits(account: string, limits: Limits): Promise<void>;
  setMailboxUp(account: string, up: boolean): Promise<void>;
  /** Adds a sender's address; one that is there already stays. */
  addSender(account: string, addressKey: string, address: string): Promise<void>;
  /** Rejects with {@link LoginTaken} where its login belongs to another connection. */
  addConnection(connection: ConnectionRecord): Promise<void>;
  setDomain(account: string, domain: DomainRecord): Promise<void>;
  /** Adds an address that is an identity, or sets the state of one. */
  setIdentity(account: string, identity: IdentityRecord): Promise<void>;
  /** Whether there was one. */
  removeIdentity(account: string, key: string): Promise<boolean>;
  /** Sets what becomes of mail to an address; `suppressed` puts it on the suppression list, any other takes it off. */
  setRecipient(account: string, addressKey: string, address: string, role: string): Promise<void>;
  suppress(account: string, addressKey: string, address: string): Promise<void>;
  setBlocked(connection: string, blocked: boolean): Promise<void>;
  setSendLimit(connection: string, limit: number | null): Promise<void>;
  setPassword(connection: string, sealedPassword: string): Promise<void>;

  findLogin(login: string): Promise<ConnectionRecord | undefined>;
  readConnection(connection: string): Promise<ConnectionRecord | undefined>;
  /** When logins failed since the last success, oldest first; the newest only where they are many. */
  readLoginFailures(login: string): Promise<readonly number[]>;
  addLoginFailure(login: string, at: number): Promise<void>;
  clearLoginFailures(login: string): Promise<void>;
  /** Forgets failures of a login that lie behind `latest`: its clock was set back, and a lock would come again with them. */
  forgetLoginFailuresAfter(login: string, latest: number): Promise<void>;

  /** When MAILs of a connection were accepted after `since`, oldest first. */
  readAcceptedMails(connection: string, since: number): Promise<readonly number[]>;
  addAcceptedMail(connection: string, at: number): Promise<void>;
  /** The domains (keys) of the account on which it has a connection, with their state. */
  readSenderDomains(account: string, domainKeys: readonly string[]): Promise<readonly DomainRecord[]>;
  /** The identities of the account under these keys, addresses and domains, with their state. */
  readIdentities(account: string, keys: readonly string[]): Promise<readonly IdentityRecord[]>;
  readRecipient(account: string, addressKey: string): Promise<RecipientRecord>;
  /** Sends of a quota that were used within its window. */
  readQuotaUse(account: string, window: QuotaWindow): Promise<number>;
  /** What a decision needs of the account; `undefined` where it is gone. */
  readStanding(account: string): Promise<AccountStanding | undefined>;

  /**
   * The charge of a submission, its history rows and queue entries in one commit; nothing of it where the charge cannot be
   * carried out whole. The balance never goes below 0.
   */
  commit(submission: Submission): Promise<CommitResult>;
  /** A page of the send history, oldest first. */
  readHistory(account: string, query: HistoryQuery): Promise<readonly EmailRecord[]>;
  /**
   * A page of the send history by what stands in it. It looks at a bounded number of rows: a page may be short, or empty,
   * and still have a next one.
   */
  searchHistory(account: string, search: HistorySearch): Promise<SearchedPage>;
  /** Brings the index of the search some rows nearer to the newest; whether more are left. */
  indexForSearch(): Promise<boolean>;
  /** An email of an account with its message, as far as that is kept; `undefined` where there is none. */
  readEmail(account: string, email: string): Promise<EmailDetailRecord | undefined>;
  /** Emails accepted from `from` until before `to`, by day and status; of one connection, or of all. */
  countByDay(account: string, from: number, to: number, connection?: string): Promise<readonly DayCount[]>;
  /** Queued emails, and deferred ones whose time has come by the wall clock, oldest first, but for those under way. */
  takeDue(wallNow: number, limit: number, underWay?: ReadonlySet<string>): Promise<readonly QueuedEmail[]>;
  /** Writes what became of an email. */
  setEmailStatus(email: string, outcome: EmailOutcome): Promise<void>;
  /** When bad outcomes of a connection were written since its last unblocking and after `since`. */
  readBadOutcomes(connection: string, since: number): Promise<readonly number[]>;
  /**
   * Forgets the bodies of messages whose last email was final by `endedBy` (wall clock), the oldest of those beyond the
   * bounds ({@link KEPT_BODIES} where none are given), and history rows beyond the newest {@link KEPT_HISTORY_ROWS}; a bounded number at a time, so that clients wait for none of it. Whether more is left.
   */
  forgetEnded(endedBy: number, bounds?: BodyBounds): Promise<boolean>;
  /** Gives free space of the database back to the file system, a bounded part at a time. */
  giveSpaceBack(): Promise<void>;
  /** No attempt waits beyond `latest` (wall clock) any more: the clock was set back, and they would wait for hours. */
  capNextAttempts(latest: number): Promise<void>;
  /** Makes the deferred emails of an account due at once. */
  makeDeferredDue(account: string): Promise<void>;
  /** How many emails of the account wait to be tried for the first time, or are due again. */
  countDue(account: string, wallNow: number): Promise<number>;
}
