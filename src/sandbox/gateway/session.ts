import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { SMTPServer } from 'smtp-server';
import { SMTPConnection, type SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection.js';
import { formatReply, type Reply } from '../../smtp/reply.ts';
import { answerConnect, answerLine, answerMessage, faultAnswer, type Answer } from './dialogue.ts';
import type { Interruption } from '../policy/protocol-verbs.ts';
import { freshState, type DialogueState } from './dialogue-state.ts';
import type { SessionContext } from './session-context.ts';
import { ForcedReplyWriter, withForcedReply } from './forced-reply.ts';
import type { ListenerGroup } from './listener-group.ts';
import { mayFollow, ReplyGathering } from './reply-gathering.ts';
import type { SessionSetup } from './session-setup.ts';
import { sessionChoices } from './session-standing.ts';
import { StrictParser, type ReceivedLine, type ReceivedMessage } from './strict-parser.ts';
import type { SessionRecorder } from './transcript-recorder.ts';
import { tlsFactsOf } from './tls-facts.ts';
import type { WireStream } from './wire.ts';

/**
 * One session on its socket. The library brings TLS, time-outs and the close; the strict parser lines and messages; the
 * dialogue the answers. Here, and nowhere else, a reply becomes bytes.
 */
export class Session extends SMTPConnection {
  readonly #setup: SessionSetup<Session>;
  readonly #state: DialogueState;
  readonly #context: SessionContext;
  readonly #recorder: SessionRecorder;
  #wire: WireStream;
  readonly #end = Promise.withResolvers<void>();
  #ending = false;
  readonly #gathering = new ReplyGathering(() => this._socket);
  readonly #forced = new ForcedReplyWriter({
    socket: () => this._socket,
    send: (octets) => this.#send(octets),
    pause: (milliseconds) => this.#setup.parts.pause(milliseconds),
    sayGoodbye: () => this.send(421),
  });
  #inputIsOver = false;

  constructor(
    server: SMTPServer,
    socket: Socket | TLSSocket,
    options: SMTPConnectionOptions | undefined,
    setup: SessionSetup<Session>,
  ) {
    super(server, socket, options);
    // a client may close its side behind a command, and is owed the reply (RFC 5321 §4.1.1.4)
    socket.allowHalfOpen = true;
    this.#setup = setup;
    this.#state = freshState(this.secure);
    this.#wire = setup.parts.wire.open(this.secure);
    this.#recorder = setup.parts.recorder.open({
      id: this.id,
      port: setup.port,
      startedAt: setup.parts.clock.now(),
      clientAddress: this.remoteAddress,
    });
    if (setup.group.owner !== undefined) this.#recorder.belongsTo(setup.group.owner);
    socket.once('end', () => this.#noteHalfClose());
    this.#context = {
      state: this.#state,
      group: setup.group,
      parts: setup.parts,
      starttlsOffered: !setup.implicitTls,
      clientAddress: this.remoteAddress,
      sessionId: this.id,
    };
  }

  /** The listeners on which it began. */
  get group(): ListenerGroup {
    return this.#setup.group;
  }

  /** The account that this session belongs to, once that is known. */
  get account(): string | undefined {
    return this.#state.connection?.account ?? this.group.owner;
  }

  /** Whether something that the client sent is still to be answered. */
  get busy(): boolean {
    if (this._closing || this._closed) return false;
    return this._handlerPending || (this._parser instanceof StrictParser && this._parser.busy);
  }

  /** Greets in the next turn of the event loop; whoever talks before that is refused (RFC 5321 §3.1). */
  override init(): void {
    this._setListeners(() => {
      setImmediate(() => this.#own(this.#greet()));
    });
  }

  override _createParser(): StrictParser {
    return new StrictParser(
      {
        line: (line) => this.#own(this.#takeLine(line)),
        ended: () => this.#clientEnded(),
        tooSlow: () => this.send(421),
      },
      {
        now: () => this.#setup.parts.elapsed(),
        limitMs: (of) => this.#setup.parts.choices[of === 'line' ? 'idleMs' : 'messageMs'],
      },
      (octets) => this.#wire.received(octets),
    );
  }

  /** Whoever closes its side and is owed a reply may wait for it, or be gone; only the transcript tells when that was. */
  #noteHalfClose(): void {
    if (this.busy) this.#recorder.halfClosed();
    this.#wire.ended?.();
  }

  /** Nothing more can come, and all that came whole is answered but the greeting, perhaps (rule `protocol.close.half`). */
  #clientEnded(): void {
    this.#inputIsOver = true;
    if (this._ready && !this._handlerPending) this.close();
  }

  /** Answers out of turn; after anything but a fault the session is over. */
  #interrupt(why: Interruption): void {
    this.#write(this.#setup.parts.policy.interruption(why).reply);
    if (why !== 'local fault') this.close();
  }

  /** Replies that the library wants to send of itself: none has a text that the contract knows. */
  override send(code: number): void {
    this.#interrupt(code === 421 ? 'idle' : 'local fault');
  }

  /** What a client says after a goodbye is noted: it tells how the client reads 421. */
  override close(): void {
    const wasOpen = !this._closing && !this._closed;
    super.close();
    if (wasOpen && !this._upgrading) {
      this._socket.on('data', (octets: Buffer) =>
        this.#recorder.late(octets.toString('latin1'), this.secure),
      );
    }
  }

  override _onClose(): void {
    super._onClose();
    this.#recorder.closed();
    this.#setup.onEnd(this);
    this.#end.resolve();
  }

  /** Resolves when the socket is closed. */
  get ended(): Promise<void> {
    return this.#end.promise;
  }

  /** Ends the session: at once with a 421 where it is idle, else after the answer that is under way. */
  endSoon(): void {
    this.#ending = true;
    if (!this.busy) this.#sayGoodbye();
  }

  #sayGoodbye(): void {
    if (!this._closing) this.#interrupt('shutting down');
    this._socket.destroySoon();
  }

  async #greet(): Promise<void> {
    if (this._closing || this._closed) return;
    this._setClientHostname('');
    this._resetSession();
    this._ready = true;
    this.#noteTls();
    await this.#answer(() => answerConnect(this.#context, this.group.openSessions));
  }

  async #takeLine(line: ReceivedLine): Promise<void> {
    // what came before the handshake is never executed (RFC 3207 §4.2)
    if (this._upgrading) return;
    if (!this._ready) {
      this.#interrupt('too soon');
      return;
    }
    this.#recordLine(line);
    const before = this.#state.connection;
    await this.#answer(() => answerLine(this.#context, line));
    const after = this.#state.connection;
    if (after !== undefined && after !== before) this.#recorder.belongsTo(after.account);
  }

  async #answer(answer: () => Promise<Answer>): Promise<void> {
    this._handlerPending = true;
    const decided = await answer().catch((fault: unknown) => {
      this.#setup.parts.onFault(fault);
      return faultAnswer(this.#context);
    });
    const { forcedReply } = this.#state;
    this.#state.forcedReply = undefined;
    const result = forcedReply === undefined ? decided : withForcedReply(decided, forcedReply);
    if (forcedReply !== undefined && !(await this.#forced.before(forcedReply, result.decision.reply))) return;
    this._handlerPending = false;
    this.#follow(result);
    if (forcedReply !== undefined) this.#forced.after(forcedReply);
  }

  /** Writes a decision, the only place that does, and does what follows it; what is injected leaves in one packet. */
  #follow({ decision, next, injected }: Answer): void {
    this.#write(decision.reply, injected);
    if (decision.kind !== 'accept') this.#recorder.decided(decision.rule);
    if (this.#ending) {
      this.#sayGoodbye();
      return;
    }
    switch (next) {
      case 'close':
        this.close();
        return;
      case 'start TLS':
        this.#startTls();
        return;
      case 'receive message':
        this.#own(this.#receiveMessage());
        return;
      case 'go on':
        if (this.#inputIsOver) this.close();
        else this.#goOn();
        return;
    }
  }

  async #receiveMessage(): Promise<void> {
    const { sizeLimit } = await sessionChoices(this.#context);
    const parser = this._parser;
    if (!(parser instanceof StrictParser)) return;
    parser.receiveMessage(sizeLimit, (message) => this.#own(this.#takeMessage(message)));
    parser.goOn();
  }

  async #takeMessage(message: ReceivedMessage): Promise<void> {
    this.#recorder.message(message.octets, this.#state.tls);
    await this.#answer(() => answerMessage(this.#context, message));
  }

  /** Goes on reading once the replies so far have left: a client that reads none must not fill the memory. */
  #goOn(): void {
    const parser = this._parser;
    if (parser instanceof StrictParser) this._whenWritable(() => parser.goOn());
  }

  #startTls(): void {
    const retired = this._parser;
    // a client that leaves in the middle of the handshake is gone
    this._socket.allowHalfOpen = false;
    this.upgrade(
      () => {
        if (retired instanceof StrictParser) retired.goOn();
      },
      () => {
        this._socket.allowHalfOpen = true;
        this._socket.once('end', () => this.#noteHalfClose());
        this.#noteTls();
      },
    );
    // all knowledge of the client is dropped (RFC 3207 §4.2)
    Object.assign(this.#state, freshState(true));
    this.#wire = this.#setup.parts.wire.open(true);
  }

  #write(reply: Reply, injected?: Reply): void {
    // during the handshake the socket below would carry plain text into the TLS records
    if (this._upgrading || !this._socket.writable) return;
    const octets = `${formatReply(reply)}${injected === undefined ? '' : formatReply(injected)}`;
    this.#recorder.wire(octets, this.#state.tls);
    const moreFollows = mayFollow(reply) && this._parser instanceof StrictParser && this._parser.hasMore;
    if (moreFollows) this.#gathering.gather();
    this.#send(this.#forced.rest(octets));
    // behind the write, so that the last reply of a pipeline leaves together with those before it
    if (!moreFollows) this.#gathering.letGo();
  }

  #send(octets: string): void {
    if (this._socket.writable) this._socket.write(this.#wire.sent(Buffer.from(octets, 'latin1')));
  }

  #recordLine(line: ReceivedLine): void {
    const text = line.kind === 'too long' ? '(a line too long)' : line.octets;
    this.#recorder.line(`${text}\r\n`, this.#state.tls);
  }

  #noteTls(): void {
    const facts = tlsFactsOf(this._socket, this.session.servername);
    if (facts !== undefined) this.#recorder.secured(facts);
  }

  /** A fault outside an answer has no reply to carry it: it is reported, and the session ends. */
  #own(work: Promise<void>): void {
    work.catch((fault: unknown) => {
      this.#setup.parts.onFault(fault);
      this._socket.destroy();
    });
  }
}
