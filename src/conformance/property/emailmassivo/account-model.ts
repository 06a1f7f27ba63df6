/**
 * One account as the rules say it stands: an independent second writing of them, simpler than the gateway's own. It may
 * read the contract, never the policy. Times are milliseconds, sends whole numbers.
 */
import type { ConnectionStatus, EmailStatus, Role } from '../../../contract/emailmassivo/vocabulary.ts';
import type { RecordKind } from '../../../contract/vocabulary.ts';

/** A message as the history shows it. Texts hold the variables of the scenario. */
export interface SentMessage {
  /** Its name under `messages:`. */
  readonly name: string;
  /** The reverse-path that MAIL named. */
  readonly sender: string;
  readonly subject: string;
  /** `undefined` where the gateway gives it one. */
  readonly messageId: string | undefined;
}

/** One email that the account was charged for. */
export interface ModelEmail {
  readonly recipient: string;
  readonly message: SentMessage;
  readonly login: LoginModel;
  /** Account time of its acceptance. */
  readonly time: number;
  status: EmailStatus;
}

/** A login: what is counted for it alone. */
export interface LoginModel {
  readonly name: string;
  /** When its failed attempts were, since its last success. */
  failures: number[];
  /** When its MAILs were accepted. */
  mails: number[];
  blocked: boolean;
  /** When its emails bounced or were rejected, since it was last unblocked. */
  bad: number[];
  /** Sends that it may use in all, and has used. */
  readonly sendLimit: number | undefined;
  sendsUsed: number;
}

/** An account. */
export interface AccountModel {
  prepaid: number;
  readonly monthly: { left: number; readonly endsAt: number }[];
  charged: number;
  /** Whether it has SMTP access on the sender's domain. */
  readonly registered: boolean;
  verified: boolean;
  readonly records: Set<RecordKind>;
  mailboxUp: boolean;
  readonly roles: Map<string, Role>;
  readonly suppressed: Set<string>;
  readonly emails: ModelEmail[];
}

const DAY_MS = 24 * 60 * 60_000;
const LOCK_MS = 5 * 60_000;
const LOCK_ATTEMPTS = 5;
/** Emails to bad mailboxes within a day that a connection may have (`connection.block.limit`). */
const BAD_LIMIT = 10;

/** Sends that may be used (`billing.plans.kinds`): a subscription's until the instant at which it ends. */
export function balanceOf({ prepaid, monthly }: AccountModel, now: number): number {
  return monthly.reduce((sum, plan) => sum + (plan.endsAt > now ? plan.left : 0), prepaid);
}

/** Takes sends, the soonest-ending subscription first and prepaid ones last. */
function debit(account: AccountModel, sends: number, now: number): void {
  let left = sends;
  const live = account.monthly.filter(({ endsAt }) => endsAt > now);
  for (const plan of live.toSorted((one, other) => one.endsAt - other.endsAt)) {
    const taken = Math.min(left, plan.left);
    plan.left -= taken;
    left -= taken;
  }
  account.prepaid -= left;
  account.charged += sends;
}

/** The end of a subscription bought now: the same time of day on the same day of the next month, the last day clamped. */
export function monthAfter(now: number): number {
  const from = new Date(now);
  const lastDay = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 2, 0)).getUTCDate();
  const next = new Date(now);
  next.setUTCDate(1);
  next.setUTCMonth(from.getUTCMonth() + 1);
  next.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return next.getTime();
}

/** Whether every AUTH for the login gets 454 (`error.454.window`). */
export function isLocked({ failures }: LoginModel, now: number): boolean {
  const last = failures.at(-1);
  if (last === undefined || now >= last + LOCK_MS) return false;
  return failures.filter((at) => at > last - LOCK_MS).length >= LOCK_ATTEMPTS;
}

/** Accepted MAILs that still count (`error.451.window`). */
export function countedMails({ mails }: LoginModel, now: number, perMs: number): number {
  return mails.filter((at) => at > now - perMs).length;
}

/** How many more emails to bad mailboxes the login may have, the one that blocks it included. */
export function badUntilBlock({ bad }: LoginModel, now: number): number {
  return BAD_LIMIT + 1 - bad.filter((at) => at > now - DAY_MS).length;
}

/** The status that is shown (`connection.not-activated`). */
export function statusOf(isVerified: boolean, { blocked }: LoginModel): ConnectionStatus {
  if (blocked) return 'Blocked';
  return isVerified ? 'Active' : 'Not Activated';
}

/** Accepts a message: the debit, and an email for each recipient with what becomes of it. */
export function acceptMessage(
  account: AccountModel,
  login: LoginModel,
  recipients: readonly string[],
  message: SentMessage,
  now: number,
): void {
  debit(account, recipients.length, now);
  login.sendsUsed += recipients.length;
  for (const recipient of recipients) {
    const email: ModelEmail = { recipient, message, login, time: now, status: 'queued' };
    account.emails.push(email);
    relay(account, email, now);
  }
}

/** What becomes of an email by its recipient's role (`history.statuses`). */
function relay(account: AccountModel, email: ModelEmail, now: number): void {
  const role = account.roles.get(email.recipient) ?? 'accepts';
  if (role === 'nonexistent' || role === 'refused') {
    email.status = role === 'refused' ? 'rejected' : 'bounced';
    email.login.bad.push(now);
    if (badUntilBlock(email.login, now) <= 0) email.login.blocked = true;
    return;
  }
  if (!account.mailboxUp || role === 'full') {
    email.status = 'deferred';
    return;
  }
  email.status = 'delivered';
  if (role !== 'unsubscribes' && role !== 'complains') return;
  email.status = role === 'complains' ? 'complained' : 'unsubscribed';
  account.suppressed.add(email.recipient);
}

/** The mailbox comes up: what was deferred is tried again at once. */
export function mailboxComesUp(account: AccountModel, now: number): void {
  account.mailboxUp = true;
  for (const email of account.emails) if (email.status === 'deferred') relay(account, email, now);
}

/** The states in which an email is in the mailbox. */
export function isInMailbox({ status }: ModelEmail): boolean {
  return status === 'delivered' || status === 'unsubscribed' || status === 'complained';
}

/** Emails by day (UTC) and status. */
export function statisticsOf({
  emails,
}: AccountModel): ReadonlyMap<string, ReadonlyMap<EmailStatus, number>> {
  const days = new Map<string, Map<EmailStatus, number>>();
  for (const { time, status } of emails) {
    const day = new Date(time).toISOString().slice(0, 10);
    const counts = days.get(day) ?? new Map<EmailStatus, number>();
    days.set(day, counts.set(status, (counts.get(status) ?? 0) + 1));
  }
  return days;
}
