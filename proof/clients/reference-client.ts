/**
 * A client that does right in every case of the check, and wrong in exactly one way where a fault is switched on: what
 * proves the grader. It is no library to send with.
 */
import { machineTime } from '../../src/conformance/clients/check-time.ts';
import type { Order } from '../../src/conformance/clients/order.ts';
import type { Fault } from './reference-faults.ts';
import { messageOf } from './reference-message.ts';
import { prepare } from './reference-order.ts';
import type { Mail, Outcome, Result } from './reference-mail.ts';
import { ReferenceSession } from './reference-session.ts';
import { BrokenLine, replyForms, SmtpLine, type ClientTime } from './smtp-line.ts';

export type { Result } from './reference-mail.ts';

/** Seconds until a reply is given up (RFC 5321 §4.5.3.2). */
const REPLY_LIMIT = 300;
/** Seconds until the next connection after a session that broke; longer each time. */
const AGAIN = [2, 5];
/** How often a mail is tried; of a client that does not give up. */
const TRIES = { right: 3, many: 14 };

/** The connection that is kept between two mails. */
interface Kept {
  session: ReferenceSession | undefined;
}

/** A client; it remembers between mails what its faults make it remember. */
export class ReferenceClient {
  readonly #faults: ReadonlySet<Fault>;
  readonly #second: number;
  readonly #time: ClientTime;
  readonly #memory = { senders: new Set<string>(), recipients: new Set<string>(), logins: new Set<string>() };

  /** `second` is how many milliseconds of `time` it takes for a second. */
  constructor(own: readonly Fault[] = [], second = 1_000, time: ClientTime = machineTime) {
    this.#time = time;
    this.#faults = new Set(own);
    this.#second = second;
  }

