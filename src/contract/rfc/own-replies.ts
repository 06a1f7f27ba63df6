/**
 * The refusals of the protocol that the page does not print: the RFCs give the code, the words are ours. They stand
 * here once, so that no word of a library reaches a client.
 */
export const ownReplies = {
  unknownCommand: '500 5.5.1 Command not recognized',
  lineTooLong: '500 5.5.6 Line too long',
  badLine: '500 5.5.2 Line holds a character that no command may hold',
  badArgument: '501 5.5.4 Syntax error in the argument',
  badBase64: '501 5.5.2 Not valid base64',
  authCancelled: '501 5.7.0 Authentication cancelled',
  badSequence: '503 5.5.1 Bad sequence of commands',
  needRecipient: '503 5.5.1 No recipient accepted',
  unknownMechanism: '504 5.5.4 Authentication mechanism not supported',
  authenticationRequired: '530 5.7.0 Authentication required',
  encryptionRequired: '538 5.7.11 Encryption required for authentication',
  unknownParameter: '555 5.5.4 Parameter not recognized',
  tooManyRecipients: '452 4.5.3 Too many recipients',
  messageTooLarge: '552 5.3.4 Message exceeds the size limit',
  needsSmtpUtf8: '553 5.6.7 Address needs SMTPUTF8',
  bareLineEnd: '550 5.6.0 Message contains bare CR or LF',
  malformedHeader: '550 5.6.0 Message header holds a line that is no field',
  tooManyFields: '552 5.3.4 Message header has too many fields',
  tlsNotNow: '454 4.7.0 TLS not available',
  idle: '421 4.4.2 Idle for too long',
  shuttingDown: '421 4.3.2 Gateway is shutting down',
  tooSoon: '421 4.7.0 Commands before the greeting',
  localFault: '451 4.3.0 Local error in processing',
} as const satisfies Record<string, string>;
