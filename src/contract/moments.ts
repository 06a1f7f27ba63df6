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

/** The replies of a transaction. */
export const TRANSACTION = ['MAIL', 'RCPT', 'DATA', 'end of data'] as const;
/** What the end of a case shows of the bill. */
export const BILL = ['charged', 'balance', 'history', 'statistics', 'delivered'] as const;
/** The replies before a transaction, and the close. */
export const OPENING = ['connect', 'EHLO', 'STARTTLS', 'AUTH', 'close'] as const;
/** The replies to commands. */
export const EVERY_COMMAND = [
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
/** All replies, and the close. */
export const EVERY_REPLY = ['connect', ...EVERY_COMMAND, 'close'] as const;

const VERBS: ReadonlyMap<string, Moment> = new Map<string, Moment>([
  ...EVERY_REPLY.map((moment) => [moment, moment] as const),
  ['HELO', 'EHLO'],
  ['answer', 'AUTH'],
]);

/** The moment of the reply to a verb. */
export function momentOfVerb(verb: string): Moment {
  return VERBS.get(verb) ?? 'another verb';
}
