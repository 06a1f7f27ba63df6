import { addressIn, keyOf } from './address-in.ts';
import { stepsOf, type Reply, type Round } from './facts.ts';

/** A reply that decided something, and the session in which it came. */
export interface DecidingReply {
  readonly session: number;
  readonly reply: Reply;
}

/** What is said of a mail: a refusal of anything else, such as a line that is no command, decides nothing. */
const OF_A_MAIL = new Set(['EHLO', 'HELO', 'STARTTLS', 'AUTH', 'MAIL', 'RCPT', 'DATA']);

/** What the rest of a pipelined transaction is answered once it was refused: a consequence. */
const BAD_SEQUENCE = 503;

/**
 * The reply that decided over a recipient who got nothing: the refusal of the recipient, or else the last refusal of
 * the mail, be it of the greeting, the login, the sender or the message. `undefined` where nothing was refused.
 */
export function decidingReply({ sessions }: Round, recipient: string): DecidingReply | undefined {
  const refusals = stepsOf(sessions).filter(
    ({ reply, late }) => !late && (reply?.code ?? 0) >= 400 && reply?.code !== BAD_SEQUENCE,
  );
  const own = refusals.findLast(({ verb, text }) => verb === 'RCPT' && addressIn(text) === keyOf(recipient));
  const other = refusals.findLast(
    ({ kind, verb }) => kind !== 'command' || (verb !== 'RCPT' && OF_A_MAIL.has(verb)),
  );
  const decided = own ?? other;
  if (decided?.reply !== undefined) return { session: decided.session, reply: decided.reply };
  const turnedAway = sessions.findLast(({ greeting }) => (greeting?.code ?? 0) >= 400);
  return turnedAway?.greeting && { session: turnedAway.number, reply: turnedAway.greeting };
}
