/**
 * Refusals that the guide does not print. Those under `observed` are known from public reports; of the others the RFCs give the
 * code and the words are ours, without enhanced status codes, since the guide has none.
 */
export const observedReplies = {
  encryptionRequired: '530 Must issue a STARTTLS command first',
  noSender: '501 Invalid MAIL FROM address provided',
  noRecipientAddress: '501 Invalid RCPT TO address provided',
  duplicateHeader: "554 Transaction failed: Duplicate header '${header}'.",
} as const;

/** Refusals of the protocol in our words. */
export const ownReplies = {
  unknownCommand: '500 Command not recognized',
  lineTooLong: '500 Line too long',
  badLine: '500 Line holds a character that no command may hold',
  badArgument: '501 Syntax error in the argument',
  badBase64: '501 Not valid base64',
  authCancelled: '501 Authentication cancelled',
  badSequence: '503 Bad sequence of commands',
  needRecipient: '503 No recipient accepted',
  unknownMechanism: '504 Authentication mechanism not supported',
  unknownParameter: '555 Parameter not recognized',
  tooManyRecipients: '452 Too many recipients',
  needsSmtpUtf8: '553 Address needs SMTPUTF8',
  bareLineEnd: '554 Transaction failed: Message contains bare CR or LF.',
  malformedHeader: '554 Transaction failed: Message header holds a line that is no field.',
  tooManyFields: '554 Transaction failed: Message header has too many fields.',
  noFrom: "554 Transaction failed: Missing header 'From'.",
  unreadableFrom: "554 Transaction failed: Header '${header}' holds no address that can be read.",
  tlsNotNow: '454 TLS not available',
  shuttingDown: '421 Gateway is shutting down',
  tooSoon: '421 Commands before the greeting',
  localFault: '451 Temporary service failure',
} as const;
