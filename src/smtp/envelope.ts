import type { ForwardPath, ReversePath } from './path.ts';

/** Who a transaction is from and to; never to be confused with the header's From and To (RFC 5321 §2.3.1). */
export interface Envelope {
  readonly reversePath: ReversePath;
  readonly forwardPaths: readonly ForwardPath[];
}
