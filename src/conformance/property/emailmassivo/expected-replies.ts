/** Replies that several verbs have in common, and what several verbs look at. */
import { balanceOf, type AccountModel, type LoginModel } from './account-model.ts';
import { documented, type Draft, type Expected } from './draft.ts';

/** Done. */
export const ok: Expected = { reply: '250 *' };
/** A command out of order. */
export const order: Expected = { reply: '503 *', rule: 'protocol.order' };
/** A bad argument. */
export const syntax: Expected = { reply: '501 *', rule: 'protocol.syntax' };
/** A parameter that nobody knows. */
export const unknownParameter: Expected = { reply: '555 *', rule: 'protocol.syntax' };
/** An address beyond ASCII where SMTPUTF8 was not said. */
export const needsSmtpUtf8: Expected = { reply: '553 *', rule: 'protocol.eightbit.ascii' };

/** A path with a blank where the grammar has none. */
export const blanks = (reply: string): Expected => ({ reply, rule: 'protocol.paths.blanks' });

/** A path with an address literal. */
export const literals = (reply: string): Expected => ({ reply, rule: 'protocol.paths.literals' });

/** The reply behind which the gateway closes, for the reason that a rule names. */
export const unavailable = (rule: Expected['rule']): Expected => ({
  ...documented('error.421-unavailable', true),
  rule,
});

/** The reply that maintenance gives to any verb but QUIT. */
export function inMaintenance(draft: Draft): Expected | undefined {
  return draft.maintenance ? unavailable('error.421-unavailable.stage') : undefined;
}

/** Sends that the login may still use: its own limit, or what the account has. */
export function sendsLeft(account: AccountModel, login: LoginModel, now: number): number {
  const own = login.sendLimit === undefined ? Number.POSITIVE_INFINITY : login.sendLimit - login.sendsUsed;
  return Math.min(own, balanceOf(account, now));
}
