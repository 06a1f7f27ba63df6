/** What the words of the vocabulary mean, in a sentence each, for pages that show them. */
import type { Tone } from '../words.ts';
import type { DomainState } from '../vocabulary.ts';
import type { ConnectionStatus, EmailStatus, LedgerKind, Role } from './vocabulary.ts';

/** What becomes of mail to an address of each role (rule `sandbox.recipients`). */
export const roleMeanings: Readonly<Record<Role, string>> = {
  accepts: 'The mail is accepted and delivered.',
  suppressed: 'RCPT is refused: the recipient is on the suppression list.',
  full: 'RCPT is refused: the mailbox is full.',
  nonexistent: 'The mail is accepted and bounces: there is no such mailbox.',
  refused: 'The mail is accepted and rejected by the server of the mailbox.',
  unsubscribes: 'The mail is delivered; then the recipient is put on the suppression list.',
  complains: 'The mail is delivered; then the recipient complains and is put on the suppression list.',
};

/** What each state of an email means (rule `history.statuses`). */
export const emailStatusMeanings: Readonly<Record<EmailStatus, string>> = {
  queued: 'Accepted and charged; not yet handed over.',
  deferred: 'The mailbox did not take it for now; it is tried again.',
  delivered: 'The mailbox has it.',
  bounced: 'The mailbox does not exist.',
  rejected: 'The server of the mailbox refused it.',
  failed: 'It could not be delivered and was given up.',
  unsubscribed: 'Delivered; the recipient unsubscribed.',
  complained: 'Delivered; the recipient complained about it.',
};

export const emailStatusTones: Readonly<Record<EmailStatus, Tone>> = {
  queued: 'waiting',
  deferred: 'waiting',
  delivered: 'good',
  bounced: 'bad',
  rejected: 'bad',
  failed: 'bad',
  unsubscribed: 'notice',
  complained: 'notice',
};

/** The states in which the mailbox has the email; what its recipient did with it then is a state of its own. */
export const reachedStatuses: readonly EmailStatus[] = ['delivered', 'unsubscribed', 'complained'];

export const connectionStatusTones: Readonly<Record<ConnectionStatus, Tone>> = {
  Active: 'good',
  Blocked: 'bad',
  'Not Activated': 'waiting',
};

export const domainStateTones: Readonly<Record<DomainState, Tone>> = {
  verified: 'good',
  unverified: 'waiting',
};

/** What each state of a domain means (rule `domain.verification`). */
export const domainStateMeanings: Readonly<Record<DomainState, string>> = {
  verified: 'Its records were found: mail from its addresses is taken.',
  unverified: 'Its records are not verified: mail from its addresses is refused.',
};

/** What each kind of entry in the ledger is. */
export const ledgerKindMeanings: Readonly<Record<LedgerKind, string>> = {
  opened: 'The sends with which the account began.',
  set: 'The balance was set by hand.',
  bought: 'A plan was bought.',
  sent: 'A message was accepted: one send for each recipient.',
  ended: 'What was left of a subscription when it ended.',
};

/** What each kind of plan is (rule `billing.plans.kinds`). */
export const planKindMeanings = {
  prepaid: 'Sends that stay until they are used.',
  monthly: 'Sends for one month; what is unused then ends.',
} as const;

/** How the documented page names the encryption of a listener. */
export const encryptionMeanings = {
  implicit: 'Secure TLS/SSL connection',
  starttls: 'STARTTLS, or none',
} as const;

/** The limits that an account can set for itself: what to call each, and what it counts. */
export const limitMeanings = {
  rateLimit: { label: 'Rate limit', meaning: 'MAIL commands in one window', least: 1 },
  rateWindowMs: { label: 'Rate window', meaning: 'milliseconds', least: 1 },
  sizeLimit: { label: 'Message size', meaning: 'octets', least: 1 },
  recipientLimit: { label: 'Recipients', meaning: 'of one transaction', least: 1 },
  sessionLimit: { label: 'Sessions', meaning: 'open at once, own listeners; empty: no limit', least: 0 },
} as const;

/** What each state of a connection means (rule `connection.status`). */
export const connectionStatusMeanings: Readonly<Record<ConnectionStatus, string>> = {
  Active: 'It can log in and send.',
  Blocked: 'It is blocked: too many sends to mailboxes that do not exist or refuse, or by support.',
  'Not Activated': 'The domain of its sender is not verified.',
};
