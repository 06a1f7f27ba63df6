import { isAscii } from 'node:buffer';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { encodeUtf8, octetsToString } from '../../smtp/bytes.ts';
import { dotStuff } from '../../smtp/message.ts';
import { ReplyReader } from '../../smtp/reply-reader.ts';
import { replyClass, showReply, type Reply } from '../../smtp/reply.ts';
import type { Delivery, HandOver } from './delivery.ts';

/** Milliseconds without an octet after which the next host is given up (RFC 5321 §4.5.3.2.6: ten minutes). */
const SILENCE_LIMIT_MS = 10 * 60_000;
const CRLF = '\r\n';

/** What is waited for: so many replies. */
interface Awaited {
  readonly count: number;
  readonly replies: Reply[];
  readonly whole: PromiseWithResolvers<readonly Reply[]>;
}

/**
 * One session with the next host, which takes one email after another. Where the host pipelines (RFC 2920), envelope
 * and DATA leave in one write: for many small emails the round trips are most of the time.
 */
export class SmarthostSession {
  readonly #socket: Socket;
  #awaited: Awaited | undefined;
  readonly #reader = new ReplyReader();
  #extensions: ReadonlySet<string> = new Set();

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setTimeout(SILENCE_LIMIT_MS);
    socket.on('data', (octets) => this.#hear(octets));
    socket.on('timeout', () => socket.destroy(new Error('the next host says nothing')));
    socket.on('error', (fault) => this.#fail(fault));
    socket.on('close', () => this.#fail(new Error('the next host closed the session')));
  }

  /** Connects and says hello; rejects where the host does not take mail. `name` is who says hello. */
  static async open(host: string, port: number, name: string): Promise<SmarthostSession> {
    const socket = connect({ host, port, noDelay: true });
    const session = new SmarthostSession(socket);
    try {
      await once(socket, 'connect');
      await session.#hello(name);
      return session;
    } catch (fault) {
      socket.destroy();
      throw fault;
    }
  }

  /** Calls back once when the session is over, whoever ended it. */
  onEnd(ended: () => void): void {
    this.#socket.once('close', ended);
  }

  /** Hands one email over. After anything but `taken` the session is of no more use. */
  async send(delivery: Delivery): Promise<HandOver> {
    let refused: HandOver | undefined;
    try {
      refused = await this.#envelope(delivery);
    } catch (fault) {
      return { ...notNow(fault), about: 'session' };
    }
    if (refused !== undefined) return refused;
    try {
      const { message } = delivery;
      const end = message.at(-1) === 0x0a || message.length === 0 ? `.${CRLF}` : `${CRLF}.${CRLF}`;
      const [reply] = await this.#exchange([dotStuff(message), encodeUtf8(end)], 1);
      return reply !== undefined && replyClass(reply) === 2 ? { kind: 'taken' } : refusalOfMessage(reply);
    } catch (fault) {
      return notNow(fault);
    }
  }

  /** Ends an idle session with QUIT, one under way at once. */
  close(): void {
    if (this.#awaited === undefined && this.#socket.writable) this.#socket.write(`QUIT${CRLF}`);
    this.#socket.destroySoon();
  }

  async #hello(name: string): Promise<void> {
    const [greeting] = await this.#exchange([], 1);
    if (greeting?.code !== 220) throw new Error(refusal(greeting).why);
    const [extended] = await this.#exchange([encodeUtf8(`EHLO ${name}${CRLF}`)], 1);
    if (extended?.code === 250) {
      this.#extensions = new Set(
        extended.lines.slice(1).map((line) => line.toUpperCase().split(' ', 1)[0] ?? ''),
      );
      return;
    }
    const [plain] = await this.#exchange([encodeUtf8(`HELO ${name}${CRLF}`)], 1);
    if (plain?.code !== 250) throw new Error(refusal(plain).why);
  }

  /** MAIL, RCPT and DATA; the reply that refused one of them, if any did. */
  async #envelope(delivery: Delivery): Promise<(HandOver & { readonly why: string }) | undefined> {
    const commands = [
      `MAIL FROM:<${delivery.reversePath}>${this.#parameters(delivery)}`,
      `RCPT TO:<${delivery.forwardPath}>`,
      'DATA',
    ].map((command) => encodeUtf8(`${command}${CRLF}`));
    if (this.#extensions.has('PIPELINING')) {
      const replies = await this.#exchange(commands, commands.length);
      return refusalIn(replies);
    }
    for (const [at, command] of commands.entries()) {
      const refused = refusalIn(await this.#exchange([command], 1), at);
      if (refused !== undefined) return refused;
    }
    return undefined;
  }

  #parameters({ reversePath, forwardPath, message }: Delivery): string {
    const body = this.#extensions.has('8BITMIME') && !isAscii(message) ? ' BODY=8BITMIME' : '';
    const needsUtf8 = !isAscii(encodeUtf8(reversePath + forwardPath));
    return `${body}${needsUtf8 && this.#extensions.has('SMTPUTF8') ? ' SMTPUTF8' : ''}`;
  }

