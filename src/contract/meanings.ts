/** What the words of the vocabulary mean, in a sentence each, for pages that show them. */
import type { ConnectionStatus, EmailStatus, Role } from './vocabulary.ts';

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

/** What each state of a connection means (rule `connection.status`). */
export const connectionStatusMeanings: Readonly<Record<ConnectionStatus, string>> = {
  Active: 'It can log in and send.',
  Blocked: 'It is blocked: too many sends to mailboxes that do not exist or refuse, or by support.',
  'Not Activated': 'The domain of its sender is not verified.',
};
