/** What becomes of an email to an address of a role; the status is a word of the provider. */
export type Fate =
  /** It is not handed over. */
  | { readonly kind: 'stays here'; readonly status: string; readonly reason: string }
  /** It is handed over; the status where the mailbox takes it. */
  | { readonly kind: 'handed over'; readonly status: string };
