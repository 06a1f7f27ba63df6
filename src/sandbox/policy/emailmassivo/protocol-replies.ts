import { ownReplies } from '../../../contract/rfc/own-replies.ts';
import type { EmailmassivoRuleId } from '../../../contract/emailmassivo/rules.ts';
import type { PrescribedReply } from '../decision.ts';
import type { ProtocolRefusals } from '../protocol-replies.ts';
import { rfcRefusals } from '../rfc-replies.ts';

const of = (
  rule: EmailmassivoRuleId,
  reply: keyof typeof ownReplies,
): PrescribedReply<EmailmassivoRuleId> => ({ rule, reply: ownReplies[reply] });

/** The refusals of the protocol, each under the rule that it keeps: of its own where the RFCs leave a choice. */
export const refusals = {
  ...rfcRefusals,
  badHelloName: of('protocol.hello-name', 'badArgument'),
  tlsNotNow: of('port.starttls', 'tlsNotNow'),
  unknownMechanism: of('auth.mechanisms.list', 'unknownMechanism'),
  authenticationRequired: of('auth.required', 'authenticationRequired'),
  encryptionRequired: of('tls.auth-demanded', 'encryptionRequired'),
  bareLineEnd: of('protocol.line-ends.refused', 'bareLineEnd'),
  malformedHeader: of('protocol.header-section', 'malformedHeader'),
  tooManyFields: of('protocol.header-section', 'tooManyFields'),
} as const satisfies ProtocolRefusals;

export { usualAcceptances as acceptances } from '../rfc-replies.ts';
