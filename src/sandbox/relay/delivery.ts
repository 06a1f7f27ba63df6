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
      /** What the reply was about: the message, where it came behind the final dot; else the session or the envelope. */
      readonly about?: 'message';
    };
