import { ownReplies } from './own-replies.ts';
import type { rfcRules } from './rules.ts';

type RfcRuleId = keyof typeof rfcRules;

const of = (rule: RfcRuleId, reply: keyof typeof ownReplies) => ({ rule, reply: ownReplies[reply] });

/** The refusals that any SMTP server needs, under the rules of the standards and in our words. */
export const protocolRefusals = {
  unknownCommand: of('protocol.syntax', 'unknownCommand'),
  lineTooLong: of('protocol.syntax', 'lineTooLong'),
  controlCharacter: of('protocol.line-ends', 'badLine'),
  noUtf8: of('protocol.syntax', 'badLine'),
  badArgument: of('protocol.syntax', 'badArgument'),
  badHelloName: of('protocol.syntax', 'badArgument'),
  badSequence: of('protocol.order', 'badSequence'),
  starttlsInsideTls: of('tls.no-starttls-inside', 'badSequence'),
  tlsNotNow: of('tls.starttls-resets', 'tlsNotNow'),
  unknownMechanism: of('auth.mechanisms', 'unknownMechanism'),
  badBase64: of('auth.mechanisms', 'badBase64'),
  authCancelled: of('auth.mechanisms', 'authCancelled'),
  authenticationRequired: of('protocol.order', 'authenticationRequired'),
  encryptionRequired: of('auth.mechanisms', 'encryptionRequired'),
  unknownParameter: of('protocol.syntax', 'unknownParameter'),
  needsSmtpUtf8: of('protocol.eightbit', 'needsSmtpUtf8'),
  messageTooLarge: of('protocol.size', 'messageTooLarge'),
  tooManyRecipients: of('protocol.recipients', 'tooManyRecipients'),
  needRecipient: of('protocol.data-needs-recipient', 'needRecipient'),
  bareLineEnd: of('protocol.line-ends', 'bareLineEnd'),
  malformedHeader: of('protocol.syntax', 'malformedHeader'),
  tooManyFields: of('protocol.syntax', 'tooManyFields'),
  idle: of('protocol.idle', 'idle'),
  shuttingDown: of('protocol.close', 'shuttingDown'),
  tooSoon: of('protocol.greeting', 'tooSoon'),
  localFault: of('protocol.reply-form', 'localFault'),
} as const;
