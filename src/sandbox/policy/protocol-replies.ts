import type { PrescribedReply } from './decision.ts';

/**
 * The refusals that any SMTP server needs. The RFCs give the code; the words, and the rule that each stands under, are
 * the provider's.
 */
export interface ProtocolRefusals {
  readonly unknownCommand: PrescribedReply;
  readonly lineTooLong: PrescribedReply;
  /** A line with a CR, an LF or a NUL in it. */
  readonly controlCharacter: PrescribedReply;
  /** A line beyond ASCII that is no UTF-8. */
  readonly noUtf8: PrescribedReply;
  readonly badArgument: PrescribedReply;
  readonly badHelloName: PrescribedReply;
  readonly badSequence: PrescribedReply;
  readonly starttlsInsideTls: PrescribedReply;
  readonly tlsNotNow: PrescribedReply;
  readonly unknownMechanism: PrescribedReply;
  readonly badBase64: PrescribedReply;
  readonly authCancelled: PrescribedReply;
  readonly authenticationRequired: PrescribedReply;
  readonly encryptionRequired: PrescribedReply;
  readonly unknownParameter: PrescribedReply;
  readonly needsSmtpUtf8: PrescribedReply;
  readonly messageTooLarge: PrescribedReply;
  readonly tooManyRecipients: PrescribedReply;
  readonly needRecipient: PrescribedReply;
  readonly bareLineEnd: PrescribedReply;
  readonly malformedHeader: PrescribedReply;
  readonly tooManyFields: PrescribedReply;
  /** The client took longer than it may. */
  readonly idle: PrescribedReply;
  readonly shuttingDown: PrescribedReply;
  /** The client spoke before the greeting. */
  readonly tooSoon: PrescribedReply;
  /** A fault of the program. */
  readonly localFault: PrescribedReply;
}

/** The replies with which commands are accepted, without the line's end. */
export interface ProtocolAcceptances {
  /** Behind the name of the gateway. */
  readonly greeting: (gatewayName: string) => string;
  readonly ok: string;
  readonly startTls: string;
  /** What AUTH asks for, by mechanism, where the client sends nothing with it. For tokens it is PLAIN's, which is empty. */
  readonly authChallenge: Readonly<Record<'PLAIN' | 'LOGIN', string>>;
  /** What AUTH LOGIN asks for behind the login. */
  readonly passwordChallenge: string;
  readonly authenticated: string;
  readonly startData: string;
  /** The end of the data. `${message-id}` in it stands for the id under which the message was taken. */
  readonly messageTaken: string;
  readonly cannotVerify: string;
  readonly help: string;
  readonly bye: string;
}

/** The words of the protocol. */
export interface ProtocolReplies {
  readonly refusals: ProtocolRefusals;
  readonly acceptances: ProtocolAcceptances;
}
