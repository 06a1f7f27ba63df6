import type { Access } from '../../../contract/amazon-ses/words.ts';
import type { AmazonSesRuleId } from '../../../contract/amazon-ses/rules.ts';
import { checkWith, type Check } from '../check.ts';
import { closing, type CredentialRefusal } from '../decision.ts';
import type { CredentialFacts, LineFacts, ListenerFacts } from '../facts.ts';
import { refuse } from './refuse.ts';

/** More sessions than the listeners may have. */
export const tooManySessions: Check<ListenerFacts, AmazonSesRuleId> = checkWith(
  'too many sessions',
  closing(refuse('error.421', 'error.421.stage')),
  ({ choices, openSessions }) => choices.sessionLimit !== null && openSessions > choices.sessionLimit,
);

/** Credentials that cannot be looked up now. */
export const authenticationDown: Check<LineFacts, AmazonSesRuleId> = checkWith(
  'AUTH in maintenance',
  refuse('error.454-authentication', 'error.454-authentication.stage'),
  ({ maintenance, verb }) => maintenance && verb === 'AUTH',
);

const OF_MAIL: ReadonlySet<string> = new Set(['MAIL', 'RCPT', 'DATA']);

/** Mail that cannot be processed now. */
export const serviceDown: Check<LineFacts, AmazonSesRuleId> = checkWith(
  'MAIL, RCPT or DATA in maintenance',
  refuse('error.451-failure', 'error.451-failure.stage'),
  ({ maintenance, verb }) => maintenance && OF_MAIL.has(verb),
);

const NOT_SUBSCRIBED: Access = 'not subscribed';

type CredentialCheck = Check<CredentialFacts, AmazonSesRuleId, CredentialRefusal<AmazonSesRuleId>>;

/** What a login and a password are worth: whether they are right, then whether their account may sign in. */
export const credentialChecks: readonly CredentialCheck[] = [
  checkWith(
    'wrong credentials',
    { ...refuse('error.535'), attempt: 'failed' } as const,
    ({ connection }: CredentialFacts) => connection.kind === 'unknown' || !connection.passwordMatches,
  ),
  checkWith(
    'account not subscribed',
    { ...refuse('error.535-subscription'), attempt: 'not counted' } as const,
    ({ choices }: CredentialFacts) => choices.access === NOT_SUBSCRIBED,
  ),
];
