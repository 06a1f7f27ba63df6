import { ownReplies } from '../../contract/rfc/own-replies.ts';
import type { rfcRules } from '../../contract/rfc/rules.ts';
import type { PrescribedReply } from './decision.ts';
import type { ProtocolAcceptances, ProtocolRefusals } from './protocol-replies.ts';

type RfcRuleId = keyof typeof rfcRules;

const of = (rule: RfcRuleId, reply: keyof typeof ownReplies): PrescribedReply<RfcRuleId> => ({
  rule,
  reply: ownReplies[reply],
});

/** The refusals of the protocol under the rules of the standards, for a provider that has no words of its own for them. */
export const rfcRefusals = {
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
} as const satisfies ProtocolRefusals;

/** The replies with which commands are accepted, where a provider has no words of its own for them. */
export const usualAcceptances: ProtocolAcceptances = {
  greeting: (gatewayName) => `220 ${gatewayName} ESMTP`,
  ok: '250 Ok',
  startTls: '220 Ready to start TLS',
  // exact for every client that knows them (rule `auth.mechanisms.login`)
  authChallenge: { PLAIN: '334 ', LOGIN: '334 VXNlcm5hbWU6' },
  passwordChallenge: '334 UGFzc3dvcmQ6',
  authenticated: '235 Authentication successful',
  startData: '354 End data with <CR><LF>.<CR><LF>',
  messageTaken: '250 Ok',
  cannotVerify: '252 Cannot say; send the mail to find out',
  help: '214 EHLO HELO AUTH STARTTLS MAIL RCPT DATA RSET NOOP VRFY QUIT',
  bye: '221 Bye',
};
