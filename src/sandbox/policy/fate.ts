import type { EmailStatus } from '../../contract/emailmassivo/vocabulary.ts';

/** What becomes of an email to an address of a role. */
export type Fate =
  /** It is not handed over. */
  | { readonly kind: 'stays here'; readonly status: EmailStatus; readonly reason: string }
  /** It is handed over; the status where the mailbox takes it. */
  | { readonly kind: 'handed over'; readonly status: EmailStatus };
