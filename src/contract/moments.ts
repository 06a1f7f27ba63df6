import { ruleIds, rules, type RuleId } from './contract.ts';

/**
 * A moment at which something can be expected: the reply to a verb (`connect` is the greeting, `end of data` the reply
 * behind the final dot, `another verb` any that SMTP does not name here), the close, or a key of `then`.
 */
export type Moment =
  | 'connect'
  | 'EHLO'
  | 'STARTTLS'
  | 'AUTH'
  | 'MAIL'
  | 'RCPT'
  | 'DATA'
  | 'end of data'
  | 'RSET'
  | 'NOOP'
  | 'VRFY'
  | 'QUIT'
  | 'another verb'
  | 'close'
  | EndMoment;

/** What the end of a case shows: the keys of `then`. */
export type EndMoment =
  'charged' | 'balance' | 'delivered' | 'history' | 'statistics' | 'status' | 'suppressed';

const TRANSACTION = ['MAIL', 'RCPT', 'DATA', 'end of data'] as const;
const BILL = ['charged', 'balance', 'history', 'statistics', 'delivered'] as const;
const OPENING = ['connect', 'EHLO', 'STARTTLS', 'AUTH', 'close'] as const;
const EVERY_COMMAND = [
  'EHLO',
  'STARTTLS',
  'AUTH',
  ...TRANSACTION,
  'RSET',
  'NOOP',
  'VRFY',
  'QUIT',
  'another verb',
] as const;
const EVERY_REPLY = ['connect', ...EVERY_COMMAND, 'close'] as const;

