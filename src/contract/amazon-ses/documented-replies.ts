import type { DocumentedReply } from '../contract.ts';

const RETRY = '4xx: to be retried with growing waits';
const CHANGE = '5xx: the request has to be changed first.';

/**
 * The replies of the page, each under the rule that promises it, with the page's words for the cause and the cure. What varies in
 * a reply stands between `${` and `}`; `onPage` is the line as the page prints it.
 */
export const documentedReplies = {
  'reply.235': { reply: '235 Authentication successful', cause: 'signed in', cure: [] },
  'reply.250': {
    reply: '250 Ok ${message-id}',
    onPage: '250 Ok MessageID',
    cause: 'accepted; *MessageID* stands for a unique string',
    cure: [],
  },
  'error.421': {
    reply: '421 Too many concurrent SMTP connections',
    cause: 'too many connections at once',
    cure: [RETRY],
  },
  'error.451-failure': {
    reply: '451 Temporary service failure',
    cause: 'could not be processed',
    cure: [RETRY],
  },
  'error.451-timeout': {
    reply: '451 Timeout waiting for data from client',
    cause: 'too long between requests; the server closed the connection',
    cure: [RETRY],
  },
  'error.454-quota': {
    reply: '454 Throttling failure: Daily message quota exceeded',
    cause: 'more in 24 hours than allowed',
    cure: [RETRY],
  },
  'error.454-rate': {
    reply: '454 Throttling failure: Maximum sending rate exceeded',
    cause: 'more per second than allowed',
    cure: [RETRY],
  },
  'error.454-authentication': {
    reply: '454 Temporary authentication failure',
    cause: 'trouble while validating the credentials',
    cure: [RETRY],
  },
  'error.454-service': {
    reply: '454 Temporary service failure',
    cause: 'the request did not arrive whole; the message was not sent',
    cure: [RETRY],
  },
  'error.530': {
    reply: '530 Authentication required',
    cause: 'the client did not try to authenticate',
    cure: [CHANGE],
  },
  'error.535': {
    reply: '535 Authentication Credentials Invalid',
    cause: 'wrong credentials',
    cure: [CHANGE],
  },
  'error.535-subscription': {
    reply: '535 Account not subscribed to SES',
    cause: 'the account that owns the credentials has no subscription',
    cure: [CHANGE],
  },
  'error.552': { reply: '552 Message is too long.', cause: 'larger than allowed', cure: [CHANGE] },
  'error.553-sender': {
    reply: '553 <${email-address}> Invalid email address',
    onPage: '553 <email-address> Invalid email address',
    cause: 'syntax error in MAIL FROM; the address stands in the line',
    cure: [CHANGE],
  },
  'error.553-recipient': {
    reply: '553 <${email-address}> address unknown',
    onPage: '553 <email-address> address unknown',
    cause: 'syntax error in RCPT TO',
    cure: [CHANGE],
  },
  'error.554-access': {
    reply:
      '554 Access denied: User ${user-arn} is not authorized to perform ses:SendRawEmail on resource ${identity-arn}',
    onPage:
      '554 Access denied: User UserARN is not authorized to perform ses:SendRawEmail on resource IdentityARN',
    cause: 'a policy forbids it',
    cure: [CHANGE],
  },
  'error.554-identity': {
    reply:
      '554 Message rejected: Email address is not verified. The following identities failed the check in region ${region}: ${identities}',
    onPage:
      '554 Message rejected: Email address is not verified. The following identities failed the check in region region: identity0, identity1, identity2',
    cause:
      'From, Sender or Return-Path not verified; in the sandbox a recipient, too; ends with `...` where not all identities fit',
    cure: [CHANGE],
  },
} as const satisfies Record<string, DocumentedReply>;

/** The rules that prescribe a documented reply. */
export type DocumentedRuleId = keyof typeof documentedReplies;
