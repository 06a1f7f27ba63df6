import type { Reply } from '../../smtp/reply.ts';
import type { HandshakeOffer } from '../driver/handshake-offer.ts';
import type { Received, Secured, SmtpSession, Trust } from '../driver/smtp-session.ts';
import type { DialogueLine } from '../scenario/dialogue.ts';
import { followConversation, type Conversation } from './conversation.ts';

/** A reply as it came, with what it answered and the line that was played when it was read. */
export interface SeenReply {
  readonly reply: Reply;
  readonly faults: readonly string[];
  /** The verb that it answers; `undefined` where nobody asked. */
  readonly answers: string | undefined;
  readonly tls: boolean;
  readonly line: DialogueLine;
}

/** How a session ended, for the invariants. */
export type SessionEnd = 'open' | 'by-client' | 'by-gateway';

/** One session of a case: the driver's session, and what it has amounted to. */
export class CaseSession implements Disposable {
  /** The label of its lines in the dialogue; 1 is `C:`. */
  readonly label: number;
  readonly #session: SmtpSession;
  readonly #replies: SeenReply[] = [];
  readonly #conversation: Conversation;
  readonly #onReply: (isNotable: boolean) => void;
  readonly #onClose: (how: string) => void;
  #isCloseTold = false;
  #line: DialogueLine;
  #ehlo: Reply | undefined;
  #injected = '';
  #secured: Secured | undefined;
  readonly #agreed: string[] = [];
  #held: Received | undefined;
  /** Set where the line played expects the end, or where TLS failed. */
  closeIsExpected = false;
  /** Whether the gateway was waited for in vain. */
  wasSilent = false;
  /** The message whose first half is out. */
  halfSent: { readonly octets: string; readonly sent: number } | undefined;
  /** Faults of form that make no reply. */
  readonly malformed: { readonly text: string; readonly why: string; readonly line: DialogueLine }[] = [];

  constructor(
    label: number,
    session: SmtpSession,
    line: DialogueLine,
    onReply: (isNotable: boolean) => void = () => undefined,
    clock: { readonly now: () => number; readonly order: () => number } = { now: () => 0, order: () => 0 },
    onClose: (how: string) => void = () => undefined,
  ) {
    this.#conversation = followConversation(clock.now, clock.order);
    this.label = label;
    this.#session = session;
    this.#line = line;
    this.#onReply = onReply;
    this.#onClose = onClose;
  }

  get replies(): readonly SeenReply[] {
    return this.#replies;
  }

  get conversation(): Conversation {
    return this.#conversation;
  }

  /** The last reply to EHLO, forgotten at a handshake. */
  get ehlo(): Reply | undefined {
    return this.#ehlo;
  }

  /** Octets that came in clear behind the 220 to STARTTLS, before the handshake. */
  get injected(): string {
    return this.#injected;
  }

  get isOver(): boolean {
    return this.#session.isOver;
  }

  get unread(): string {
    return this.#session.unread;
  }

  get line(): DialogueLine {
    return this.#line;
  }

  get end(): SessionEnd {
    if (this.#session.closedBy !== undefined) return 'by-gateway';
    return this.#session.isOver ? 'by-client' : 'open';
  }

  /** Says which line is being played. */
  plays(line: DialogueLine): void {
    this.#line = line;
  }

  write(octets: string): void {
    this.#session.write(octets);
    this.#conversation.clientSaid(octets);
  }

  /** What the last handshake came to; `undefined` before the first. */
  get secured(): Secured | undefined {
    return this.#secured;
  }

  /** The versions of TLS that were agreed on, in order. */
  get agreed(): readonly string[] {
    return this.#agreed;
  }

  /** Leaves what a macro has read for the line that follows it and asks about it. */
  holdForNextLine(received: Received): void {
    this.#held = received;
  }

  async readReply(limitMs: number): Promise<Received> {
    const held = this.#held;
    this.#held = undefined;
    if (held !== undefined) return held;
    const received = await this.#session.readReply(limitMs);
    if (received.kind === 'reply') {
      const { reply, faults } = received;
      // a finding that is made at the end may be about an error reply or a fault of form
      this.#onReply(reply.code >= 400 || faults.length > 0);
      const answers = this.#conversation.gatewayReplied(reply);
      this.#replies.push({ reply, faults, answers, tls: this.#session.isTls, line: this.#line });
      if (answers === 'EHLO' && reply.code === 250) this.#ehlo = reply;
    }
    if (received.kind === 'closed') this.#tellClose();
    if (received.kind === 'silence') this.wasSilent = true;
    if (received.kind === 'malformed') {
      this.malformed.push({ text: received.line, why: received.why, line: this.#line });
    }
    return received;
  }

  async awaitClose(limitMs: number): ReturnType<SmtpSession['awaitClose']> {
    const came = await this.#session.awaitClose(limitMs);
    if (came.kind === 'closed') this.#tellClose();
    return came;
  }

  /** Tells once that the session is over, and whose doing it was. */
  #tellClose(): void {
    if (this.#isCloseTold) return;
    this.#isCloseTold = true;
    const how = this.#session.closedBy;
    this.#onClose(
      how === undefined ? 'closed' : how === 'reset' ? 'reset by the gateway' : 'closed by the gateway',
    );
  }

  async secure(trust: Trust, limitMs: number, offer?: HandshakeOffer): Promise<Secured> {
    const secured = await this.#session.secure(trust, limitMs, offer);
    this.#secured = secured;
    this.#injected += secured.leftover;
    if (secured.kind === 'failed') {
      this.closeIsExpected = true;
      this.wasSilent ||= secured.cause === 'silence';
    } else {
      this.#agreed.push(secured.facts.protocol);
      this.#conversation.handshakeDone();
      this.#ehlo = undefined;
    }
    return secured;
  }

  close(): void {
    this.#session.close();
  }

  /** Closes the client's side alone; that the gateway closes then is expected. */
  halfClose(): void {
    this.closeIsExpected = true;
    this.#session.halfClose();
  }

  reset(): void {
    this.#session.reset();
  }

  [Symbol.dispose](): void {
    this.#session[Symbol.dispose]();
  }
}
