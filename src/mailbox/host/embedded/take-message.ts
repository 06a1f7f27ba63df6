import { parseMessage } from './parsed-message.ts';
import type { Verdict } from './smtp-in.ts';
import { stampMessage, type TakenMessage } from './stamp.ts';
import type { MessageStore } from './store.ts';

/** What came in since the start. */
export interface ReceivedCounts {
  readonly accepted: number;
  readonly acceptedOctets: number;
  readonly rejected: number;
}

/** Takes messages into a store in Mailpit's way, and counts them. */
export interface MessageTaker {
  take(message: TakenMessage): Promise<Verdict>;
  counts(): ReceivedCounts;
}

/** A taker for this store. */
export function createMessageTaker(store: MessageStore): MessageTaker {
  let counts: ReceivedCounts = { accepted: 0, acceptedOctets: 0, rejected: 0 };
  return {
    counts: () => counts,
    take: async (message) => {
      const stamped = stampMessage(message);
      if (stamped === undefined) {
        counts = { ...counts, rejected: counts.rejected + 1 };
        return { kind: 'refused', code: 451, text: '4.3.5 Unable to process mail' };
      }
      const parsed = await parseMessage(stamped);
      counts = {
        ...counts,
        accepted: counts.accepted + 1,
        acceptedOctets: counts.acceptedOctets + stamped.length,
      };
      // Mailpit takes a message whose MIME it cannot read, and forgets it
      if (parsed === undefined) return { kind: 'taken', text: '2.0.0 Ok: queued' };
      const id = store.add(stamped, parsed, new Date());
      return { kind: 'taken', text: `2.0.0 Ok: queued as ${id}` };
    },
  };
}
