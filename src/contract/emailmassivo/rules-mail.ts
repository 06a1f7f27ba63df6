import { BILL } from '../moments.ts';
import type { RuleEntry } from '../rule.ts';

/** Sender, recipients and what is delivered. */
export const mailRules = {
  'error.553-domain': {
    basis: 'documented',
    statement: 'A sender on a domain that is not registered is refused.',
    source: 'Sender domain is not registered',
    replies: ['553 Domain not found'],
    shownBy: 'scenario',
    moments: ['MAIL'],
  },
  'error.553-domain.stage': {
    basis: 'inferred',
    statement:
      'At MAIL; registered means that this account has SMTP access on the domain; the null reverse-path counts as not found.',
    source: 'Create SMTP access in the system.',
    replies: ['553 Domain not found'],
    shownBy: 'scenario',
    moments: ['MAIL'],
  },
  'error.421-domain': {
    basis: 'documented',
    statement: 'A sender on a domain that has not passed verification is refused.',
    source: 'Domain has not passed verification in the system',
    replies: ['421 Domain not verify'],
    shownBy: 'scenario',
    moments: ['MAIL', 'close'],
  },
  'error.421-domain.stage': {
    basis: 'inferred',
    statement: 'At MAIL; the gateway then closes the session.',
    source: 'RFC 5321 §3.8',
    replies: ['421 Domain not verify'],
    shownBy: 'scenario',
    moments: ['MAIL', 'close'],
  },
  'sender.header-from': {
    basis: 'inferred',
    statement:
      'After DATA each mailbox in From is held to the two rules of the sender domain; U-label and A-label are one domain, and what is no host name is registered by nobody.',
    source: 'To set up email transmission, you need to configure your domain and add a sender on the domain.',
    replies: ['553 Domain not found', '421 Domain not verify'],
    shownBy: 'scenario',
    moments: ['end of data', 'close'],
  },
  'domain.verification': {
    basis: 'documented',
    statement: 'A domain passes with SPF, DKIM and DMARC in place and a verification by support.',
    source: 'Configure all DNS records (SPF, DKIM, DMARC) and contact support for domain verification.',
    shownBy: 'control test',
    moments: ['MAIL', 'status'],
  },
  'domain.verification.how': {
    basis: 'inferred',
    statement:
      'The verify call checks the three records and says which is missing; a lost record takes the verification back.',
    source: 'Configure all DNS records (SPF, DKIM, DMARC) and contact support for domain verification.',
    shownBy: 'control test',
    moments: ['MAIL', 'status'],
  },
  'error.550-from': {
    basis: 'documented',
    statement: 'A message without a From header is refused; nothing is delivered or charged.',
    source: 'The email is missing the required From header.',
    replies: ['550 5.6.0 Message rejected: Missing required "From" header'],
    shownBy: 'scenario',
    moments: ['end of data', ...BILL],
  },
  'error.550-from.what': {
    basis: 'inferred',
    statement:
      'After DATA; missing means no From field in the header section, two of them, one that holds no address, or one that cannot be read as a whole.',
    source: 'RFC 5322 §3.4, §3.6.2, §4.4, RFC 6532, RFC 6854',
    replies: ['550 5.6.0 Message rejected: Missing required "From" header'],
    shownBy: 'scenario',
    moments: ['end of data', ...BILL],
  },
  'error.550-unsubscribed': {
    basis: 'documented',
    statement: 'A recipient who unsubscribed or complained is refused.',
    source:
      'Reason: Email was not delivered because the recipient unsubscribed from the campaign or complained about spam.',
    replies: ['550 Email receiver unsubscribe or complaint'],
    shownBy: 'scenario',
    moments: ['RCPT', 'suppressed'],
  },
  'error.550-unsubscribed.stage': {
    basis: 'inferred',
    statement:
      "At RCPT, by the account's suppression list; the other recipients go on, the session stays open.",
    source: 'Exclude email from the campaign.',
    replies: ['550 Email receiver unsubscribe or complaint'],
    shownBy: 'scenario',
    moments: ['RCPT', 'DATA', 'end of data', 'suppressed'],
  },
  'error.553-mailbox': {
    basis: 'documented',
    statement: 'A recipient whose mailbox is full is refused.',
    source: "Recipient's mailbox is full.",
    replies: ['553 Recipient has exceeded mailbox limit'],
    shownBy: 'scenario',
    moments: ['RCPT'],
  },
  'error.553-mailbox.stage': {
    basis: 'inferred',
    statement: 'At RCPT; the others go on; it works again once there is room.',
    source: 'Try sending the email later.',
    replies: ['553 Recipient has exceeded mailbox limit'],
    shownBy: 'scenario',
    moments: ['RCPT', 'DATA', 'end of data'],
  },
  'delivery.envelope': {
    basis: 'documented',
    statement:
      "Each email has the transaction's reverse-path and exactly one forward-path, visible in its `Received`.",
    source: 'a separate email is created for each recipient',
    shownBy: 'scenario',
    moments: ['delivered'],
  },
  'delivery.content': {
    basis: 'inferred',
    statement:
      'The message as submitted, byte for byte; `Bcc` and `Resent-Bcc` fields taken out, `Received` and `X-Gauntlet-Email` added, a missing `Message-ID` or `Date` supplied, nothing else.',
    source: 'RFC 5322 §3.6.3, §3.6.6, RFC 5321 §4.4, RFC 6409 §8',
    shownBy: 'scenario',
    moments: ['end of data', 'delivered'],
  },
  'delivery.trace': {
    basis: 'inferred',
    statement:
      "The gateway's `Received` says how the message was taken (`ESMTP` or `UTF8SMTP`, `S` under TLS, `A` after a login), and when, by the account's clock.",
    source: 'RFC 5321 §4.4, RFC 3848, RFC 6531 §4.3',
    shownBy: 'scenario',
    moments: ['delivered'],
  },
  'delivery.no-dsn': {
    basis: 'inferred',
    statement: 'A bounce shows in history; no notification is mailed to the sender.',
    source:
      'In the "Send History" section, you can also filter transactional emails by time period and status.',
    shownBy: 'scenario',
    moments: ['delivered', 'history'],
  },
} as const satisfies Record<string, RuleEntry>;
