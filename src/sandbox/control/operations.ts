import type { RecordKind } from '../../contract/vocabulary.ts';
import type { LedgerPage, LedgerQuery, Plans, Purchase } from '../../control-api/billing-schemas.ts';
import type { EmailDetail } from '../../control-api/email-schemas.ts';
import type {
  Email,
  HistoryFilter,
  HistoryTexts,
  HistoryPage,
  Session,
  SessionPage,
  Statistics,
  StatisticsFilter,
} from '../../control-api/history-schemas.ts';
import type {
  Account,
  Clock,
  Connection,
  DomainChange,
  DomainCard,
  Gateway,
  Identity,
  Limits,
  ParsedAccountSetup,
  Recipient,
  Token,
  TokenSetup,
} from '../../control-api/schemas.ts';
import type {
  DomainPage,
  KeyedListQuery,
  RecipientPage,
  SenderPage,
  SuppressionPage,
} from '../../control-api/keyed-list-schemas.ts';
import type {
  AccountListQuery,
  AccountPage,
  ConnectionListQuery,
  ConnectionPage,
} from '../../control-api/listing-schemas.ts';
import type {
  Report,
  ReportListQuery,
  ReportPage,
  SuitePage,
  SuiteQuery,
} from '../../control-api/report-schemas.ts';
import type { SessionDetail } from '../../control-api/transcript-routes.ts';
import type { Vocabulary } from '../../control-api/vocabulary-schemas.ts';
import type { Trigger, TriggerSetup } from '../../control-api/trigger-schemas.ts';

/** Why an operation was not carried out; becomes problem details. */
export type OperationFault =
  | 'no-such-account'
  | 'no-such-connection'
  | 'no-such-domain'
  | 'no-such-sender'
  | 'no-such-recipient'
  | 'no-such-identity'
  | 'not-suppressed'
  | 'login-taken'
  | 'clock-cannot'
  | 'bad-address'
  | 'bad-domain'
  | 'unknown-word'
  | 'bad-cursor'
  | 'no-such-session'
  | 'no-scenario-writer'
  | 'no-such-email'
  | 'no-such-report'
  | 'body-forgotten'
  | 'no-such-trigger'
  | 'no-own-listeners'
  | 'cannot-listen'
  | 'key-reused'
  | 'too-many-streams'
  | 'too-many-triggers'
  | 'not-settled'
  | 'not-in-time';

/** Thrown by an operation that cannot be carried out, with a sentence for people. */
export class OperationError extends Error {
  override readonly name = 'OperationError';
  readonly code: OperationFault;

  constructor(code: OperationFault, detail: string) {
    super(detail);
    this.code = code;
  }
}

/** What a sandbox lets be done from outside. All of it throws {@link OperationError}. */
export interface SandboxOperations
  extends
    GatewayOperations,
    AccountOperations,
    DomainOperations,
    TriggerOperations,
    BillingOperations,
    HistoryOperations,
    ListingOperations,
    KeyedListOperations,
    EmailOperations,
    SessionOperations,
    ReportOperations {}

/** The gateway as a whole. */
export interface GatewayOperations {
  showGateway(): Promise<Gateway>;
  setGatewayMaintenance(on: boolean): Promise<Gateway>;
  moveGatewayClock(move: ClockMove): Promise<Clock>;
  /** Modes, plans, statuses, roles, rules, choices and bounds, for pages that show them. */
  showVocabulary(): Promise<Vocabulary>;
}

/** Domains, senders, suppression list and roles of an account, by page; and taking them away. */
export interface KeyedListOperations {
  listDomains(account: string, query: KeyedListQuery): Promise<DomainPage>;
  /** Removes the domain and the senders on it; connections stay. */
  removeDomain(account: string, domain: string): Promise<void>;
  listSenders(account: string, query: KeyedListQuery): Promise<SenderPage>;
  removeSender(account: string, address: string): Promise<void>;
  listSuppressions(account: string, query: KeyedListQuery): Promise<SuppressionPage>;
  addSuppression(account: string, address: string): Promise<void>;
  removeSuppression(account: string, address: string): Promise<void>;
  listRecipients(account: string, query: KeyedListQuery): Promise<RecipientPage>;
  removeRecipient(account: string, address: string): Promise<void>;
}

/** Lists by page. */
export interface ListingOperations {
  /** Oldest first. */
  listAccounts(query: AccountListQuery): Promise<AccountPage>;
  /** Oldest first, without passwords. */
  listConnections(account: string, query: ConnectionListQuery): Promise<ConnectionPage>;
}

