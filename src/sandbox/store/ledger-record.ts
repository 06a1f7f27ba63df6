/** What changes a balance: it is opened, set by hand, bought, sent from, or a subscription ends. */
export const ledgerKinds = ['opened', 'set', 'bought', 'sent', 'ended'] as const;
export type LedgerKind = (typeof ledgerKinds)[number];

/** One change of an account's balance, in sends. */
export interface LedgerRecord {
  /** Rises with every entry of the store. */
  readonly place: number;
  /** Account time. */
  readonly time: number;
  readonly kind: LedgerKind;
  readonly change: number;
  /** The balance behind it. */
  readonly balance: number;
  /** The purchase, or the first email of the message. */
  readonly reference: string | null;
}
