import type {
  Account,
  Clock,
  Connection,
  Domain,
  Gateway,
  HistoryFilter,
  HistoryPage,
  Limits,
  ParsedAccountSetup,
  Plans,
  Purchase,
  Recipient,
  Session,
  Statistics,
  StatisticsFilter,
} from '../../control-api/schemas.ts';

/** Why an operation was not carried out; becomes problem details. */
export type OperationFault =
  | 'no-such-account'
  | 'no-such-connection'
  | 'login-taken'
  | 'clock-goes-back'
  | 'bad-address'
  | 'bad-cursor'
  | 'no-own-listeners'
  | 'not-settled';

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
export interface SandboxOperations {
  showGateway(): Promise<Gateway>;
  setGatewayMaintenance(on: boolean): Promise<Gateway>;
  createAccount(setup: ParsedAccountSetup): Promise<Account>;
  showAccount(account: string): Promise<Account>;
  /** The account whose connection has this login, if there is one. */
  findAccountOfLogin(login: string): Promise<Account | undefined>;
  deleteAccount(account: string): Promise<void>;
  setBalance(account: string, sends: number): Promise<Account>;
  moveClock(account: string, move: ClockMove): Promise<Clock>;
  setDomain(account: string, domain: Domain): Promise<Account>;
  setRecipient(account: string, recipient: Recipient): Promise<Account>;
  setLimits(account: string, limits: LimitsChange): Promise<Account>;
  setConnectionBlock(account: string, connection: string, blocked: boolean): Promise<Connection>;
  generatePassword(account: string, connection: string): Promise<Connection>;
  setMaintenance(account: string, on: boolean): Promise<Account>;
  setMailbox(account: string, up: boolean): Promise<Account>;
  listHistory(account: string, filter?: Partial<HistoryFilter>): Promise<HistoryPage>;
  showStatistics(account: string, filter: StatisticsFilter): Promise<Statistics>;
  listPlans(): Promise<Plans>;
  buyPlan(account: string, order: PlanOrder): Promise<Purchase>;
  listPurchases(account: string): Promise<readonly Purchase[]>;
  setSendLimit(account: string, connection: string, limit: number | null): Promise<Connection>;
  /** The transcripts kept, oldest first: of one account, or of all sessions. */
  listSessions(account?: string): Promise<readonly Session[]>;
  /** Resolves once the account is settled (rule `sandbox.settled`). */
  waitSettled(account: string, timeoutMs: number): Promise<void>;
}

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

/** Limits to set; those left out stay. */
export type LimitsChange = { readonly [Limit in keyof Limits]?: Limits[Limit] | undefined };
