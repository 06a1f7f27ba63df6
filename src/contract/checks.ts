import type { RuleId } from './rule.ts';

/**
 * What every case is held to, whatever its scenario is about, by what is looked at: the replies of each session, what the
 * account shows at the end, and what is told of it in other ways.
 */
export type SuiteCheck =
  // sessions
  | 'form of replies'
  | 'greeting'
  | 'known errors'
  | 'close'
  | 'STARTTLS inside TLS'
  // logins that a scenario needs and does not ask about
  | 'login'
  | 'AUTH offered'
  | 'LOGIN offered'
  | 'wrong login'
  // what was charged for what was accepted
  | 'charges'
  // a balance, and the ledger that tells of it: not every provider has one
  | 'balance after charges'
  | 'charges of what was refused'
  | 'charges of what was cut off'
  | 'charges of duplicates'
  | 'balance'
  | 'purchases'
  | 'rate'
  // what becomes of a connection
  | 'block'
  | 'connection status'
  // what arrives
  | 'content'
  | 'envelope'
  | 'trace'
  | 'one email each'
  /** No notice of what became of a mail is mailed to its sender. */
  | 'no notices'
  // what is shown
  | 'history'
  | 'parts of the history'
  | 'email statuses'
  | 'statistics'
  | 'parts of the statistics'
  | 'suppression list'
  | 'senders'
  // the sandbox's own
  | 'secrets'
  | 'transcripts'
  | 'settling'
  | 'triggers';

/** Why a gateway refuses, as far as a case's own record tells. */
export type RefusalReason =
  | 'maintenance'
  | 'no send left'
  | 'rate'
  | 'suppressed recipient'
  | 'full mailbox'
  | 'unregistered sender domain'
  | 'unverified sender domain'
  | 'blocked login'
  | 'wrong login'
  | 'locked login'
  | 'no From';

/**
 * The rule that each check shows, and each refusal. What a contract gives no rule for is not held against its gateways:
 * nobody promised it.
 */
export interface RulesOfSuite {
  readonly checks: Readonly<Partial<Record<SuiteCheck, RuleId>>>;
  readonly refusals: Readonly<Partial<Record<RefusalReason, RuleId>>>;
  /** Rules that speak of what arrives: a case about one of them fails under it, however a copy is wrong. */
  readonly copies: readonly RuleId[];
}

/** Numbers that the documentation leaves open and the contract declares; where there is none, nothing is counted. */
export interface DeclaredLimits {
  /** MAILs of one login within so many milliseconds. */
  readonly rate?: { readonly limit: number; readonly perMs: number };
  /** More emails to bad mailboxes than these block a connection. */
  readonly badMailboxes?: number;
  /** Failed logins that lock a login. */
  readonly loginFailures?: number;
}
