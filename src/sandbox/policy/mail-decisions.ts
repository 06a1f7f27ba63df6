import type { Parameters } from '../../smtp/command.ts';
import { isInternational, type ReversePath } from '../../smtp/path.ts';
import { accept, refuse, refuseAndClose, refuseBy, type Decision, type Refusal } from './decision.ts';
import type { DomainStanding, MailFacts, RcptFacts } from './facts.ts';
import { countInWindow } from './window.ts';

/** MAIL, its checks in the order of rule `order.checks`. */
export function decideMail({ session, argument, choices }: MailFacts): Decision {
  if (!session.helloSaid) return refuseBy('protocol.order', 'badSequence');
  if (!session.loggedIn) return refuseBy('auth.required', 'authenticationRequired');
  if (session.inTransaction) return refuseBy('protocol.order', 'badSequence');
  if (argument.kind === 'unreadable') return refuseBy('protocol.syntax', 'badArgument');
  const { reversePath, parameters } = argument.mail;
  return (
    refuseMailParameters(parameters) ??
    refuseInternational(reversePath, parameters.has('SMTPUTF8')) ??
    (argument.blocked ? refuseAndClose('error.421-unavailable', 'connection.block.effect') : undefined) ??
    (countInWindow(argument.acceptedAt, argument.now, choices.rateWindowMs) >= choices.rateLimit
      ? refuse('error.451', 'error.451.window')
      : undefined) ??
    refuseDomain(argument.domain, 'error.553-domain.stage', 'error.421-domain.stage') ??
    (Number(parameters.get('SIZE') ?? 0) > choices.sizeLimit
      ? refuseBy('protocol.size', 'messageTooLarge')
      : undefined) ??
    accept('250 Ok')
  );
}

/** RCPT, its checks in the order of rule `order.checks`; the balance last, since it counts what was accepted. */
export function decideRcpt({
  session,
  argument,
  smtpUtf8,
  recipients,
  balance,
  sendLimitLeft,
  choices,
}: RcptFacts): Decision {
  if (!session.inTransaction) return refuseBy('protocol.order', 'badSequence');
  if (argument.kind === 'unreadable') return refuseBy('protocol.syntax', 'badArgument');
  if (argument.rcpt.parameters.size > 0) return refuseBy('protocol.syntax', 'unknownParameter');
  const international = refuseInternational(argument.rcpt.forwardPath, smtpUtf8);
  if (international) return international;
  if (recipients.has(argument.key)) return accept('250 Ok');
  if (recipients.size >= choices.recipientLimit) return refuseBy('protocol.recipients', 'tooManyRecipients');
  if (argument.suppressed) return refuse('error.550-unsubscribed', 'error.550-unsubscribed.stage');
  if (argument.mailboxFull) return refuse('error.553-mailbox', 'error.553-mailbox.stage');
  if (sendLimitLeft !== null && recipients.size >= sendLimitLeft)
    return refuse('error.450', 'billing.send-limit');
  return recipients.size >= balance ? refuse('error.450', 'error.450.stage') : accept('250 Ok');
}

/** The two rules of a sender's domain; the reply that asks for verification ends the session (RFC 5321 §3.8). */
export function refuseDomain(
  standing: DomainStanding,
  notRegistered: Refusal['rule'],
  notVerified: Refusal['rule'],
): Refusal | undefined {
  switch (standing) {
    case 'not registered':
      return refuse('error.553-domain', notRegistered);
    case 'not verified':
      return refuseAndClose('error.421-domain', notVerified);
    case 'verified':
      return undefined;
  }
}

function refuseMailParameters(parameters: Parameters): Refusal | undefined {
  for (const [keyword, value] of parameters) {
    if (!isKnownParameter(keyword)) return refuseBy('protocol.syntax', 'unknownParameter');
    if (!mailParameters[keyword].test(value ?? '')) return refuseBy('protocol.syntax', 'badArgument');
  }
  return undefined;
}

/** What each parameter's value must be: RFC 1870 §3, RFC 6152 §3, RFC 6531 §3.4, RFC 4954 §5. */
const mailParameters = {
  SIZE: /^\d{1,20}$/,
  BODY: /^(?:7BIT|8BITMIME)$/i,
  SMTPUTF8: /^$/,
  AUTH: /^(?:<>|[^\s<>]+)$/,
} as const;

function isKnownParameter(keyword: string): keyword is keyof typeof mailParameters {
  return Object.hasOwn(mailParameters, keyword);
}

function refuseInternational(path: ReversePath, smtpUtf8: boolean): Refusal | undefined {
  return isInternational(path) && !smtpUtf8 ? refuseBy('protocol.eightbit', 'needsSmtpUtf8') : undefined;
}
