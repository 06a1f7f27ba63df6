import net from 'node:net';
import tls from 'node:tls';
import type { CheckTime } from '../../src/conformance/clients/check-time.ts';

/** By which a client waits. */
export type ClientTime = Pick<CheckTime, 'now' | 'wait'>;

/** What a reply looks like: as RFC 5321 §4.2 has it, or as a careless client reads it. */
export const replyForms = {
  right: /^(?:\d{3}-[^\r\n]*\r\n)*\d{3}(?: [^\r\n]*)?\r\n/,
  segment: /^\d{1,3}[^]*$/,
  fifty: /^(?:(?:\d{3}-[^\r\n]*\r\n){50}|(?:\d{3}-[^\r\n]*\r\n){0,49}\d{3}(?: [^\r\n]*)?\r\n)/,
} as const;

/** One reply. */
export interface Reply {
  readonly code: number;
  /** All lines, as they came. */
  readonly text: string;
}

/** The connection broke, or nothing came in time. */
export class BrokenLine extends Error {
  override readonly name = 'BrokenLine';
}

/** A connection that speaks in lines, for the reference client. */
export class SmtpLine implements Disposable {
  #socket: net.Socket;
  #input = '';
  #closed = false;
  #wake = (): void => undefined;
  readonly #limitMs: number;
  readonly #form: RegExp;
  readonly #time: ClientTime;

  /** `limitMs` is how long a reply is waited for. */
  constructor(socket: net.Socket, limitMs: number, time: ClientTime, form: RegExp = replyForms.right) {
    this.#form = form;
    this.#time = time;
    this.#socket = socket;
    this.#limitMs = limitMs;
    this.#listen(socket);
  }

  /** Connects; over TLS from the first octet where a root to trust is given. */
  static async open(
    {
      host,
      port,
      secure,
    }: {
      readonly host: string;
      readonly port: number;
      readonly secure: { readonly servername: string; readonly ca: string } | undefined;
    },
    limitMs: number,
    time: ClientTime,
    form?: RegExp,
  ): Promise<SmtpLine> {
    // half-open, so that a fault can still write when the server has said goodbye
    const plain = net.connect({ host, port, allowHalfOpen: true, noDelay: true });
    const socket = secure === undefined ? plain : tls.connect({ socket: plain, ...secure });
    plain.on('error', () => undefined);
    const line = new SmtpLine(socket, limitMs, time, form);
    await line.#until(secure === undefined ? 'connect' : 'secureConnect');
    return line;
  }

  /** Turns to TLS. What came before the handshake is forgotten (RFC 3207 §4.2), unless it is to be kept. */
  async secure(servername: string, ca: string, keep: 'nothing' | 'what came before'): Promise<void> {
    this.#socket.removeAllListeners('data');
    if (keep === 'nothing') this.#input = '';
    this.#socket = tls.connect({ socket: this.#socket, ca, servername });
    this.#listen(this.#socket);
    await this.#until('secureConnect');
  }

  /** Whether the server has said nothing unasked, and has not closed. */
  get isQuiet(): boolean {
    return !this.#closed && this.#input === '';
  }

  write(octets: string): void {
    this.#socket.write(octets, 'utf8');
  }

  /** Sends a command and waits for its reply. */
  async say(command: string): Promise<Reply> {
    this.write(`${command}\r\n`);
    return this.reply();
  }

  /** The next reply, within so many milliseconds; rejects with {@link BrokenLine}. */
  async reply(limitMs = this.#limitMs): Promise<Reply> {
    const late = this.#time.now() + limitMs;
    for (;;) {
      const match = this.#form.exec(this.#input);
      if (match !== null) {
        this.#input = this.#input.slice(match[0].length);
        return { code: Number.parseInt(match[0].slice(0, 3), 10), text: match[0].trimEnd() };
      }
      if (this.#closed) throw new BrokenLine('The connection was closed.');
      const left = late - this.#time.now();
      if (left <= 0) throw new BrokenLine('No reply in time.');
      await this.#change(left);
    }
  }

  /** Closes without a word. */
  [Symbol.dispose](): void {
    this.#socket.destroy();
  }

  /** Half-closes, as a client does that has said QUIT. */
  end(): void {
    this.#socket.end();
  }

  #listen(socket: net.Socket): void {
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      this.#input += text;
      this.#wake();
    });
    for (const event of ['end', 'close', 'error']) {
      socket.on(event, () => {
        this.#closed = true;
        this.#wake();
      });
    }
  }

  async #change(ms: number): Promise<void> {
    const awake = new AbortController();
    this.#wake = () => awake.abort();
    await this.#time.wait(ms, awake.signal);
  }

  async #until(event: string): Promise<void> {
    const socket = this.#socket;
    await new Promise<void>((resolve, reject) => {
      socket.once(event, () => resolve());
      socket.once('error', (fault) => reject(new BrokenLine(fault.message)));
      socket.once('close', () => reject(new BrokenLine('The connection was closed.')));
    });
  }
}
