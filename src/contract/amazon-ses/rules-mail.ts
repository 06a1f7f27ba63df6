import { BILL, TRANSACTION } from '../moments.ts';
import type { RuleEntry } from '../rule.ts';
import { documentedReplies } from './documented-replies.ts';
import { observedReplies, ownReplies } from './own-replies.ts';

const { reply: IDENTITY_REPLY } = documentedReplies['error.554-identity'];
const { reply: ACCESS_REPLY } = documentedReplies['error.554-access'];

/** Senders, recipients, messages. */
export const mailRules = {
  'reply.250': {
    basis: 'documented',
    statement: 'An accepted message gets 250 with a unique string.',
    source: documentedReplies['reply.250'].cause,
    replies: [documentedReplies['reply.250'].reply],
    shownBy: 'scenario',
    moments: ['end of data'],
  },
  'reply.250.id': {
    basis: 'inferred',
    statement: 'The string is the id of the first of its emails in the history.',
    source: 'the guide does not say what the string names',
    shownBy: 'control test',
    moments: ['end of data', 'history'],
  },
  'reply.format': {
    basis: 'documented',
    statement: 'Replies carry no enhanced status codes.',
    source: 'No enhanced status codes.',
    shownBy: 'scenario',
    moments: ['EHLO', 'AUTH', ...TRANSACTION],
  },
  'error.451-failure': {
    basis: 'documented',
    statement: 'What cannot be processed now is refused for now.',
    source: documentedReplies['error.451-failure'].cause,
    replies: [documentedReplies['error.451-failure'].reply],
    shownBy: 'scenario',
    moments: ['MAIL', 'RCPT', 'DATA'],
  },
  'error.451-failure.stage': {
    basis: 'inferred',
    statement: 'MAIL, RCPT and DATA during maintenance; the session stays open.',
    source: 'the guide names no stage',
    replies: [documentedReplies['error.451-failure'].reply],
    shownBy: 'scenario',
    moments: ['MAIL', 'RCPT', 'DATA'],
  },
  'error.451-timeout': {
    basis: 'documented',
    statement: 'A client that takes too long between requests is told so, and the session is closed.',
    source: documentedReplies['error.451-timeout'].cause,
    replies: [documentedReplies['error.451-timeout'].reply],
    shownBy: 'control test',
    moments: [...TRANSACTION, 'close'],
  },
  'error.451-timeout.limit': {
    basis: 'inferred',
    statement: 'Five minutes, for a line and between lines; an hour for a whole message.',
    source: 'RFC 5321 §4.5.3.2.7; the guide names no number',
    replies: [documentedReplies['error.451-timeout'].reply],
    shownBy: 'control test',
    moments: [...TRANSACTION, 'close'],
  },
  'error.454-service': {
    basis: 'documented',
    statement: 'A request that does not arrive whole is not sent.',
    source: documentedReplies['error.454-service'].cause,
    replies: [documentedReplies['error.454-service'].reply],
    shownBy: 'scenario',
    moments: ['end of data'],
  },
  'error.454-service.stage': {
    basis: 'inferred',
    statement: 'Behind the final dot, where maintenance began while the message came.',
    source: 'the guide names no stage',
    replies: [documentedReplies['error.454-service'].reply],
    shownBy: 'scenario',
    moments: ['end of data', ...BILL],
  },
  'error.552': {
    basis: 'documented',
    statement: 'A message above the limit is refused.',
    source: documentedReplies['error.552'].cause,
    replies: [documentedReplies['error.552'].reply],
    shownBy: 'scenario',
    moments: ['MAIL', 'end of data'],
  },
  'error.552.stage': {
    basis: 'inferred',
    statement: 'At MAIL if SIZE declares it, else behind the final dot.',
    source: 'RFC 1870 §6',
    replies: [documentedReplies['error.552'].reply],
    shownBy: 'scenario',
    moments: ['MAIL', 'end of data'],
  },
  'limit.size': {
    basis: 'documented',
    statement: 'A message of 40 MB is taken.',
    source: '40 MB a message (after encoding).',
    shownBy: 'control test',
    moments: ['EHLO', 'MAIL', 'end of data'],
  },
  'limit.size.megabyte': {
    basis: 'inferred',
    statement: 'A megabyte is 1,048,576 octets; they are counted as they arrive, and EHLO says the limit.',
    source: 'the guide does not define its MB; RFC 1870 §3',
    shownBy: 'scenario',
    moments: ['EHLO', 'MAIL', 'end of data'],
  },
  'limit.recipients': {
    basis: 'documented',
    statement: 'A message has 50 recipients at most.',
    source: '50 recipients a message.',
    shownBy: 'scenario',
    moments: ['RCPT', 'DATA', 'end of data'],
  },
  'limit.recipients.reply': {
    basis: 'inferred',
    statement: 'RCPT past the limit gets 452; those accepted before stay accepted.',
    source: 'RFC 5321 §4.5.3.1.10',
    replies: [ownReplies.tooManyRecipients],
    shownBy: 'scenario',
    moments: ['RCPT', 'DATA', 'end of data'],
  },
  'error.553-sender': {
    basis: 'documented',
    statement: 'A reverse-path with a syntax error gets 553, and the line has the address in it.',
    source: documentedReplies['error.553-sender'].cause,
    replies: [documentedReplies['error.553-sender'].reply],
    shownBy: 'scenario',
    moments: ['MAIL'],
  },
  'error.553-recipient': {
    basis: 'documented',
    statement: 'A forward-path with a syntax error gets 553, and the line has the address in it.',
    source: documentedReplies['error.553-recipient'].cause,
    replies: [documentedReplies['error.553-recipient'].reply],
    shownBy: 'scenario',
    moments: ['RCPT'],
  },
  'error.553.address': {
    basis: 'inferred',
    statement:
      'The address stands between angle brackets as it was written, whatever is not printable ASCII as `?`, cut where the line would get longer than 512 octets.',
    source: 'the guide prints the brackets with its placeholder; RFC 5321 §4.5.3.1.5',
    replies: [documentedReplies['error.553-sender'].reply, documentedReplies['error.553-recipient'].reply],
    shownBy: 'scenario',
    moments: ['MAIL', 'RCPT'],
  },
  'error.501': {
    basis: 'observed',
    statement: 'A MAIL or RCPT without anything like an address, the null reverse-path among them, gets 501.',
    source:
      'github.com/docker-mailserver/docker-mailserver/issues/2403, github.com/mbentley/docker-omada-controller/issues/246',
    replies: [observedReplies.noSender, observedReplies.noRecipientAddress],
    shownBy: 'scenario',
    moments: ['MAIL', 'RCPT'],
  },
  'error.501.what': {
    basis: 'inferred',
    statement:
      'What has no `@` between angle brackets is nothing like an address; what has one is a syntax error.',
    source: 'the guide gives one cause, and public reports a second reply for it',
    replies: [observedReplies.noSender, observedReplies.noRecipientAddress],
    shownBy: 'scenario',
    moments: ['MAIL', 'RCPT'],
  },
  'error.554-identity': {
    basis: 'documented',
    statement:
      'A message from an identity that is not verified is rejected, and the reply names the region and each of them.',
    source: documentedReplies['error.554-identity'].cause,
    replies: [IDENTITY_REPLY],
    shownBy: 'scenario',
    moments: ['end of data'],
  },
  'error.554-identity.list': {
    basis: 'inferred',
    statement:
      'Behind the final dot; From, Sender, Return-Path and reverse-path first, then recipients, each once and as written, parted by comma and blank, the region in capitals, as far as 510 octets reach.',
    source:
      'the page shows three of them; github.com/dawidd6/action-send-mail/issues/157 shows the region in capitals',
    replies: [IDENTITY_REPLY],
    shownBy: 'scenario',
    moments: ['end of data'],
  },
  'identity.kinds': {
    basis: 'documented',
    statement: 'A verified address allows itself, a verified domain all addresses on it.',
    source: 'An identity is an address or a domain.',
    shownBy: 'scenario',
    moments: ['end of data'],
  },
  'identity.domain': {
    basis: 'inferred',
    statement:
      'A verified domain allows its subdomains too; letter case makes no difference, in the local part either.',
    source: 'the guide does not say how identities are compared',
    shownBy: 'scenario',
    moments: ['end of data'],
  },
  'identity.address-first': {
    basis: 'inferred',
    statement: 'An address whose domain is verified is verified, whatever is said of the address itself.',
    source: 'the guide does not say which of the two outweighs the other',
    shownBy: 'scenario',
    moments: ['end of data'],
  },
  'error.554-access': {
    basis: 'documented',
    statement: 'What a policy forbids is rejected, and the reply names the user and the identity.',
    source: documentedReplies['error.554-access'].cause,
    replies: [ACCESS_REPLY],
    shownBy: 'scenario',
    moments: ['end of data'],
  },
  'error.554-access.names': {
    basis: 'inferred',
    statement:
      'A blocked connection is forbidden to send, behind the final dot; the user is named by account and connection, the identity is the first of From.',
    source: 'the page has a placeholder for each ARN',
    replies: [ACCESS_REPLY],
    shownBy: 'scenario',
    moments: ['end of data'],
  },
  'error.554-duplicate': {
    basis: 'observed',
    statement: 'A field that may stand once and stands twice gets 554 with its name.',
    source:
      'github.com/govCMS/GovCMS8/issues/437, github.com/xreef/EMailSender/issues/49, github.com/mailcow/mailcow-dockerized/issues/4052',
    replies: [observedReplies.duplicateHeader],
    shownBy: 'scenario',
    moments: ['end of data'],
  },
  'error.554-duplicate.which': {
    basis: 'inferred',
    statement:
      'The fields that RFC 5322 and RFC 2045 allow once, and DKIM-Signature, as public reports have it; the name as the second of them is written.',
    source: 'RFC 5322 §3.6, RFC 2045 §3',
    replies: [observedReplies.duplicateHeader],
    shownBy: 'scenario',
    moments: ['end of data'],
  },
  'error.554-from': {
    basis: 'inferred',
    statement:
      'A message without a From, or with a From, a Sender or a Return-Path that holds no address, gets 554.',
    source: 'the guide names these fields and no reply for it',
    replies: [ownReplies.noFrom, ownReplies.unreadableFrom],
    shownBy: 'scenario',
    moments: ['end of data'],
  },
} as const satisfies Record<string, RuleEntry>;