/** Accounts and what belongs to them. */
export interface AccountOperations {
  createAccount(setup: ParsedAccountSetup): Promise<Account>;
  showAccount(account: string): Promise<Account>;
  /** The account whose connection has this login, if there is one. */
  findAccountOfLogin(login: string): Promise<Account | undefined>;
  deleteAccount(account: string): Promise<void>;
  moveClock(account: string, move: ClockMove): Promise<Clock>;
  setDomain(account: string, domain: DomainChange): Promise<Account>;
  setIdentity(account: string, identity: Identity): Promise<Account>;
  removeIdentity(account: string, identity: string): Promise<void>;
  setAccess(account: string, access: string): Promise<Account>;
  setRecipient(account: string, recipient: Recipient): Promise<Account>;
  setLimits(account: string, limits: LimitsChange): Promise<Account>;
  setMaintenance(account: string, on: boolean): Promise<Account>;
  setMailbox(account: string, up: boolean): Promise<Account>;
  /** Undoes what was arranged; what the account has, was sent and is charged stays, and so does the time. */
  resetAccount(account: string): Promise<Account>;
  /** Adds a sender on a domain of the account (rule `sender.create`). */
  addSender(account: string, address: string): Promise<Account>;
  /** Creates a connection from a name and a sender of the account (rule `connection.create`). */
  createConnection(account: string, setup: ParsedAccountSetup['connections'][number]): Promise<Connection>;
  showConnection(account: string, connection: string): Promise<Connection>;
  setConnectionBlock(account: string, connection: string, blocked: boolean): Promise<Connection>;
  generatePassword(account: string, connection: string): Promise<Connection>;
  /** Issues an access token (rule `sandbox.tokens`). */
  issueToken(account: string, connection: string, setup: TokenSetup): Promise<Token>;
  /** Revokes all tokens of a connection. */
  revokeTokens(account: string, connection: string): Promise<void>;
}

/** One session with what was decided in it. */
export interface SessionOperations {
  showSession(session: string): Promise<SessionDetail>;
  /** The session as the text of a scenario file. */
  writeSessionScenario(session: string): Promise<string>;
}

/** Reports of the sandbox's folder, and the scenarios of the suite. */
export interface ReportOperations {
  /** The newest first. */
  listReports(query: ReportListQuery): Promise<ReportPage>;
  showReport(report: string): Promise<Report>;
  /** The octets of the report, as they are read. */
  readReport(report: string): Promise<AsyncIterable<Uint8Array> | Iterable<Uint8Array>>;
  /** In the order of their ids. */
  listScenarios(query: SuiteQuery): Promise<SuitePage>;
}

/** One email with its message. */
export interface EmailOperations {
  showEmail(account: string, email: string): Promise<EmailDetail>;
  /** The message as submitted. */
  readRawEmail(account: string, email: string): Promise<Uint8Array>;
}

/** A domain's records and its verification. */
export interface DomainOperations {
  showDomain(account: string, domain: string): Promise<DomainCard>;
  setRecord(account: string, domain: string, kind: RecordKind, published: boolean): Promise<DomainCard>;
  verifyDomain(account: string, domain: string): Promise<DomainCard>;
}

/** Behaviour that is forced (rule `sandbox.triggers`). */
export interface TriggerOperations {
  addTrigger(account: string, setup: TriggerSetup): Promise<Trigger>;
  listTriggers(account: string): Promise<readonly Trigger[]>;
  removeTrigger(account: string, trigger: string): Promise<void>;
}

/** Balance, plans, limits of sends. */
export interface BillingOperations {
  setBalance(account: string, sends: number): Promise<Account>;
  listPlans(): Promise<Plans>;
  buyPlan(account: string, order: PlanOrder): Promise<Purchase>;
  listPurchases(account: string): Promise<readonly Purchase[]>;
  listLedger(account: string, query: LedgerQuery): Promise<LedgerPage>;
  setSendLimit(account: string, connection: string, limit: number | null): Promise<Connection>;
}

/** What happened in an account, and waiting for it. Times to wait are milliseconds of real time. */
export interface HistoryOperations {
  listHistory(account: string, filter?: Partial<HistoryFilter>): Promise<HistoryPage>;
  /** Pages of all rows that fit, oldest first. */
  exportHistory(account: string, filter: HistoryTexts): Promise<AsyncIterable<readonly Email[]>>;
  showStatistics(account: string, filter: StatisticsFilter): Promise<Statistics>;
  /** A page of the transcripts kept, oldest first: of one account, or of all sessions. */
  listSessions(
    account?: string,
    page?: { readonly cursor?: string | undefined; readonly limit?: number },
  ): Promise<SessionPage>;
  /** Resolves once the account is settled (rule `sandbox.settled`). */
  waitSettled(account: string, timeoutMs: number): Promise<void>;
  /** Resolves with the emails once there are so many. */
  waitEmails(account: string, wanted: WantedEmails): Promise<readonly Email[]>;
  /** Resolves with the transcripts once so many sessions have ended. */
  waitSessions(account: string, count: number, timeoutMs: number): Promise<readonly Session[]>;
  /** The events behind `after` as they come, until the signal; without `after` from now on. */
  streamEvents(account: string, after: number | undefined, signal: AbortSignal): Promise<EventStream>;
  /** The same of all accounts and of none; each event names its account. */
  streamAllEvents(after: number | undefined, signal: AbortSignal): Promise<EventStream>;
}

/** Events, each with its id. */
export type EventStream = AsyncIterable<{ readonly id: number; readonly event: object }>;

/** Where a clock goes: by milliseconds, to an instant, and whether it stands still there. */
export interface ClockMove {
  readonly advanceMs?: number | undefined;
  readonly to?: string | undefined;
  readonly frozen?: boolean | undefined;
}

/** What is bought; the same idempotency key within 24 hours buys once. */
export interface PlanOrder {
  readonly kind: 'prepaid' | 'monthly';
  readonly sends: number;
  readonly idempotencyKey?: string | undefined;
}

/** Which emails are waited for. */
export interface WantedEmails {
  readonly count: number;
  readonly status?: Email['status'] | undefined;
  readonly recipient?: string | undefined;
  readonly timeoutMs: number;
}

/** Limits to set; those left out stay. */
export type LimitsChange = { readonly [Limit in keyof Limits]?: Limits[Limit] | undefined };