  /** Sends what was ordered, and says what became of each recipient. */
  async send(order: Order, signal?: AbortSignal): Promise<Result> {
    const result: Result = { accepted: [], rejected: [], deferred: [], unknown: [], failed: [] };
    if (this.#memory.senders.has(order.from) || this.#memory.logins.has(order.user)) {
      return { ...result, rejected: [...order.to] };
    }
    const { from, recipients, refused } = prepare(order, this.#faults);
    result.rejected.push(...refused);
    const kept: Kept = { session: undefined };
    try {
      for (let left = order.mails; left > 0 && recipients.length > 0; left -= 1) {
        const mail: Mail = {
          order,
          from,
          message: messageOf(order, from, this.#faults),
          open: [...recipients],
          result,
          isLast: left === 1,
        };
        for (const one of recipients.filter(({ told }) => this.#memory.recipients.has(told))) {
          mail.open.splice(mail.open.indexOf(one), 1);
          result.rejected.push(one.told);
        }
        await this.#deliver(mail, kept, signal);
      }
    } finally {
      kept.session?.line[Symbol.dispose]();
    }
    return result;
  }

  async #deliver(mail: Mail, kept: Kept, signal: AbortSignal | undefined): Promise<void> {
    const { result } = mail;
    const most = this.#faults.has('tries for ever') ? TRIES.many : TRIES.right;
    for (let tries = 1; tries <= most; tries += 1) {
      const outcome = await this.#try(mail, kept, signal);
      const left = mail.open.map(({ told }) => told);
      if (outcome.kind === 'never') result.rejected.push(...left);
      if (outcome.kind === 'unknown') result.unknown.push(...left);
      if (outcome.kind === 'failed') result.failed.push(...left);
      if (outcome.kind !== 'later') return;
      const seconds = outcome.again ?? AGAIN[tries - 1];
      if (seconds === undefined || tries === most || outcome.again === Number.POSITIVE_INFINITY) {
        if (!this.#faults.has('drops the mail on 4yz') || outcome.code === undefined)
          result.deferred.push(...left);
        return;
      }
      await this.#time.wait(seconds * this.#second, signal);
      if (this.#faults.has('composes each try anew'))
        mail.message = messageOf(mail.order, mail.from, this.#faults);
      if (outcome.code === 421 && this.#faults.has('reconnects in parallel after 421'))
        await this.#storm(mail.order);
    }
  }

  async #try(mail: Mail, kept: Kept, signal: AbortSignal | undefined): Promise<Outcome> {
    let { session } = kept;
    // a goodbye that is on its way arrives
    if (session !== undefined && this.#faults.has('writes on after an idle 421'))
      await this.#time.wait(0.5 * this.#second);
    if (session !== undefined && !session.line.isQuiet) {
      if (this.#faults.has('writes on after an idle 421')) return session.writeBlindly(mail);
      session.line[Symbol.dispose]();
      session = undefined;
    }
    const state = { dotSent: false, inHandshake: false };
    let line = session?.line;
    const stop = () => line?.[Symbol.dispose]();
    signal?.addEventListener('abort', stop, { once: true });
    let isKept = false;
    try {
      line ??= await this.#open(mail.order);
      const isNew = session === undefined;
      session ??= new ReferenceSession(line, {
        faults: this.#faults,
        second: this.#second,
        time: this.#time,
        memory: this.#memory,
        signal,
      });
      const outcome =
        (isNew ? await session.begin(mail.order, state) : undefined) ?? (await session.transact(mail, state));
      // a session that was kept may have ended meanwhile: that is no refusal of this mail
      if (!isNew && outcome.kind === 'later') return { ...outcome, again: 0 };
      isKept = outcome.kind === 'done' && !mail.isLast && session.isUsable;
      return outcome;
    } catch (fault) {
      if (!(fault instanceof BrokenLine)) throw fault;
      if (state.inHandshake && this.#faults.has('plain after a failed handshake')) {
        mail.order = { ...mail.order, tls: 'none' };
        return { kind: 'later', again: 0, code: undefined };
      }
      if (state.dotSent) return this.#afterTheDot(fault);
      const isOver = signal?.aborted === true || fault.message === 'No reply in time.';
      return { kind: 'later', again: isOver ? Number.POSITIVE_INFINITY : undefined, code: undefined };
    } finally {
      signal?.removeEventListener('abort', stop);
      kept.session = isKept ? session : undefined;
      if (!isKept) line?.[Symbol.dispose]();
    }
  }

  /** The final dot was sent, and no reply came. */
  #afterTheDot({ message }: BrokenLine): Outcome {
    const isLate = message === 'No reply in time.';
    const fault = isLate ? 'sends again where the reply is late' : 'double send after the cut';
    if (this.#faults.has(fault)) return { kind: 'later', again: 0, code: undefined };
    return this.#faults.has('calls a cut temporary')
      ? { kind: 'later', again: Number.POSITIVE_INFINITY, code: undefined }
      : { kind: 'unknown' };
  }

  async #open({ host, port, tls, ca, serverName: servername }: Order): Promise<SmtpLine> {
    const form = this.#faults.has('takes a segment for a reply')
      ? replyForms.segment
      : this.#faults.has('reads fifty lines of a reply')
        ? replyForms.fifty
        : undefined;
    const open = (secure?: { readonly servername: string; readonly ca: string }) =>
      SmtpLine.open({ host, port, secure }, REPLY_LIMIT * this.#second, this.#time, form);
    if (tls !== 'implicit') return open();
    if (!this.#faults.has('plain bytes to 465')) return open({ servername, ca });
    const line = await open();
    line.write('EHLO client.example\r\n');
    return line;
  }

  async #storm({ host, port }: Order): Promise<void> {
    const lines = await Promise.all(
      [1, 2, 3].map(() => SmtpLine.open({ host, port, secure: undefined }, this.#second, this.#time)),
    );
    await this.#time.wait(0.2 * this.#second);
    for (const line of lines) line[Symbol.dispose]();
  }
}
