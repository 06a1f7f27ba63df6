/** Every way in which a mailbox can let its user down; the strings are stable. */
export type MailboxErrorCode =
  | 'mailbox-unreachable'
  | 'mailbox-slow'
  | 'mailbox-answered-500'
  | 'mailbox-refused'
  | 'mailbox-answer-unreadable'
  | 'mailbox-email-gone'
  | 'mailbox-timeout'
  | 'mailbox-restless'
  | 'mailbox-url-invalid'
  | 'mailbox-smtp-unreachable'
  | 'mailpit-not-found'
  | 'mailpit-did-not-start'
  | 'mailbox-port-taken'
  | 'testcontainers-missing';

/** An expected failure: a stable code, and a sentence for people that says what was wrong and what to do. */
export class MailboxError extends Error {
  readonly code: MailboxErrorCode;

  constructor(code: MailboxErrorCode, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'MailboxError';
    this.code = code;
  }
}
