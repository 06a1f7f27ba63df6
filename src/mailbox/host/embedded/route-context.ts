import type { MessageStore } from './store.ts';
import type { ReceivedCounts } from './take-message.ts';

/** What a route may look at. */
export interface RouteContext {
  readonly store: MessageStore;
  readonly counts: ReceivedCounts;
  readonly startedAt: number;
  readonly version: string;
  readonly query: URLSearchParams;
  /** The pieces of the path that the route leaves open, decoded. */
  readonly pieces: readonly string[];
  readonly body: string;
}