/** The moments that each rule speaks of: what an expectation at another moment finds is no breach of it. */
export const momentsOf: Readonly<Record<RuleId, readonly Moment[]>> = {
  'port.465.implicit-tls': EVERY_REPLY,
  'port.587.plain': EVERY_REPLY,
  'port.587.starttls': EVERY_REPLY,
  'port.25.plain': EVERY_REPLY,
  'port.25.starttls': EVERY_REPLY,
  'port.starttls': OPENING,
  'tls.auth-everywhere': ['EHLO', 'AUTH'],
  'tls.auth-demanded': ['EHLO', 'AUTH'],
  'tls.starttls-resets': EVERY_REPLY,
  'tls.no-starttls-inside': ['EHLO', 'STARTTLS'],
  'tls.version': OPENING,
  'auth.login-password': ['AUTH', 'MAIL'],
  'auth.mechanisms': ['EHLO', 'AUTH'],
  'auth.mechanisms.login': ['EHLO', 'AUTH'],
  'auth.mechanisms.list': ['EHLO', 'AUTH'],
  'auth.required': ['MAIL', 'RCPT', 'DATA'],
  'auth.regenerate': ['AUTH'],
  'auth.regenerate.when': ['AUTH', ...TRANSACTION],
  'error.535': ['AUTH'],
  'error.535.blocked': ['AUTH'],
  'error.454': ['AUTH'],
  'error.454.window': ['AUTH'],
  'error.553-domain': ['MAIL'],
  'error.553-domain.stage': ['MAIL'],
  'error.421-domain': ['MAIL', 'close'],
  'error.421-domain.stage': ['MAIL', 'close'],
  'sender.header-from': ['end of data', 'close'],
  'domain.verification': ['MAIL', 'status'],
  'domain.verification.how': ['MAIL', 'status'],
  'error.550-from': ['end of data', ...BILL],
  'error.550-from.what': ['end of data', ...BILL],
  'error.550-unsubscribed': ['RCPT', 'suppressed'],
  'error.550-unsubscribed.stage': ['RCPT', 'DATA', 'end of data', 'suppressed'],
  'error.553-mailbox': ['RCPT'],
  'error.553-mailbox.stage': ['RCPT', 'DATA', 'end of data'],
  'delivery.envelope': ['delivered'],
  'delivery.content': ['end of data', 'delivered'],
  'delivery.trace': ['delivered'],
  'delivery.no-dsn': ['delivered', 'history'],
  'billing.split': BILL,
  'billing.per-recipient': BILL,
  'billing.duplicate': ['RCPT', ...BILL],
  'billing.on-accept': ['end of data', ...BILL],
  'billing.cut': BILL,
  'error.450': ['RCPT', 'end of data'],
  'error.450.stage': ['RCPT', 'DATA', 'end of data', 'balance'],
  'billing.send-limit': ['RCPT', 'end of data', ...BILL],
  'billing.plans': BILL,
  'billing.plans.kinds': ['RCPT', 'end of data', ...BILL],
  'error.451': ['MAIL'],
  'error.451.seconds': ['MAIL'],
  'error.451.window': ['MAIL'],
  'error.421-unavailable': EVERY_REPLY,
  'error.421-unavailable.stage': EVERY_REPLY,
  'domain.create': ['MAIL'],
  'sender.create': ['MAIL'],
  'connection.create': ['AUTH'],
  'connection.card': ['AUTH'],
  'connection.status': ['status'],
  'connection.not-activated': ['AUTH', 'MAIL', 'status'],
  'connection.block': ['AUTH', 'MAIL', 'end of data', 'close', 'status'],
  'connection.block.limit': ['AUTH', 'MAIL', 'end of data', 'status', ...BILL],
  'connection.block.effect': ['AUTH', 'MAIL', 'end of data', 'close'],
  'connection.unblock': ['AUTH', 'MAIL', 'status'],
  'connection.unblock.count': ['AUTH', 'MAIL', 'end of data', 'status', ...BILL],
  'history.rows': ['history', 'statistics'],
  'history.filter': ['history', 'statistics'],
  'statistics.period': ['statistics'],
  'statistics.totals': ['statistics', 'history'],
  'history.statuses': ['history', 'statistics', 'suppressed'],
  'reply.format': EVERY_REPLY,
  'reply.no-enhanced-promise': ['EHLO'],
  'reply.example': EVERY_REPLY,
  'order.checks': EVERY_COMMAND,
  'protocol.greeting': ['connect', 'EHLO'],
  'protocol.hello-name': ['EHLO', 'delivered'],
  'protocol.ehlo-resets': EVERY_REPLY,
  'protocol.order': EVERY_COMMAND,
  'protocol.data-needs-recipient': ['DATA'],
  'protocol.syntax': EVERY_COMMAND,
  'protocol.paths': ['MAIL', 'RCPT', 'delivered'],
  'protocol.paths.literals': ['MAIL', 'RCPT', 'delivered'],
  'protocol.paths.blanks': ['MAIL', 'RCPT', 'delivered'],
  'protocol.auth-parameter': ['MAIL'],
  'protocol.rset': ['RSET', 'NOOP', 'QUIT', ...TRANSACTION, 'close'],
  'protocol.vrfy': ['VRFY'],
  'protocol.transparency': ['end of data', ...BILL],
  'protocol.line-ends': EVERY_REPLY,
  'protocol.line-ends.refused': ['end of data'],
  'protocol.header-section': ['end of data', 'delivered'],
  'protocol.pipelining': EVERY_REPLY,
  'protocol.size': ['EHLO', 'MAIL', 'end of data'],
  'protocol.recipients': ['RCPT', 'DATA', 'end of data'],
  'protocol.eightbit': ['EHLO', ...TRANSACTION, 'delivered'],
  'protocol.eightbit.ascii': ['MAIL', 'RCPT', 'end of data'],
  'protocol.close': EVERY_REPLY,
  'protocol.close.half': EVERY_REPLY,
  'protocol.idle': EVERY_REPLY,
  'protocol.reply-form': EVERY_REPLY,
  'sandbox.clock': EVERY_REPLY,
  'sandbox.listeners': EVERY_REPLY,
  'sandbox.secrets': EVERY_REPLY,
  'sandbox.recipients': ['RCPT', 'history', 'suppressed'],
  'sandbox.transcripts': EVERY_REPLY,
  'sandbox.triggers': EVERY_REPLY,
  'sandbox.maintenance': EVERY_REPLY,
  'sandbox.isolation': EVERY_REPLY,
  'sandbox.settled': EVERY_REPLY,
  'sandbox.seed': EVERY_REPLY,
};

/** Whether a rule says anything of this moment. */
export function speaksOf(rule: RuleId, moment: Moment): boolean {
  return momentsOf[rule].includes(moment);
}

/** So many rules are named as a hint. */
const HINTS = 5;

/** The rules that speak of a moment, those of the fewest moments first: they say most about it. Five at most. */
export function rulesSpeakingOf(moment: Moment): readonly RuleId[] {
  return ruleIds
    .filter((id) => rules[id].shownBy === 'scenario' && speaksOf(id, moment))
    .filter((id) => momentsOf[id].length < EVERY_REPLY.length)
    .toSorted((left, right) => momentsOf[left].length - momentsOf[right].length)
    .slice(0, HINTS);
}

const VERBS: ReadonlyMap<string, Moment> = new Map<string, Moment>([
  ...EVERY_REPLY.map((moment) => [moment, moment] as const),
  ['HELO', 'EHLO'],
  ['answer', 'AUTH'],
]);

/** The moment of the reply to a verb. */
export function momentOfVerb(verb: string): Moment {
  return VERBS.get(verb) ?? 'another verb';
}
