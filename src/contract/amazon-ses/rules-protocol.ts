import { EVERY_COMMAND, TRANSACTION } from '../moments.ts';
import { rfcRules } from '../rfc/rules.ts';
import type { RuleEntry } from '../rule.ts';
import { ownReplies } from './own-replies.ts';

/** SMTP itself. */
export const protocolRules = {
  'protocol.greeting': rfcRules['protocol.greeting'],
  'protocol.ehlo-resets': rfcRules['protocol.ehlo-resets'],
  'protocol.hello-name': {
    basis: 'inferred',
    statement: 'EHLO and HELO need one word of printable ASCII, whatever it is.',
    source: 'RFC 5321 §4.1.4',
    replies: [ownReplies.badArgument],
    shownBy: 'scenario',
    moments: ['EHLO'],
  },
  'protocol.order': rfcRules['protocol.order'],
  'protocol.data-needs-recipient': rfcRules['protocol.data-needs-recipient'],
  'protocol.syntax': rfcRules['protocol.syntax'],
  'protocol.words': {
    basis: 'inferred',
    statement: 'Refusals of the protocol have the codes of the RFCs and words of ours.',
    source: 'RFC 5321 §4.2.4; the guide prints none of them',
    replies: Object.values(ownReplies),
    shownBy: 'scenario',
    moments: EVERY_COMMAND,
  },
  'protocol.paths': rfcRules['protocol.paths'],
  'protocol.paths.literals': rfcRules['protocol.paths.literals'],
  'protocol.auth-parameter': rfcRules['protocol.auth-parameter'],
  'protocol.rset': rfcRules['protocol.rset'],
  'protocol.vrfy': rfcRules['protocol.vrfy'],
  'protocol.transparency': rfcRules['protocol.transparency'],
  'protocol.line-ends': rfcRules['protocol.line-ends'],
  'protocol.line-ends.refused': {
    basis: 'inferred',
    statement: 'A message with a bare CR or LF is refused whole.',
    source: 'RFC 5321 §2.3.8',
    replies: [ownReplies.bareLineEnd],
    shownBy: 'scenario',
    moments: ['end of data'],
  },
  'protocol.header-section': {
    basis: 'inferred',
    statement: 'A header line that is no field, or more than 10,000 fields, are refused.',
    source: 'RFC 5322 §2.2',
    replies: [ownReplies.malformedHeader, ownReplies.tooManyFields],
    shownBy: 'scenario',
    moments: ['end of data'],
  },
  'protocol.pipelining': rfcRules['protocol.pipelining'],
  'protocol.size': rfcRules['protocol.size'],
  'protocol.eightbit': rfcRules['protocol.eightbit'],
  'protocol.eightbit.ascii': rfcRules['protocol.eightbit.ascii'],
  'protocol.close': rfcRules['protocol.close'],
  'protocol.close.half': rfcRules['protocol.close.half'],
  'protocol.reply-form': rfcRules['protocol.reply-form'],
  'order.checks': {
    basis: 'inferred',
    statement:
      'Of several reasons to refuse, the first in a fixed order answers; `gauntlet choices --provider amazon-ses` prints it.',
    source: 'the guide names no order',
    shownBy: 'scenario',
    moments: ['AUTH', ...TRANSACTION],
  },
} as const satisfies Record<string, RuleEntry>;