  /** Writes, and waits for so many replies. */
  #exchange(parts: readonly Uint8Array[], count: number): Promise<readonly Reply[]> {
    const whole = Promise.withResolvers<readonly Reply[]>();
    this.#awaited = { count, replies: [], whole };
    if (this.#socket.destroyed) this.#fail(new Error('the next host closed the session'));
    else if (parts.length > 0) this.#write(parts);
    this.#advance();
    return whole.promise;
  }

  #write(parts: readonly Uint8Array[]): void {
    this.#socket.cork();
    for (const part of parts) this.#socket.write(part);
    this.#socket.uncork();
  }

  #hear(octets: Buffer): void {
    this.#reader.push(octetsToString(octets));
    this.#advance();
    if (this.#reader.excess !== undefined) this.#socket.destroy(new Error('the next host says too much'));
  }

  /** Takes what is whole of the replies; a host that says what nobody waits for is answered when somebody does. */
  #advance(): void {
    const awaited = this.#awaited;
    if (awaited === undefined) return;
    while (awaited.replies.length < awaited.count) {
      const read = this.#reader.read();
      if (read.kind === 'incomplete') return;
      if (read.kind === 'malformed') {
        this.#socket.destroy(new Error(`the next host says "${read.line}", which is no reply`));
        return;
      }
      awaited.replies.push(read.reply);
    }
    this.#awaited = undefined;
    awaited.whole.resolve(awaited.replies);
  }

  #fail(fault: Error): void {
    this.#awaited?.whole.reject(fault);
    this.#awaited = undefined;
  }
}

/** The first refusal among replies to MAIL, RCPT and DATA, the first of which answers command number `from`. */
function refusalIn(replies: readonly Reply[], from = 0): (HandOver & { readonly why: string }) | undefined {
  const refused = replies.find((reply, at) => replyClass(reply) !== (from + at === 2 ? 3 : 2));
  if (refused === undefined) return undefined;
  const handedOver = refusal(refused);
  // the host says goodbye: it has heard nothing of this email (RFC 5321 §3.8)
  return handedOver.kind === 'not now' && refused.code === 421
    ? { ...handedOver, about: 'session' }
    : handedOver;
}

function notNow(fault: unknown): Extract<HandOver, { readonly kind: 'not now' }> {
  return { kind: 'not now', why: fault instanceof Error ? fault.message : String(fault) };
}

/** What a reply behind the final dot says that is not 2yz; closing the session (421) says nothing of the message. */
function refusalOfMessage(reply: Reply | undefined): HandOver {
  const refused = refusal(reply);
  const saysOfMessage = reply !== undefined && replyClass(reply) === 4 && reply.code !== 421;
  return refused.kind === 'not now' && saysOfMessage ? { ...refused, about: 'message' } : refused;
}

function refusal(reply: Reply | undefined): Exclude<HandOver, { readonly kind: 'taken' }> {
  const permanent = reply !== undefined && replyClass(reply) === 5;
  return {
    kind: permanent ? 'refused' : 'not now',
    why: reply === undefined ? 'no reply' : showReply(reply),
  };
}
