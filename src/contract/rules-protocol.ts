import type { RuleEntry } from './rule.ts';

/** The form of replies, the order of checks, and SMTP itself. */
export const protocolRules = {
  'reply.format': {
    basis: 'documented',
    statement:
      'Every documented error reply is `<code> <reason>`, with the enhanced code only where the page prints one.',
    source: 'Requests that ended with an error return a response in the format',
    shownBy: 'scenario',
    built: true,
  },
  'reply.no-enhanced-promise': {
    basis: 'inferred',
    statement: 'ENHANCEDSTATUSCODES is not announced.',
    source: 'RFC 2034 §4 would promise a code on every reply',
    shownBy: 'scenario',
    built: true,
  },
  'reply.example': {
    basis: 'inferred',
    statement:
      "The list of errors is the law; the page's example of the format, which lacks the 4.4.5, is not sent.",
    source: '421 Server is temporarily unavailable',
    shownBy: 'scenario',
    built: true,
  },
  'order.checks': {
    basis: 'inferred',
    statement: 'Of several reasons to refuse, the first in a fixed order answers.',
    source: 'The page is silent; permanent before temporary, what counts accepted recipients last',
    shownBy: 'scenario',
    built: true,
  },
  'protocol.greeting': {
    basis: 'standard',
    level: 'MUST',
    statement: '220 comes first and nothing before it; EHLO gets a 250 whose lines agree; HELO works too.',
    source: 'RFC 5321 §3.1, §4.1.1.1, §4.2.1',
    shownBy: 'scenario',
    built: true,
  },
  'protocol.hello-name': {
    basis: 'inferred',
    statement:
      'EHLO and HELO take one word of printable ASCII, at most 255 octets, else 501; a word that is no domain and no address literal is left out of `Received`.',
    source: 'RFC 5321 §4.1.1.1, §4.1.4, §4.4; RFC 6531 §3.7.1',
    shownBy: 'scenario',
    built: true,
  },
  'protocol.ehlo-resets': {
    basis: 'standard',
    level: 'MUST',
    statement: 'A later EHLO forgets the transaction; the login stays.',
    source: 'RFC 5321 §4.1.4',
    shownBy: 'scenario',
    built: true,
  },
  'protocol.order': {
    basis: 'standard',
    level: 'MUST',
    statement: 'A command out of order gets 503 and changes nothing.',
    source: 'RFC 5321 §4.1.4, RFC 4954 §4',
    shownBy: 'scenario',
    built: true,
  },
  'protocol.data-needs-recipient': {
    basis: 'standard',
    level: 'MAY',
    statement: 'DATA without an accepted recipient gets 503, no 354.',
    source: 'RFC 5321 §3.3',
    shownBy: 'scenario',
    built: true,
  },
  'protocol.syntax': {
    basis: 'standard',
    level: 'MUST',
    statement:
      'Unknown verb 500, bad argument 501, unknown parameter 555; the session goes on however often.',
    source: 'RFC 5321 §4.2.4, §4.1.1.11, §4.5.3.1.4, §3.8',
    shownBy: 'scenario',
    built: true,
  },
  'protocol.paths': {
    basis: 'standard',
    level: 'MUST',
    statement:
      'Source routes are stripped; quoted local parts, address literals and <Postmaster> are taken; the path arrives as written.',
    source: 'RFC 5321 §4.1.2, §4.5.1',
    shownBy: 'scenario',
    built: true,
  },
  'protocol.paths.literals': {
    basis: 'standard',
    level: 'SHOULD',
    statement:
      'An address literal is an IPv4 address, or `IPv6:` and an IPv6 address; what is neither gets 501, a tag that is not registered among them.',
    source: 'RFC 5321 §4.1.3',
    shownBy: 'scenario',
    built: true,
  },
  'protocol.paths.blanks': {
    basis: 'inferred',
    statement:
      'Blanks behind the colon of `MAIL FROM:` and `RCPT TO:` are taken, as many clients send them; a blank before it gets 501.',
    source: 'RFC 5321 §3.3, §4.1.2',
    shownBy: 'scenario',
    built: true,
  },
  'protocol.auth-parameter': {
    basis: 'standard',
    level: 'MUST',
    statement: '`AUTH=<>` and `AUTH=mailbox` on MAIL are taken.',
    source: 'RFC 4954 §5',
    shownBy: 'scenario',
    built: true,
  },
  'protocol.rset': {
    basis: 'standard',
    level: 'MUST',
    statement:
      'RSET forgets the transaction and nothing else; NOOP changes nothing; QUIT gets 221, then the close.',
    source: 'RFC 5321 §4.1.1.5, §4.1.1.9, §4.1.1.10',
    shownBy: 'scenario',
    built: true,
  },
  'protocol.vrfy': {
    basis: 'standard',
    level: 'MAY',
    statement: 'VRFY tells nothing about mailboxes: 252.',
    source: 'RFC 5321 §3.5.3, §7.3',
    shownBy: 'scenario',
    built: true,
  },
  'protocol.transparency': {
    basis: 'standard',
    level: 'MUST',
    statement: 'Leading dots are unstuffed, all other bytes kept; lines of 1,000 octets at least.',
    source: 'RFC 5321 §4.5.2, §4.5.3.1.6',
    shownBy: 'scenario',
    built: true,
  },
  'protocol.line-ends': {
    basis: 'standard',
    level: 'MUST',
    statement:
      'Only CRLF ends a line and only CRLF.CRLF the message; a line cut off by the close is never executed.',
    source: 'RFC 5321 §2.3.8, §4.1.1.4',
    shownBy: 'scenario',
    built: true,
  },
  'protocol.line-ends.refused': {
    basis: 'inferred',
    level: 'MAY',
    statement: 'A message that holds a bare CR or LF is refused after DATA.',
    source: 'RFC 5321 §2.3.8',
    replies: ['550 5.6.0 Message contains bare CR or LF'],
    shownBy: 'scenario',
    built: true,
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
    built: true,
  },
  'protocol.pipelining': {
    basis: 'standard',
    level: 'MUST',
    statement: 'Commands sent together are answered one by one and in order.',
    source: 'RFC 2920 §3.2',
    shownBy: 'scenario',
    built: true,
  },
  'protocol.size': {
    basis: 'standard',
    level: 'MUST',
    statement:
      'A larger message than announced gets 552, at MAIL if declared, after the data otherwise; it costs nothing.',
    source: 'RFC 1870 §6',
    shownBy: 'scenario',
    built: true,
  },
  'protocol.recipients': {
    basis: 'standard',
    level: 'MUST',
    statement: 'At least 100 recipients; past the limit 452, those accepted stay accepted.',
    source: 'RFC 5321 §4.5.3.1.8, §4.5.3.1.10',
    shownBy: 'scenario',
    built: true,
  },
  'protocol.eightbit': {
    basis: 'standard',
    level: 'MUST',
    statement: '8BITMIME and SMTPUTF8 mail arrives unchanged.',
    source: 'RFC 6152, RFC 6531 §3.5',
    shownBy: 'scenario',
    built: true,
  },
  'protocol.eightbit.ascii': {
    basis: 'standard',
    level: 'SHOULD',
    statement: 'A non-ASCII address without SMTPUTF8 gets 553.',
    source: 'RFC 5321 §2.4, RFC 6531 §3.5',
    shownBy: 'scenario',
    built: true,
  },
  'protocol.close': {
    basis: 'standard',
    level: 'MUST',
    statement: 'The gateway closes only after 221 or 421, or where TLS failed.',
    source: 'RFC 5321 §3.8',
    shownBy: 'scenario',
    built: true,
  },
  'protocol.close.half': {
    basis: 'standard',
    level: 'SHOULD',
    statement:
      'A client that closes its side after a command still gets the reply to it, and to all before it; then the gateway closes.',
    source: 'RFC 5321 §4.1.1.4, §4.1.1.10',
    shownBy: 'scenario',
    built: true,
  },
  'protocol.idle': {
    basis: 'standard',
    level: 'SHOULD',
    statement:
      'An idle session is left alone for 5 minutes at least, then gets 421; so does one that takes longer than that for a single line, or longer than an hour for a message.',
    source: 'RFC 5321 §4.5.3.2.7',
    shownBy: 'control test',
    built: true,
  },
  'protocol.reply-form': {
    basis: 'standard',
    level: 'MUST',
    statement:
      'Each command gets exactly one reply, in reasonable time; three digits, CRLF, at most 512 octets a line.',
    source: 'RFC 5321 §4.2, §4.5.3.1.5',
    shownBy: 'scenario',
    built: true,
  },
} as const satisfies Record<string, RuleEntry>;
