import type { EmailmassivoRuleId } from '../../../contract/emailmassivo/rules.ts';
import { checkWith, type Check } from '../check.ts';
import type { DomainStanding, MailFacts, RcptFacts } from '../facts.ts';
import { countInWindow } from '../window.ts';
import { refuse, refuseAndClose } from './refuse.ts';

type MailCheck = Check<MailFacts, EmailmassivoRuleId>;
type RcptCheck = Check<RcptFacts, EmailmassivoRuleId>;

/** A connection that was blocked while its session was open. */
export const blockedSender: MailCheck = checkWith(
  'connection blocked',
  refuseAndClose('error.421-unavailable', 'connection.block.effect'),
  ({ argument }) => argument.kind === 'read' && argument.blocked,
);

/** More MAILs than a rate window may have. */
export const rateLimit: MailCheck = checkWith(
  'rate limit reached',
  refuse('error.451', 'error.451.window'),
  ({ argument, choices }) =>
    argument.kind === 'read' &&
    countInWindow(argument.acceptedAt, argument.now, choices.rateWindowMs) >= choices.rateLimit,
);

/** A sender's domain that the account does not have. */
export const senderNotRegistered: MailCheck = checkWith(
  'domain not registered',
  refuse('error.553-domain', 'error.553-domain.stage'),
  domainIs('not registered'),
);

/** The same, without its verification; the reply ends the session. */
export const senderNotVerified: MailCheck = checkWith(
  'domain not verified',
  refuseAndClose('error.421-domain', 'error.421-domain.stage'),
  domainIs('not verified'),
);

function domainIs(standing: DomainStanding): (facts: MailFacts) => boolean {
  return ({ argument }) => argument.kind === 'read' && argument.domain === standing;
}

/** A recipient who wants no mail of the account. */
export const suppressed: RcptCheck = checkWith(
  'on the suppression list',
  refuse('error.550-unsubscribed', 'error.550-unsubscribed.stage'),
  ({ argument }) =>
    argument.kind === 'read' && (argument.onSuppressionList || argument.role === 'suppressed'),
);

/** A recipient whose mailbox takes no more. */
export const mailboxFull: RcptCheck = checkWith(
  'mailbox full',
  refuse('error.553-mailbox', 'error.553-mailbox.stage'),
  ({ argument }) => argument.kind === 'read' && argument.role === 'full',
);

/** A recipient for whom the connection has no send left. */
export const sendLimitReached: RcptCheck = checkWith(
  'send limit of the connection reached',
  refuse('error.450', 'billing.send-limit'),
  ({ sendLimitLeft, recipients }) => sendLimitLeft !== null && recipients.size >= sendLimitLeft,
);

/** A recipient for whom the account has none left: each accepted recipient is a send promised. */
export const balanceUsedUp: RcptCheck = checkWith(
  'balance used up',
  refuse('error.450', 'error.450.stage'),
  ({ balance, recipients }) => recipients.size >= balance,
);
