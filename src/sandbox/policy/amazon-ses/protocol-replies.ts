import { documentedReplies } from '../../../contract/amazon-ses/documented-replies.ts';
import { observedReplies, ownReplies } from '../../../contract/amazon-ses/own-replies.ts';
import type { AmazonSesRuleId } from '../../../contract/amazon-ses/rules.ts';
import type { PrescribedReply } from '../decision.ts';
import type { ProtocolAcceptances, ProtocolRefusals } from '../protocol-replies.ts';

const of = (rule: AmazonSesRuleId, reply: string): PrescribedReply<AmazonSesRuleId> => ({ rule, reply });

/** The refusals of the protocol, each under the rule that it keeps. */
export const refusals = {
  unknownCommand: of('protocol.syntax', ownReplies.unknownCommand),
  lineTooLong: of('protocol.syntax', ownReplies.lineTooLong),
  controlCharacter: of('protocol.line-ends', ownReplies.badLine),
  noUtf8: of('protocol.syntax', ownReplies.badLine),
  badArgument: of('protocol.syntax', ownReplies.badArgument),
  badHelloName: of('protocol.hello-name', ownReplies.badArgument),
  badSequence: of('protocol.order', ownReplies.badSequence),
  starttlsInsideTls: of('tls.no-starttls-inside', ownReplies.badSequence),
  tlsNotNow: of('port.starttls', ownReplies.tlsNotNow),
  unknownMechanism: of('auth.mechanisms.list', ownReplies.unknownMechanism),
  badBase64: of('auth.mechanisms', ownReplies.badBase64),
  authCancelled: of('auth.mechanisms', ownReplies.authCancelled),
  authenticationRequired: of('error.530.stage', documentedReplies['error.530'].reply),
  encryptionRequired: of('port.encrypted.reply', observedReplies.encryptionRequired),
  unknownParameter: of('protocol.syntax', ownReplies.unknownParameter),
  needsSmtpUtf8: of('protocol.eightbit', ownReplies.needsSmtpUtf8),
  messageTooLarge: of('error.552.stage', documentedReplies['error.552'].reply),
  tooManyRecipients: of('limit.recipients.reply', ownReplies.tooManyRecipients),
  needRecipient: of('protocol.data-needs-recipient', ownReplies.needRecipient),
  bareLineEnd: of('protocol.line-ends.refused', ownReplies.bareLineEnd),
  malformedHeader: of('protocol.header-section', ownReplies.malformedHeader),
  tooManyFields: of('protocol.header-section', ownReplies.tooManyFields),
  idle: of('error.451-timeout', documentedReplies['error.451-timeout'].reply),
  shuttingDown: of('protocol.close', ownReplies.shuttingDown),
  tooSoon: of('protocol.greeting', ownReplies.tooSoon),
  localFault: of('error.451-failure', ownReplies.localFault),
} as const satisfies ProtocolRefusals;

/** The replies with which commands are accepted. */
export const acceptances: ProtocolAcceptances = {
  greeting: (gatewayName) => `220 ${gatewayName} ESMTP`,
  ok: '250 Ok',
  startTls: '220 Ready to start TLS',
  authChallenge: { PLAIN: '334 ', LOGIN: '334 VXNlcm5hbWU6' },
  passwordChallenge: '334 UGFzc3dvcmQ6',
  authenticated: documentedReplies['reply.235'].reply,
  startData: '354 End data with <CR><LF>.<CR><LF>',
  messageTaken: documentedReplies['reply.250'].reply,
  cannotVerify: '252 Cannot say; send the mail to find out',
  help: '214 EHLO HELO AUTH STARTTLS MAIL RCPT DATA RSET NOOP VRFY QUIT',
  bye: '221 Bye',
};
