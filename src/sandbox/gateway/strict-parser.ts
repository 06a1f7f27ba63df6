import { SMTPStream } from 'smtp-server/lib/smtp-stream.js';
import { OctetBuffer } from './octet-buffer.ts';

/** A command line as it came, without its CRLF: whole, one character an octet, or too long to be kept. */
export type ReceivedLine = { readonly kind: 'line'; readonly octets: string } | { readonly kind: 'too long' };

/** A message after unstuffing: its octets as far as the limit allows, and how many there were. */
export interface ReceivedMessage {
  readonly octets: Buffer;
  readonly size: number;
}

interface MessageReception {
  readonly whole: (message: ReceivedMessage) => void;
  readonly kept: OctetBuffer;
}

/** What a parser tells its session. */
export interface ParserEvents {
  /** One line, and the next only after {@link StrictParser.goOn}. */
  readonly line: (line: ReceivedLine) => void;
  /** The client has closed its side; all that came whole before it is answered. */
  readonly ended: () => void;
  /** What is under way has taken longer than it may; nothing more is handed out. */
  readonly tooSlow: () => void;
}

/** How long the client may take for one thing, in milliseconds of a clock that never goes back. */
export interface ParserPatience {
  readonly now: () => number;
  readonly limitMs: (of: 'line' | 'message') => number;
}

const CRLF = '\r\n';
const NOTHING: Buffer = Buffer.alloc(0);
/** Octets of the longest command line: AUTH needs 12,288 (RFC 4954 §4), CRLF included. */
export const LONGEST_LINE = 16_384;
/** Lines answered before other sessions get their turn. */
const LINES_A_TURN = 128;

/**
 * The line parser under a session, stricter than the library's: only CRLF ends a line and only CRLF.CRLF a message, a
 * line cut off by the close is never executed, a line too long is answered instead of ending the session, and only
 * dots that begin a CRLF line are unstuffed (rules `protocol.line-ends`, `protocol.syntax`, `protocol.transparency`).
 *
 * It hands out one thing at a time and goes on when told to, so replies keep the order of commands.
 */
export class StrictParser extends SMTPStream {
  #input: Buffer = NOTHING;
  /** How much of the input has been taken as lines; a message is taken off the input itself. */
  #taken = 0;
  #tooLong = false;
  #message: MessageReception | undefined;
  #waiting = false;
  #running = false;
  #lines = 0;
  #written: (() => void) | undefined;
  /** When the client began what is under way: a line, or a message. */
  #since: number | undefined;
  readonly #events: ParserEvents;
  readonly #patience: ParserPatience;
  readonly #pass: (octets: Buffer) => Buffer;

  /** `pass` lets octets through as they come from the socket. */
  constructor(events: ParserEvents, patience: ParserPatience, pass: (octets: Buffer) => Buffer) {
    super();
    this.#events = events;
    this.#patience = patience;
    this.#pass = pass;
  }

  /** Whether something that came is still to be handed out, or waits for its answer. */
  get busy(): boolean {
    return this.#waiting || this.#written !== undefined;
  }

  /** Whether more has come than was handed out. */
  get hasMore(): boolean {
    return this.#input.length > this.#taken;
  }

  /** Takes what comes next as a message, until its end; `whole` is called once, and then {@link goOn} is due. */
  receiveMessage(limit: number, whole: (message: ReceivedMessage) => void): void {
    this.#message = { whole, kept: new OctetBuffer(limit + CRLF.length) };
    this.#since = this.#patience.now();
    // the message's first line begins as if behind a CRLF (RFC 5321 §4.5.2); it is taken off again at the end
    this.#input = Buffer.concat([Buffer.from(CRLF), this.#input.subarray(this.#taken)]);
    this.#taken = 0;
  }

