import { EVERY_COMMAND, EVERY_REPLY } from '../moments.ts';
import { rfcRules } from '../rfc/rules.ts';
import type { RuleEntry } from '../rule.ts';

/** The form of replies, the order of checks, and SMTP itself. */
export const protocolRules = {
  'reply.format': {
    basis: 'documented',
    statement:
      'Every documented error reply is `<code> <reason>`, with the enhanced code only where the page prints one.',
    source: 'Requests that ended with an error return a response in the format',
    shownBy: 'scenario',
    moments: EVERY_REPLY,
  },
  'reply.no-enhanced-promise': {
    basis: 'inferred',
    statement: 'ENHANCEDSTATUSCODES is not announced.',
    source: 'RFC 2034 §4 would promise a code on every reply',
    shownBy: 'scenario',
    moments: ['EHLO'],
  },
  'reply.example': {
    basis: 'inferred',
    statement:
      "The list of errors is the law; the page's example of the format, which lacks the 4.4.5, is not sent.",
    source: '421 Server is temporarily unavailable',
    shownBy: 'scenario',
    moments: EVERY_REPLY,
  },
  'order.checks': {
    basis: 'inferred',
    statement: 'Of several reasons to refuse, the first in a fixed order answers.',
    source: 'The page is silent; permanent before temporary, what counts accepted recipients last',
    shownBy: 'scenario',
    moments: EVERY_COMMAND,
  },
  'protocol.greeting': rfcRules['protocol.greeting'],
  'protocol.hello-name': {
    basis: 'inferred',
    statement:
      'EHLO and HELO take one word of printable ASCII, at most 255 octets, else 501; a word that is no domain and no address literal is left out of `Received`.',
    source: 'RFC 5321 §4.1.1.1, §4.1.4, §4.4; RFC 6531 §3.7.1',
    shownBy: 'scenario',
    moments: ['EHLO', 'delivered'],
  },
  'protocol.ehlo-resets': rfcRules['protocol.ehlo-resets'],
  'protocol.order': rfcRules['protocol.order'],
  'protocol.data-needs-recipient': rfcRules['protocol.data-needs-recipient'],
  'protocol.syntax': rfcRules['protocol.syntax'],
  'protocol.paths': rfcRules['protocol.paths'],
  'protocol.paths.literals': rfcRules['protocol.paths.literals'],
  'protocol.paths.blanks': {
    basis: 'inferred',
    statement:
      'Blanks behind the colon of `MAIL FROM:` and `RCPT TO:` are taken, as many clients send them; a blank before it gets 501.',
    source: 'RFC 5321 §3.3, §4.1.2',
    shownBy: 'scenario',
    moments: ['MAIL', 'RCPT', 'delivered'],
  },
  'protocol.auth-parameter': rfcRules['protocol.auth-parameter'],
  'protocol.rset': rfcRules['protocol.rset'],
  'protocol.vrfy': rfcRules['protocol.vrfy'],
  'protocol.transparency': rfcRules['protocol.transparency'],
  'protocol.line-ends': rfcRules['protocol.line-ends'],
  'protocol.line-ends.refused': {
    basis: 'inferred',
    level: 'MAY',
    statement: 'A message that holds a bare CR or LF is refused after DATA.',
    source: 'RFC 5321 §2.3.8',
    replies: ['550 5.6.0 Message contains bare CR or LF'],
    shownBy: 'scenario',
    moments: ['end of data'],
  },
  'protocol.header-section': {
    basis: 'inferred',
    statement:
      'After DATA a header section that holds a line which is neither a field nor the continuation of one is refused, and so is one of more than 10,000 fields; a line over 998 octets is taken as it is.',
    source:
      'RFC 5322 §2.1, §2.2, §2.1.1: the page is silent, and receivers read such a section in different ways',
    replies: [
      '550 5.6.0 Message header holds a line that is no field',
      '552 5.3.4 Message header has too many fields',
    ],
    shownBy: 'scenario',
    moments: ['end of data', 'delivered'],
  },
  'protocol.pipelining': rfcRules['protocol.pipelining'],
  'protocol.size': rfcRules['protocol.size'],
  'protocol.recipients': rfcRules['protocol.recipients'],
  'protocol.eightbit': rfcRules['protocol.eightbit'],
  'protocol.eightbit.ascii': rfcRules['protocol.eightbit.ascii'],
  'protocol.close': rfcRules['protocol.close'],
  'protocol.close.half': rfcRules['protocol.close.half'],
  'protocol.idle': rfcRules['protocol.idle'],
  'protocol.reply-form': rfcRules['protocol.reply-form'],
} as const satisfies Record<string, RuleEntry>;
