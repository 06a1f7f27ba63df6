import { accept, refuse, refuseBy, type Acceptance, type Decision, type Refusal } from './decision.ts';
import type { AuthFacts, CredentialFacts } from './facts.ts';
import type { Choices } from './choices.ts';
import { countInWindow } from './window.ts';

/** The AUTH command itself: order first (rule `order.checks`), then the mechanism. */
export function decideAuth({ session, mechanism, choices }: AuthFacts): Decision {
  if (!session.helloSaid || session.loggedIn || session.inTransaction)
    return refuseBy('protocol.order', 'badSequence');
  if (choices.authUnderTlsOnly && !session.tls) return refuseBy('tls.auth-demanded', 'encryptionRequired');
  if (mechanism === '') return refuseBy('protocol.syntax', 'badArgument');
  return choices.authMechanisms.some((offered) => offered === mechanism)
    ? accept('334 ')
    : refuseBy('auth.mechanisms.list', 'unknownMechanism');
}

/** What credentials are worth, and whether the attempt counts towards a lock. */
export type CredentialDecision = Acceptance | (Refusal & { readonly attempt: 'failed' | 'not counted' });

/** What a login and a password are worth: the lock first, then the credentials (rule `order.checks`). */
export function decideCredentials(facts: CredentialFacts): CredentialDecision {
  const { loginAttempts, addressAttempts } = facts.choices;
  const addressLocked =
    addressAttempts !== null &&
    isLocked(facts.addressFailedAt, facts.addressNow, facts.choices, addressAttempts);
  if (addressLocked || isLocked(facts.failedAt, facts.now, facts.choices, loginAttempts)) {
    return { ...refuse('error.454', 'error.454.window'), attempt: 'not counted' };
  }
  if (facts.connection.kind === 'unknown' || !facts.connection.passwordMatches) {
    return { ...refuse('error.535'), attempt: 'failed' };
  }
  return facts.connection.blocked
    ? { ...refuse('error.535', 'error.535.blocked'), attempt: 'not counted' }
    : accept('235 Authentication successful');
}

/**
 * Whether a login, or an address, is locked (rule `error.454.window`): the failures within a window that ends with the
 * last one reach the limit, and that last one is less than a window ago. Attempts answered 454 are no failures, so they
 * prolong nothing. A failure that is still to come is one of before the clock was set back, and counts no more.
 */
function isLocked(failedAt: readonly number[], now: number, choices: Choices, attempts: number): boolean {
  const past = failedAt.filter((at) => at <= now);
  const last = past.at(-1);
  if (last === undefined || now >= last + choices.loginWindowMs) return false;
  return countInWindow(past, last, choices.loginWindowMs) >= attempts;
}
