import type { Socket } from 'node:net';
import type { Reply } from '../../smtp/reply.ts';

/** Keeps replies together until all that the client pipelined so far is answered: a write costs more than a reply. */
export class ReplyGathering {
  #gathers = false;
  readonly #socket: () => Socket;

  /** The socket is asked for each time: STARTTLS puts another in its place. */
  constructor(socket: () => Socket) {
    this.#socket = socket;
  }

  /** Keeps what is written from now on until {@link letGo}, or until the end of this turn of the event loop. */
  gather(): void {
    if (this.#gathers) return;
    this.#gathers = true;
    this.#socket().cork();
    process.nextTick(() => this.letGo());
  }

  /** Lets everything out. */
  letGo(): void {
    if (!this.#gathers) return;
    this.#gathers = false;
    this.#socket().uncork();
  }
}

/** Behind these the connection turns to TLS or ends, or the client has not spoken yet: they leave at once. */
export function mayFollow({ code }: Reply): boolean {
  return code !== 220 && code !== 221 && code !== 421;
}
