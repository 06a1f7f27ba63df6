import type { Order } from '../order.ts';
import type { Told } from '../told.ts';

/** How a client is told to send: resolves with its word, or with `running` once the signal is aborted. Never rejects. */
export type Launcher = (order: Order, signal: AbortSignal) => Promise<Told>;
