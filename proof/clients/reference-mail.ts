import type { Order } from '../../src/conformance/clients/order.ts';
import type { Recipient } from './reference-order.ts';

/** What the client says of each recipient. */
export interface Result {
  readonly accepted: string[];
  readonly rejected: string[];
  readonly deferred: string[];
  readonly unknown: string[];
  readonly failed: string[];
}

/** What came of one try. */
export type Outcome =
  | { readonly kind: 'done' }
  /** Refused or broken, for all that are still open; `again` is how many seconds until a try is worth it. */
  | { readonly kind: 'later'; readonly again: number | undefined; readonly code: number | undefined }
  | { readonly kind: 'never' }
  | { readonly kind: 'unknown' }
  /** It failed, and why is lost. */
  | { readonly kind: 'failed' };

/** One mail on its way. */
export interface Mail {
  order: Order;
  readonly from: string;
  message: string;
  /** Who is still to be decided over. */
  open: Recipient[];
  readonly result: Result;
  readonly isLast: boolean;
}

/** How far a session has come, for whoever finds it broken. */
export interface Progress {
  dotSent: boolean;
  inHandshake: boolean;
}
