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

/** What an entry of the ledger is about. */
export const ledgerKinds = ['opened', 'set', 'bought', 'sent', 'ended'] as const;
export type LedgerKind = (typeof ledgerKinds)[number];

/** The name that customers type, and that certificates carry. */
export const gatewayName = 'smtp.emailmassivo.com';
