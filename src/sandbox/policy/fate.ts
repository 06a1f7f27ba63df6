/** Whom an accepted email is for. */
export interface RecipientFacts {
  /** The address in the form that is the same for all spellings of it. */
  readonly key: string;
  /** What the sandbox was told of the address, or what is built into it; a word of the provider. */
  readonly role: string | undefined;
  /** Whether it is on the account's suppression list by now. */
  readonly suppressed: boolean;
}

/** An automatic message that goes to the reverse-path of an email, from the null reverse-path (RFC 5321 §4.5.5). */
export type Notice =
  /** It could not be delivered (RFC 3464). */
  | {
      readonly kind: 'bounce';
      /** The address of its From. */
      readonly from: string;
      /** Who reports it: a host name. */
      readonly reportingMta: string;
      /** An enhanced status code (RFC 3463). */
      readonly status: string;
      /** What the other side said, a reply. */
      readonly diagnostic: string;
    }
  /** Its recipient complains about it (RFC 5965). */
  | { readonly kind: 'complaint'; readonly from: string; readonly userAgent: string }
  /** Its recipient is away, and a program answers in the recipient's name (RFC 3834). */
  | { readonly kind: 'automatic response'; readonly text: string };

/** What becomes of an email; the status is a word of the provider. */
export type Fate = (
  | /** It is not handed over. */
    { readonly kind: 'stays here'; readonly status: string; readonly reason: string }
    /** It is handed over; the status where the mailbox takes it. */
  | { readonly kind: 'handed over'; readonly status: string }
) & {
  /** What comes back for it, where something does. */
  readonly notice?: Notice;
};
