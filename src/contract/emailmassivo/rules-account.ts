import { BILL, EVERY_REPLY } from '../moments.ts';
import { rfcRules } from '../rfc/rules.ts';
import type { RuleEntry } from '../rule.ts';

/** Balance, limits, connections, history and statistics. */
export const accountRules = {
  'billing.split': {
    basis: 'documented',
    statement:
      'A separate email is created for each accepted recipient: its own history row, delivery and status.',
    source: 'a separate email is created for each recipient',
    shownBy: 'scenario',
    moments: BILL,
  },
  'billing.per-recipient': {
    basis: 'documented',
    statement:
      'One send is deducted for each accepted recipient, copies included; refused ones cost nothing.',
    source: 'one send is deducted from your balance for each recipient, including copies.',
    shownBy: 'scenario',
    moments: BILL,
  },
  'billing.duplicate': {
    basis: 'inferred',
    statement: 'An address accepted in this transaction and named again gets 250: one email, one send.',
    source: 'one send is deducted from your balance for each recipient, including copies.',
    shownBy: 'scenario',
    moments: ['RCPT', ...BILL],
  },
  'billing.on-accept': {
    basis: 'inferred',
    statement: 'Debit, history rows and queue entries are one commit, and the 250 leaves only after it.',
    source: 'RFC 5321 §4.2.5',
    shownBy: 'scenario',
    moments: ['end of data', ...BILL],
  },
  'billing.cut': rfcRules['billing.cut'],
  'error.450': {
    basis: 'documented',
    statement: 'Where sends are lacking, the request is refused.',
    source: 'Insufficient funds on balance to send emails.',
    replies: ['450 Balance not enough'],
    shownBy: 'scenario',
    moments: ['RCPT', 'end of data'],
  },
  'error.450.stage': {
    basis: 'inferred',
    statement:
      'At the RCPT for which no send is left; recipients accepted before stay accepted. If parallel sessions used up the balance, after DATA for the whole message. The balance never goes below zero.',
    source: 'Top up your account balance.',
    replies: ['450 Balance not enough'],
    shownBy: 'scenario',
    moments: ['RCPT', 'DATA', 'end of data', 'balance'],
  },
  'billing.send-limit': {
    basis: 'inferred',
    statement: 'A connection may have a limit of sends of its own; used up, its RCPTs get 450.',
    source: 'Check campaign limits.',
    replies: ['450 Balance not enough'],
    shownBy: 'scenario',
    moments: ['RCPT', 'end of data', ...BILL],
  },
  'billing.plans': {
    basis: 'documented',
    statement: 'Two plan options, cost by the number of emails.',
    source: 'Two plan options are available for selection.',
    shownBy: 'control test',
    moments: BILL,
  },
  'billing.plans.kinds': {
    basis: 'inferred',
    statement:
      'A prepaid package without end, and a monthly subscription whose unused sends end with its month and are used first.',
    source: 'Plan cost depends on the number of emails.',
    shownBy: 'scenario',
    moments: ['RCPT', 'end of data', ...BILL],
  },
  'error.451': {
    basis: 'documented',
    statement: 'Over the request limit MAIL is refused; after the announced time it works.',
    source: 'Request limit exceeded (anti-spam protection).',
    replies: ['451 4.3.2 Rate limit exceeded, retry after 10 seconds'],
    shownBy: 'scenario',
    moments: ['MAIL'],
  },
  'error.451.seconds': {
    basis: 'inferred',
    statement: 'The number of seconds is always 10.',
    source: 'Wait for the time specified in the error',
    replies: ['451 4.3.2 Rate limit exceeded, retry after 10 seconds'],
    shownBy: 'scenario',
    moments: ['MAIL'],
  },
  'error.451.window': {
    basis: 'inferred',
    statement:
      'At MAIL, per connection: the accepted MAILs of the last 10 s count, each forgotten at exactly 10.000 s; refused ones never count; the session stays open.',
    source: 'Wait for the time specified in the error',
    replies: ['451 4.3.2 Rate limit exceeded, retry after 10 seconds'],
    shownBy: 'scenario',
    moments: ['MAIL'],
  },
  'error.421-unavailable': {
    basis: 'documented',
    statement: 'In overload or maintenance the request is refused.',
    source: 'SMTP server is temporarily unavailable (overload, maintenance).',
    replies: ['421 4.4.5 Server is temporarily unavailable'],
    shownBy: 'scenario',
    moments: EVERY_REPLY,
  },
  'error.421-unavailable.stage': {
    basis: 'inferred',
    statement:
      'In place of the greeting in maintenance or above the session limit; in an open session to its next command, QUIT excepted; a message in transfer is finished first.',
    source: 'RFC 5321 §3.8, §4.2.1',
    replies: ['421 4.4.5 Server is temporarily unavailable'],
    shownBy: 'scenario',
    moments: EVERY_REPLY,
  },
  'domain.create': {
    basis: 'documented',
    statement: 'Domains are added to an account; each account that added one has it.',
    source: 'To set up email transmission, you need to configure your domain and add a sender on the domain.',
    shownBy: 'control test',
    moments: ['MAIL'],
  },
  'sender.create': {
    basis: 'documented',
    statement: 'Senders are added on a domain.',
    source: 'To set up email transmission, you need to configure your domain and add a sender on the domain.',
    shownBy: 'control test',
    moments: ['MAIL'],
  },
  'connection.create': {
    basis: 'documented',
    statement: 'A connection is created from a name and a sender, and gives login and password.',
    source: 'Enter a name and select a sender, then click "Next".',
    shownBy: 'control test',
    moments: ['AUTH'],
  },
  'connection.card': {
    basis: 'documented',
    statement: 'The card shows login and password for copying, at any time.',
    source:
      'To get your login and password, go to the card by clicking on the name of the desired connected SMTP and copy the data.',
    shownBy: 'control test',
    moments: ['AUTH'],
  },
  'connection.status': {
    basis: 'documented',
    statement: 'A connection is Active, Blocked or Not Activated.',
    source: 'the current connection status, which can be: Active, Blocked, or Not Activated.',
    shownBy: 'scenario',
    moments: ['status'],
  },
  'connection.not-activated': {
    basis: 'inferred',
    statement:
      "Not Activated shows that the sender's domain is not verified; AUTH works, each MAIL is judged by its own domain.",
    source: 'the current connection status, which can be: Active, Blocked, or Not Activated.',
    shownBy: 'scenario',
    moments: ['AUTH', 'MAIL', 'status'],
  },
  'connection.block': {
    basis: 'documented',
    statement:
      'A connection is blocked for too many sends to mailboxes that do not exist or whose servers refuse mail.',
    source:
      'A connection may be blocked due to exceeding the send limit to non-existent mailboxes or mailboxes whose servers/services reject email receipt.',
    shownBy: 'scenario',
    moments: ['AUTH', 'MAIL', 'end of data', 'close', 'status'],
  },
  'connection.block.limit': {
    basis: 'inferred',
    statement:
      'More than 10 such emails within 24 hours block; what was accepted before is still delivered and charged.',
    source:
      'A connection may be blocked due to exceeding the send limit to non-existent mailboxes or mailboxes whose servers/services reject email receipt.',
    shownBy: 'scenario',
    moments: ['AUTH', 'MAIL', 'end of data', 'status', ...BILL],
  },
  'connection.block.effect': {
    basis: 'inferred',
    statement: 'AUTH gets 535; an open session gets 421 at its next MAIL or end of data and is closed.',
    source: 'Make sure the account is not blocked.',
    replies: ['535 5.7.8 Incorrect login or password', '421 4.4.5 Server is temporarily unavailable'],
    shownBy: 'scenario',
    moments: ['AUTH', 'MAIL', 'end of data', 'close'],
  },
  'connection.unblock': {
    basis: 'documented',
    statement: 'Support unblocks a connection.',
    source: 'Our specialists will check the reason for the connection block and help you fix the situation.',
    shownBy: 'control test',
    moments: ['AUTH', 'MAIL', 'status'],
  },
  'connection.unblock.count': {
    basis: 'inferred',
    statement: 'After unblocking the count starts anew.',
    source: 'Our specialists will check the reason for the connection block and help you fix the situation.',
    shownBy: 'scenario',
    moments: ['AUTH', 'MAIL', 'end of data', 'status', ...BILL],
  },
  'history.rows': {
    basis: 'inferred',
    statement:
      'One row per email: time, connection, sender, recipient, subject as a reader sees it, message id, size, status.',
    source:
      'In the "Send History" section, you can also filter transactional emails by time period and status.',
    shownBy: 'scenario',
    moments: ['history', 'statistics'],
  },
  'history.filter': {
    basis: 'documented',
    statement: 'History is filtered by time period and by status.',
    source:
      'In the "Send History" section, you can also filter transactional emails by time period and status.',
    shownBy: 'scenario',
    moments: ['history', 'statistics'],
  },
  'statistics.period': {
    basis: 'documented',
    statement: 'Statistics are shown for one connection, by time period.',
    source: 'On the statistics page, you can filter transactional emails by time period.',
    shownBy: 'control test',
    moments: ['statistics'],
  },
  'statistics.totals': {
    basis: 'inferred',
    statement: 'Totals per status and per day (UTC), for one connection or all.',
    source: 'On the statistics page, you can filter transactional emails by time period.',
    shownBy: 'scenario',
    moments: ['statistics', 'history'],
  },
  'history.statuses': {
    basis: 'inferred',
    statement:
      'queued, deferred, delivered, bounced, rejected, failed; after delivery unsubscribed or complained, which suppress the recipient.',
    source:
      'In the "Send History" section, you can also filter transactional emails by time period and status.',
    shownBy: 'scenario',
    moments: ['history', 'statistics', 'suppressed'],
  },
} as const satisfies Record<string, RuleEntry>;
