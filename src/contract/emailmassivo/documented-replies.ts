import type { DocumentedReply } from '../contract.ts';
import type { EmailmassivoRuleId } from './rules.ts';

/**
 * The ten errors of the documentation, to the byte, each under the rule that promises it, with the page's words for
 * the cause and the cure. A test holds this table against the page (`fixtures/gateway-documentation.txt`) both ways.
 */
export const documentedReplies = {
  'error.421-unavailable': {
    reply: '421 4.4.5 Server is temporarily unavailable',
    cause: 'SMTP server is temporarily unavailable (overload, maintenance).',
    cure: ['Retry the request after some time.', 'Check server availability (e.g., via telnet or ping).'],
  },
  'error.450': {
    reply: '450 Balance not enough',
    cause: 'Insufficient funds on balance to send emails.',
    cure: ['Top up your account balance.', 'Check campaign limits.'],
  },
  'error.454': {
    reply: '454 4.7.0 Too many login attempts',
    cause: 'Too many failed login attempts.',
    cure: ['Check the correctness of login and password.', 'Wait some time before re-authorization.'],
  },
  'error.451': {
    reply: '451 4.3.2 Rate limit exceeded, retry after 10 seconds',
    cause: 'Request limit exceeded (anti-spam protection).',
    cure: ['Reduce email sending frequency.', 'Wait for the time specified in the error'],
  },
  'error.535': {
    reply: '535 5.7.8 Incorrect login or password',
    cause: 'Invalid SMTP credentials.',
    cure: ['Check login and password.', 'Make sure the account is not blocked.'],
  },
  'error.421-domain': {
    reply: '421 Domain not verify',
    cause: 'Domain has not passed verification in the system',
    cure: ['Configure all DNS records (SPF, DKIM, DMARC) and contact support for domain verification.'],
  },
  'error.553-domain': {
    reply: '553 Domain not found',
    cause: 'Sender domain is not registered',
    cure: ['Create SMTP access in the system.'],
  },
  'error.550-unsubscribed': {
    reply: '550 Email receiver unsubscribe or complaint',
    cause:
      'Email was not delivered because the recipient unsubscribed from the campaign or complained about spam.',
    cure: ['Exclude email from the campaign.'],
  },
  'error.550-from': {
    reply: '550 5.6.0 Message rejected: Missing required "From" header',
    cause: 'The email is missing the required From header.',
    cure: ['Check email header formation.', 'Specify the correct sender email.'],
  },
  'error.553-mailbox': {
    reply: '553 Recipient has exceeded mailbox limit',
    cause: "Recipient's mailbox is full.",
    cure: ['Try sending the email later.', 'Notify the recipient about the need to clean up their mailbox.'],
  },
} as const satisfies Partial<Record<EmailmassivoRuleId, DocumentedReply>>;
