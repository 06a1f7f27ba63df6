import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { octetsToString } from '../../smtp/bytes.ts';
import type { Reply } from '../../smtp/reply.ts';
import { ReplyReader } from '../../smtp/reply-reader.ts';
import { beginHandshake, type HandshakeOffer } from './handshake-offer.ts';
import type { Recorder } from './recorder.ts';

/** What came when a reply was waited for. `rest` are octets that make no whole reply. */
export type Received =
  | { readonly kind: 'reply'; readonly reply: Reply; readonly faults: readonly string[] }
  | { readonly kind: 'malformed'; readonly line: string; readonly why: string }
  | { readonly kind: 'closed'; readonly how: CloseManner; readonly rest: string }
  | { readonly kind: 'silence'; readonly waitedMs: number; readonly rest: string };

/** How the other side ended the session: in order, or with a reset. */
export type CloseManner = 'end' | 'reset';

/** What came when the end was waited for; `before` are the octets that came first. */
export type AwaitedClose =
  | { readonly kind: 'closed'; readonly how: CloseManner; readonly before: string }
  | { readonly kind: 'still-open'; readonly before: string };

/** Whom to trust, under which name. */
export interface Trust {
  readonly servername: string;
  /** PEM of the only roots that are trusted; the system's own where nothing is said. */
  readonly certificateAuthority: string | undefined;
}

/** Protocol, cipher and certificate of a handshake that succeeded. Instants in ISO 8601, UTC. */
export interface SecuredFacts {
  readonly protocol: string;
  readonly cipher: string;
  readonly certificate?: {
    readonly subject: string;
    readonly issuer: string;
    readonly names: readonly string[];
    readonly validFrom: string;
    readonly validTo: string;
    readonly fingerprint: string;
  };
}

/** What became of a handshake; `leftover` are octets that came in clear and were thrown away (RFC 3207 §4.2). */
export type Secured =
  | {
      readonly kind: 'secured';
      readonly facts: SecuredFacts;
      /** The name of the cipher suite as OpenSSL has it; the facts have that of the RFCs. */
      readonly opensslCipher: string;
      readonly leftover: string;
    }
  | {
      readonly kind: 'failed';
      /** Whom it does not trust, the handshake itself, silence, or an offer that this machine's library cannot make. */
      readonly cause: 'trust' | 'handshake' | 'silence' | 'offer';
      readonly why: string;
      readonly leftover: string;
    };

/** Octets that the other side may say in one session; whoever says more is left. */
const SESSION_OCTETS = 8 * 1024 * 1024;

/** Names of a certificate that are kept, and characters of each and of a subject or an issuer. */
const NAMES_KEPT = 50;
const NAME_KEPT = 255;

/** One open session. Whoever opened it disposes of it. */
export class SmtpSession implements Disposable {
  #socket: Socket | TLSSocket;
  readonly #tcp: Socket;
  readonly #recorder: Recorder;
  readonly #reader = new ReplyReader();
  #heard = 0;
  #closed: CloseManner | undefined;
  #tls = false;
  #endedHere = false;
  #wake: () => void = () => {};

  constructor(socket: Socket, recorder: Recorder) {
    this.#tcp = socket;
    this.#socket = socket;
    this.#recorder = recorder;
    this.#listen(socket);
  }

  /** Whether what is said now goes through TLS. */
  get isTls(): boolean {
    return this.#tls;
  }

  /** How the other side closed, once it has. */
  get closedBy(): CloseManner | undefined {
    return this.#endedHere ? undefined : this.#closed;
  }

  /** Whether nothing more can be said. */
  get isOver(): boolean {
    return this.#closed !== undefined || this.#endedHere;
  }

  /** Octets that came and have not been read, one character an octet. */
  get unread(): string {
    return this.#reader.unread;
  }

