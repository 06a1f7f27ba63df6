/** One email as it is handed over. */
export interface Delivery {
  /** Empty for the null reverse-path. */
  readonly reversePath: string;
  readonly forwardPath: string;
  readonly message: Uint8Array;
}

/** What the next host said to an email. */
export type HandOver =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly why: string }
  | {
      readonly kind: 'not now';
      readonly why: string;
      /**
       * What it was about: the message, where a reply came behind the final dot; the session, where that was over before
       * the message was on its way; else the envelope, or nobody knows.
       */
      readonly about?: 'message' | 'session';
    };