  /** Goes on with what has come since; the answer to the last line or message has been written. */
  goOn(): void {
    this.#waiting = false;
    this.#lines += 1;
    if (this.#lines % LINES_A_TURN === 0) setImmediate(() => this.#run());
    else this.#run();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding | 'buffer', next: () => void): void {
    if (this.isClosed) {
      next();
      return;
    }
    // octets alone keep no session alive, or one a minute would for ever (rule `protocol.idle`)
    if (this.#isTooSlow()) {
      this.#events.tooSlow();
      next();
      return;
    }
    const octets = this.#pass(chunk);
    this.#input = this.hasMore ? Buffer.concat([this.#input.subarray(this.#taken), octets]) : octets;
    this.#taken = 0;
    this.#written = next;
    this.#lines = 0;
    this.#run();
  }

  /** A line that the close cut off is never executed (RFC 5321 §4.1.1.4, rule `protocol.line-ends`). */
  override _flushData(): void {
    this.#drop();
    this.#message = undefined;
    if (!this.isClosed) this.#events.ended();
  }

  #isTooSlow(): boolean {
    if (this.#since === undefined) return false;
    const limitMs = this.#patience.limitMs(this.#message === undefined ? 'line' : 'message');
    return this.#patience.now() - this.#since > limitMs;
  }

  #run(): void {
    if (this.#running) return;
    this.#running = true;
    let taken = true;
    while (taken && !this.#waiting && !this.isClosed) {
      taken = this.#message ? this.#takeMessage(this.#message) : this.#takeLine();
    }
    this.#running = false;
    if (this.#message === undefined) {
      this.#since = this.hasMore && !this.#waiting ? (this.#since ?? this.#patience.now()) : undefined;
    }
    if (this.#waiting && !this.isClosed) return;
    const written = this.#written;
    this.#written = undefined;
    if (this.isClosed) this.#drop();
    written?.();
  }

  /** Hands out one line if a whole one is there. */
  #takeLine(): boolean {
    const start = this.#taken;
    const end = this.#input.indexOf(CRLF, start);
    if (end === -1) {
      this.#dropLongLine();
      return false;
    }
    const line: ReceivedLine =
      this.#tooLong || end + CRLF.length - start > LONGEST_LINE
        ? { kind: 'too long' }
        : { kind: 'line', octets: this.#input.toString('latin1', start, end) };
    this.#tooLong = false;
    this.#since = undefined;
    this.#taken = end + CRLF.length;
    // a view that is used up would keep all of its octets in memory while a session is idle
    if (!this.hasMore) this.#drop();
    this.#waiting = true;
    this.#events.line(line);
    return true;
  }

  /** Of a line that is too long already nothing need be kept but a CR at its end, whose LF may follow. */
  #dropLongLine(): void {
    if (this.#input.length - this.#taken <= LONGEST_LINE) return;
    this.#tooLong = true;
    this.#taken = this.#input.length - (this.#input.at(-1) === 0x0d ? 1 : 0);
    if (!this.hasMore) this.#drop();
  }

  #drop(): void {
    this.#input = NOTHING;
    this.#taken = 0;
  }

  /** Takes what has come of a message; hands it out if its end is there. */
  #takeMessage(message: MessageReception): boolean {
    let from = 0;
    for (;;) {
      const at = this.#input.indexOf('\r\n.', from);
      if (at === -1 || at + 4 > this.#input.length) break;
      const isCr = this.#input[at + 3] === 0x0d;
      if (isCr && at + 5 > this.#input.length) break;
      message.kept.add(this.#input.subarray(from, at + 2));
      from = at + 3;
      if (isCr && this.#input[at + 4] === 0x0a) {
        this.#input = rest(this.#input, at + 5);
        this.#message = undefined;
        this.#since = undefined;
        this.#waiting = true;
        message.whole(finish(message));
        return true;
      }
    }
    // the last four octets may be the beginning of an end that is still to come
    const keepFrom = Math.max(from, endOfCertain(this.#input, from));
    message.kept.add(this.#input.subarray(from, keepFrom));
    this.#input = rest(this.#input, keepFrom);
    return false;
  }
}

/** What is behind an offset; an empty view would keep all of its octets in memory while a session is idle. */
function rest(input: Buffer, from: number): Buffer {
  return from < input.length ? input.subarray(from) : NOTHING;
}

/** Up to where the input is certainly message: an unfinished CRLF.CRLF at its end is left for what comes next. */
function endOfCertain(input: Buffer, from: number): number {
  for (const beginning of ['\r\n.\r', '\r\n.', '\r\n', '\r']) {
    const start = input.length - beginning.length;
    if (start >= from && input.toString('latin1', start) === beginning) return start;
  }
  return input.length;
}

function finish({ kept }: MessageReception): ReceivedMessage {
  // two octets are the CRLF before the first line, which is no part of the message
  return { octets: kept.take().subarray(CRLF.length), size: kept.size - CRLF.length };
}
