import type { Reply } from './reply.ts';

/** Why what came is no reply of RFC 5321 §4.2: which form was broken, and the line that broke it. */
export interface MalformedReply {
  readonly kind: 'malformed';
  /** Cut where it is long. */
  readonly line: string;
  readonly why: string;
}

/** What stands at the head of the octets that have come so far. */
export type ReadReply =
  | {
      readonly kind: 'reply';
      readonly reply: Reply;
      readonly octets: number;
      readonly faults: readonly string[];
    }
  | (MalformedReply & { readonly octets: number })
  | { readonly kind: 'incomplete' };

/** The line limit of RFC 5321 §4.5.3.1.5: a longer line is a fault of a reply that is still understood. */
const LONGEST_LINE = 512;

/** What one side may say before nobody listens any longer. Octets. */
export const replyBounds = {
  /** One line of a reply, its line end included. */
  line: 64 * 1024,
  /** All lines of one reply. */
  reply: 256 * 1024,
  /** What has come and was not read yet. */
  backlog: 512 * 1024,
} as const;

/** Faults that are kept of one reply, and characters that are kept of a malformed line. */
const FAULTS_KEPT = 5;
const LINE_KEPT = 200;

interface UnfinishedReply {
  readonly code: number;
  readonly lines: string[];
  readonly faults: Set<string>;
  /** Its lines as they came, line ends included. */
  readonly raw: string[];
  octets: number;
}

/**
 * Takes octets as they come (one character an octet) and reads replies from them. Each octet is looked at once, whatever
 * the pieces. Forms that a tolerant client would still understand (LF for CRLF, a line over 512 octets, codes that
 * disagree) are `faults` of a reply; what has no code at all is malformed (RFC 5321 §4.2, §4.5.3.1.5: rule
 * `protocol.reply-form`). What goes over {@link replyBounds} is malformed too, and nothing is taken after it.
 */
export class ReplyReader {
  /** Whole lines, their line ends included; those before `#head` are read. */
  #lines: string[] = [];
  #head = 0;
  /** The pieces of a line whose end has not come. */
  #pieces: string[] = [];
  #pieceOctets = 0;
  #backlog = 0;
  #reply: UnfinishedReply | undefined;
  #excess: MalformedReply | undefined;
  #examined = 0;

  /** Why nothing is taken any more: a bound was passed. */
  get excess(): MalformedReply | undefined {
    return this.#excess;
  }

  /** How many octets were looked at for a line end; for tests of the effort. */
  get examined(): number {
    return this.#examined;
  }

  /** The octets that came and are part of no reply that was read. */
  get unread(): string {
    return [...(this.#reply?.raw ?? []), ...this.#lines.slice(this.#head), ...this.#pieces].join('');
  }

  /** Whether nothing is unread. */
  get isEmpty(): boolean {
    return this.#backlog === 0 && this.#reply === undefined;
  }

  /** Takes what has come. */
  push(octets: string): void {
    if (this.#excess !== undefined) return;
    let at = 0;
    while (at < octets.length && this.#excess === undefined) {
      const end = octets.indexOf('\n', at);
      const stop = end === -1 ? octets.length : end + 1;
      this.#takePiece(octets.slice(at, stop), end !== -1);
      this.#examined += stop - at;
      at = stop;
    }
    if (this.#backlog > replyBounds.backlog) {
      this.refuse(`more than ${replyBounds.backlog} octets came that nobody asked for`);
    }
  }

  /** Takes nothing any more, and forgets what is unread. */
  refuse(why: string): void {
    const [first = ''] = this.#lines.splice(this.#head);
    this.#refuse(first, why);
  }

  /** Reads the next reply; until it is whole, `incomplete`. */
  read(): ReadReply {
    if (this.#excess !== undefined && this.#head === this.#lines.length) {
      return { ...this.#excess, octets: 0 };
    }
    for (let line = this.#nextLine(); line !== undefined; line = this.#nextLine()) {
      const read = this.#readLine(line);
      if (read !== undefined) return read;
    }
    return this.#excess === undefined ? { kind: 'incomplete' } : { ...this.#excess, octets: 0 };
  }

  /** Gives all that is unread, which is gone then. */
  takeUnread(): string {
    const unread = this.unread;
    this.#lines = [];
    this.#head = 0;
    this.#pieces = [];
    this.#pieceOctets = 0;
    this.#backlog = 0;
    this.#reply = undefined;
    return unread;
  }

  #takePiece(piece: string, isEnd: boolean): void {
    this.#pieces.push(piece);
    this.#pieceOctets += piece.length;
    this.#backlog += piece.length;
    if (this.#pieceOctets > replyBounds.line) {
      this.#refuse(this.#pieces.join(''), `a line has more than ${replyBounds.line} octets`);
      return;
    }
    if (!isEnd) return;
    this.#lines.push(this.#pieces.length === 1 ? piece : this.#pieces.join(''));
    this.#pieces = [];
    this.#pieceOctets = 0;
  }

  #refuse(line: string, why: string): void {
    this.#excess ??= { kind: 'malformed', line: cutLine(line), why };
    // what is over a bound is kept by nobody
    this.#pieces = [];
    this.#pieceOctets = 0;
    this.#backlog = this.#lines.reduce((sum, one, at) => (at < this.#head ? sum : sum + one.length), 0);
  }

  #nextLine(): string | undefined {
    const line = this.#lines[this.#head];
    if (line === undefined) return undefined;
    this.#head += 1;
    this.#backlog -= line.length;
    if (this.#head === this.#lines.length) {
      this.#lines = [];
      this.#head = 0;
    }
    return line;
  }

  /** Adds a line to the reply under way; gives the reply with its last line, or what broke it. */
  #readLine(whole: string): Exclude<ReadReply, { readonly kind: 'incomplete' }> | undefined {
    const hasCr = whole.endsWith('\r\n');
    const line = whole.slice(0, hasCr ? -2 : -1);
    const octets = (this.#reply?.octets ?? 0) + whole.length;
    const match = /^(\d{3})(?:([ -])(.*))?$/s.exec(line);
    if (match?.[1] === undefined) {
      this.#reply = undefined;
      const why = 'no three digits at the start of the line';
      return { kind: 'malformed', line: cutLine(line), why, octets };
    }
    const code = Number(match[1]);
    const reply = (this.#reply ??= { code, lines: [], faults: new Set(), raw: [], octets: 0 });
    reply.octets = octets;
    reply.raw.push(whole);
    reply.lines.push(match[3] ?? '');
    if (!hasCr) note(reply, 'a line ends with LF instead of CRLF');
    if (whole.length > LONGEST_LINE) note(reply, `a line has ${whole.length} octets, 512 are the limit`);
    if (code !== reply.code) note(reply, `the lines disagree: ${reply.code} and ${match[1]}`);
    if (octets > replyBounds.reply) {
      this.#reply = undefined;
      this.#refuse(line, `a reply has more than ${replyBounds.reply} octets`);
      return { kind: 'malformed', line: cutLine(line), why: this.#excess?.why ?? '', octets };
    }
    if (match[2] === '-') return undefined;
    this.#reply = undefined;
    const [first = '', ...rest] = reply.lines;
    const faults = [...reply.faults];
    return { kind: 'reply', reply: { code: reply.code, lines: [first, ...rest] }, octets, faults };
  }
}

function note({ faults }: UnfinishedReply, fault: string): void {
  if (faults.size < FAULTS_KEPT) faults.add(fault);
}

function cutLine(line: string): string {
  return line.length <= LINE_KEPT ? line : `${line.slice(0, LINE_KEPT)}…`;
}
