import type { Socket } from 'node:net';
import { formatReply, type Reply } from '../../smtp/reply.ts';
import type { Answer } from './dialogue.ts';
import type { ForcedReply } from './dialogue-state.ts';

/** Milliseconds between two segments of one reply: longer than any system waits to put two writes into one segment. */
const APART_MS = 15;

/** What it is written with. */
interface ReplyWriting {
  /** Asked for each time: STARTTLS puts another in its place. */
  readonly socket: () => Socket;
  readonly send: (octets: string) => void;
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Says 421, and closes. */
  readonly sayGoodbye: () => void;
}

/** An answer with the reply that a trigger puts in place of one that accepts. */
export function withForcedReply(answer: Answer, { accepts }: ForcedReply): Answer {
  return accepts !== undefined && answer.decision.kind === 'accept'
    ? { ...answer, decision: { kind: 'accept', reply: accepts } }
    : answer;
}

/** Gives replies as triggers have it: late, in pieces, or with a cut (rule `sandbox.triggers`). */
export class ForcedReplyWriter {
  readonly #writing: ReplyWriting;
  #ahead = 0;

  constructor(writing: ReplyWriting) {
    this.#writing = writing;
  }

  /** What comes before the reply; whether that is still to be written. */
  async before({ delayMs, drop, split }: ForcedReply, reply: Reply): Promise<boolean> {
    if (delayMs > 0) await this.#writing.pause(delayMs);
    if (split === true) await this.#sendAhead(formatReply(reply));
    if (drop !== 'before reply') return true;
    this.#writing.socket().destroy();
    return false;
  }

  /** What of a reply is still to be sent: all of it, unless it was begun. */
  rest(octets: string): string {
    const rest = octets.slice(this.#ahead);
    this.#ahead = 0;
    return rest;
  }

  /** What comes after the reply. */
  after({ drop }: ForcedReply): void {
    if (drop === 'after reply') this.#writing.socket().destroySoon();
    if (drop === 'after a goodbye') this.#writing.sayGoodbye();
    if (drop === 'half after reply') this.#writing.socket().end();
  }

  /** Sends all but the last octet, in three segments: nothing but CRLF ends a line (RFC 5321 §2.3.8). */
  async #sendAhead(octets: string): Promise<void> {
    const middle = Math.max(3, Math.floor(octets.length / 2));
    for (const piece of [octets.slice(0, 2), octets.slice(2, middle), octets.slice(middle, -1)]) {
      this.#writing.send(piece);
      this.#ahead += piece.length;
      await this.#writing.pause(APART_MS);
    }
  }
}
