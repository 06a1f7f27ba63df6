/** What becomes of mail to an address (rule `sandbox.recipients`). */
export const roles = [
  'accepts',
  'suppressed',
  'full',
  'nonexistent',
  'refused',
  'unsubscribes',
  'complains',
] as const;
export type Role = (typeof roles)[number];

/** The states of an email in the send history (rule `history.statuses`). */
export const emailStatuses = [
  'queued',
  'deferred',
  'delivered',
  'bounced',
  'rejected',
  'failed',
  'unsubscribed',
  'complained',
] as const;
export type EmailStatus = (typeof emailStatuses)[number];

/** The states that the documentation's pages show for a connection (rule `connection.status`). */
export const connectionStatuses = ['Active', 'Blocked', 'Not Activated'] as const;
export type ConnectionStatus = (typeof connectionStatuses)[number];

/** Whether a domain has passed its verification (rule `domain.verification`). */
export const domainStates = ['verified', 'unverified'] as const;
export type DomainState = (typeof domainStates)[number];

/** What an entry of the ledger is about. */
export const ledgerKinds = ['opened', 'set', 'bought', 'sent', 'ended'] as const;
export type LedgerKind = (typeof ledgerKinds)[number];

/** When a trigger cuts the connection. */
export const triggerCuts = ['before reply', 'after reply', 'after a goodbye', 'half after reply'] as const;
export type TriggerCut = (typeof triggerCuts)[number];

/** The DNS records that a domain needs (rule `domain.verification`). */
export const recordKinds = ['spf', 'dkim', 'dmarc'] as const;
export type RecordKind = (typeof recordKinds)[number];

/** The stages of a session at which a trigger can force a behaviour (rule `sandbox.triggers`). */
export const triggerStages = [
  'connect',
  'EHLO',
  'STARTTLS',
  'AUTH',
  'MAIL',
  'RCPT',
  'DATA',
  'end of data',
  'QUIT',
] as const;
export type TriggerStage = (typeof triggerStages)[number];

/**
 * How the TLS of an account's own listeners can be wrong on purpose: its certificate, the offer of STARTTLS, or a reply
 * that somebody on the way put behind the gateway's own, before the handshake (RFC 3207 §4.2).
 */
export const tlsFaults = [
  'expired',
  'misnamed',
  'unknown authority',
  'missing',
  'refused',
  'injected reply',
] as const;
export type TlsFault = (typeof tlsFaults)[number];

/** The name that customers type, and that certificates carry. */
export const gatewayName = 'smtp.emailmassivo.com';