  /** Sends octets, one character each, in one write. Into a closed session nothing goes, without complaint. */
  write(octets: string): void {
    this.#recorder.record('C', octets, this.#tls);
    if (!this.isOver && this.#socket.writable) this.#socket.write(Buffer.from(octets, 'latin1'));
  }

  /** Waits for one reply, for so many milliseconds at most. */
  async readReply(limitMs: number): Promise<Received> {
    for (const end = performance.now() + limitMs; ;) {
      const read = this.#reader.read();
      if (read.kind !== 'incomplete') {
        if (this.#reader.excess !== undefined) this.#giveUp();
        if (read.kind === 'malformed') return { kind: 'malformed', line: read.line, why: read.why };
        this.#recorder.sawReply(read.reply.code);
        return { kind: 'reply', reply: read.reply, faults: read.faults };
      }
      if (this.isOver) return { kind: 'closed', how: this.#closed ?? 'end', rest: this.unread };
      const leftMs = end - performance.now();
      if (leftMs <= 0) return { kind: 'silence', waitedMs: limitMs, rest: this.unread };
      await this.#waitForNews(leftMs);
    }
  }

  /** Waits for the other side to close, for so many milliseconds at most; what comes before is taken. */
  async awaitClose(limitMs: number): Promise<AwaitedClose> {
    for (const end = performance.now() + limitMs; ;) {
      if (this.isOver)
        return { kind: 'closed', how: this.#closed ?? 'end', before: this.#reader.takeUnread() };
      const leftMs = end - performance.now();
      if (leftMs <= 0) return { kind: 'still-open', before: this.#reader.takeUnread() };
      await this.#waitForNews(leftMs);
    }
  }

  /** Begins TLS, at the start of the session or after STARTTLS. Certificates are verified. */
  async secure(trust: Trust, limitMs: number, offer: HandshakeOffer = {}): Promise<Secured> {
    const leftover = this.#reader.takeUnread();
    if (this.isOver) return { kind: 'failed', cause: 'handshake', why: 'the session is closed', leftover };
    this.#tcp.removeAllListeners('data');
    const { servername, certificateAuthority } = trust;
    const begun = beginHandshake(
      {
        socket: this.#tcp,
        servername,
        ...(certificateAuthority === undefined ? {} : { ca: certificateAuthority }),
      },
      offer,
    );
    if ('why' in begun) {
      this.#closed ??= 'end';
      this.#tcp.destroy();
      return { kind: 'failed', cause: 'offer', why: begun.why, leftover };
    }
    const { socket } = begun;
    const { promise, resolve } = Promise.withResolvers<Error | undefined>();
    const silence = new Error(`no handshake within ${limitMs} ms`);
    const timer = setTimeout(() => resolve(silence), limitMs);
    socket.once('secureConnect', () => resolve(undefined));
    socket.on('error', (error) => resolve(error));
    socket.once('close', () => resolve(new Error('the session was closed during the handshake')));
    const error = await promise;
    clearTimeout(timer);
    if (error !== undefined) {
      socket.destroy();
      this.#closed ??= 'end';
      return {
        kind: 'failed',
        cause: error === silence ? 'silence' : isDistrust(error) ? 'trust' : 'handshake',
        why: error.message,
        leftover,
      };
    }
    this.#socket = socket;
    this.#tls = true;
    this.#listen(socket);
    return { kind: 'secured', facts: factsOf(socket), opensslCipher: socket.getCipher().name, leftover };
  }

  /** Ends the session in order: what was written still goes out. */
  close(): void {
    this.#recorder.end();
    this.#endedHere = true;
    this.#socket.end();
    this.#wake();
  }

  /** Closes this side alone: nothing more can be said, and what still comes is read. */
  halfClose(): void {
    this.#socket.end();
  }

  /** Ends the session with a reset (RST), as a client that dies does. */
  reset(): void {
    this.#recorder.end();
    this.#endedHere = true;
    this.#tcp.resetAndDestroy();
    this.#wake();
  }

  /** Ends whatever is left of the session. */
  [Symbol.dispose](): void {
    this.#endedHere = true;
    this.#socket.destroy();
    this.#tcp.destroy();
    this.#wake();
  }

  #listen(socket: Socket): void {
    const over = (how: CloseManner) => {
      if (this.#closed === undefined && !this.#endedHere) this.#recorder.end();
      this.#closed ??= how;
      this.#wake();
    };
    socket.on('data', (chunk: Buffer) => {
      if (this.#reader.excess !== undefined) return;
      const octets = octetsToString(chunk);
      this.#recorder.record('S', octets, this.#tls);
      this.#heard += octets.length;
      this.#reader.push(octets);
      if (this.#heard > SESSION_OCTETS) {
        this.#reader.refuse(`more than ${SESSION_OCTETS} octets came in one session`);
      }
      if (this.#reader.excess !== undefined) this.#giveUp();
      this.#wake();
    });
    socket.on('end', () => over('end'));
    socket.on('error', () => over('reset'));
    socket.on('close', () => over('end'));
  }

  /** Whoever says too much is not listened to any longer. */
  #giveUp(): void {
    this.#endedHere = true;
    this.#socket.destroy();
    this.#tcp.destroy();
  }

  async #waitForNews(limitMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, limitMs);
    this.#wake = resolve;
    await promise;
    clearTimeout(timer);
  }
}

function factsOf(socket: TLSSocket): SecuredFacts {
  const facts = { protocol: socket.getProtocol() ?? 'TLS', cipher: socket.getCipher().standardName };
  const shown = socket.getPeerX509Certificate();
  if (shown === undefined) return facts;
  const oneLine = (name: string) =>
    name
      .slice(0, 4 * NAME_KEPT)
      .trim()
      .replaceAll('\n', ', ');
  const names = shown.subjectAltName?.split(', ') ?? [];
  return {
    ...facts,
    certificate: {
      subject: oneLine(shown.subject),
      issuer: oneLine(shown.issuer),
      names: names.slice(0, NAMES_KEPT).map((name) => name.slice(0, NAME_KEPT)),
      validFrom: shown.validFromDate.toISOString(),
      validTo: shown.validToDate.toISOString(),
      fingerprint: shown.fingerprint256,
    },
  };
}

/** Whether the handshake failed because the certificate is not trusted, rather than for want of TLS. */
function isDistrust(error: Error): boolean {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return /CERT|UNABLE_TO_|ALTNAME/.test(code);
}
