import type { EmailmassivoRuleId } from '../../../contract/emailmassivo/rules.ts';
import { checkWith, type Check } from '../check.ts';
import type { Choices } from '../choices.ts';
import type { CredentialRefusal } from '../decision.ts';
import type { CredentialFacts, ListenerFacts } from '../facts.ts';
import { countInWindow } from '../window.ts';
import { refuse, refuseAndClose } from './refuse.ts';

const unavailable = refuseAndClose('error.421-unavailable', 'error.421-unavailable.stage');

/** Maintenance, in place of the greeting and before every verb but QUIT. */
export const maintenance: Check<{ readonly maintenance: boolean }, EmailmassivoRuleId> = checkWith(
  'maintenance',
  unavailable,
  (facts) => facts.maintenance,
);

/** More sessions than the listeners may have. */
export const sessionLimit: Check<ListenerFacts, EmailmassivoRuleId> = checkWith(
  'too many sessions',
  unavailable,
  ({ choices, openSessions }) => choices.sessionLimit !== null && openSessions > choices.sessionLimit,
);

type CredentialCheck = Check<CredentialFacts, EmailmassivoRuleId, CredentialRefusal<EmailmassivoRuleId>>;

const locked = { ...refuse('error.454', 'error.454.window'), attempt: 'not counted' } as const;

/** What a login and a password are worth: the lock first, then the credentials. */
export const credentialChecks: readonly CredentialCheck[] = [
  checkWith(
    'address locked',
    locked,
    ({ addressFailedAt, addressNow, choices }: CredentialFacts) =>
      choices.addressAttempts !== null &&
      isLocked(addressFailedAt, addressNow, choices, choices.addressAttempts),
  ),
  checkWith('login locked', locked, ({ failedAt, now, choices }: CredentialFacts) =>
    isLocked(failedAt, now, choices, choices.loginAttempts),
  ),
  checkWith(
    'wrong login or password',
    { ...refuse('error.535'), attempt: 'failed' } as const,
    ({ connection }: CredentialFacts) => connection.kind === 'unknown' || !connection.passwordMatches,
  ),
  checkWith(
    'connection blocked',
    { ...refuse('error.535', 'error.535.blocked'), attempt: 'not counted' } as const,
    ({ connection }: CredentialFacts) => connection.kind === 'known' && connection.blocked,
  ),
];

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
