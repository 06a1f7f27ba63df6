/**
 * A client that does right in every case of the check, and wrong in exactly one way where a fault is switched on: what
 * proves the grader. It is no library to send with.
 */
import { machineTime } from '../../src/conformance/clients/check-time.ts';
import type { Order } from '../../src/conformance/clients/order.ts';
import type { Fault } from './reference-faults.ts';
import { messageOf } from './reference-message.ts';
import { BrokenLine, SmtpLine, type ClientTime, type Reply } from './smtp-line.ts';

/** What it says of each recipient. */
export interface Result {
  readonly accepted: string[];
  readonly rejected: string[];
  readonly deferred: string[];
  readonly unknown: string[];
  readonly failed: string[];
}

/** What came of one try. */
type Outcome =
  | { readonly kind: 'done' }
  /** Refused or broken, for all that are still open; `again` is how many seconds until a try is worth it. */
  | { readonly kind: 'later'; readonly again: number | undefined; readonly code: number | undefined }
  | { readonly kind: 'never' }
  | { readonly kind: 'unknown' }
  /** It failed, and why is lost. */
  | { readonly kind: 'failed' };

/** Seconds until a reply is given up (RFC 5321 §4.5.3.2). */
const REPLY_LIMIT = 300;
/** Seconds until the reply to the final dot is given up (RFC 5321 §4.5.3.2.6); fewer for a client that has no patience. */
const LAST_REPLY_LIMIT = { right: 600, impatient: 5 };
/** How often a client says EHLO that cannot take no for an answer. */
const LOOPS = 30;
/** Seconds until the next connection after a session that broke; longer each time. */
const AGAIN = [2, 5];

/** A client; it remembers between mails what its faults make it remember. */
export class ReferenceClient {
  readonly #faults: ReadonlySet<Fault>;
  readonly #second: number;
  readonly #time: ClientTime;
  readonly #refusedSenders = new Set<string>();
  readonly #suppressed = new Set<string>();

  /** `second` is how many milliseconds of `time` it takes for a second. */
  constructor(own: readonly Fault[] = [], second = 1_000, time: ClientTime = machineTime) {
    this.#time = time;
    this.#faults = new Set(own);
    this.#second = second;
  }

  /** Sends one mail, and says what became of each recipient. */
  async send(order: Order, signal?: AbortSignal): Promise<Result> {
    const result: Result = { accepted: [], rejected: [], deferred: [], unknown: [], failed: [] };
    if (this.#refusedSenders.has(order.from)) return { ...result, rejected: [...order.to] };
    const open = new Set(order.to);
    for (const address of order.to) {
      if (this.#suppressed.has(address)) move(open, address, result.rejected);
    }
    const message = messageOf(order, this.#faults.has('no dot-stuffing') ? 'as it is' : 'in base64');
    for (const pause of [...AGAIN, undefined]) {
      const outcome = await this.#try(order, message, open, result, signal);
      const left = [...open];
      if (outcome.kind === 'never') result.rejected.push(...left);
      if (outcome.kind === 'unknown') result.unknown.push(...left);
      if (outcome.kind === 'failed') result.failed.push(...left);
      if (outcome.kind !== 'later') return result;
      const seconds = outcome.again ?? pause;
      if (seconds === undefined || outcome.again === Number.POSITIVE_INFINITY) {
        if (!this.#faults.has('drops the mail on 4yz') || outcome.code === undefined)
          result.deferred.push(...left);
        return result;
      }
      await this.#time.wait(seconds * this.#second, signal);
      if (outcome.code === 421 && this.#faults.has('reconnects in parallel after 421'))
        await this.#storm(order);
    }
    result.deferred.push(...open);
    return result;
  }

  async #try(
    order: Order,
    message: string,
    open: Set<string>,
    result: Result,
    signal: AbortSignal | undefined,
  ): Promise<Outcome> {
    const state = { dotSent: false };
    let line: SmtpLine | undefined;
    const stop = () => line?.[Symbol.dispose]();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      line = await this.#open(order);
      return await this.#session(line, order, message, open, result, state);
    } catch (fault) {
      if (!(fault instanceof BrokenLine)) throw fault;
      if (!state.dotSent) {
        const isOver = signal?.aborted === true || fault.message === 'No reply in time.';
        return { kind: 'later', again: isOver ? Number.POSITIVE_INFINITY : undefined, code: undefined };
      }
      return this.#afterTheDot(fault);
    } finally {
      signal?.removeEventListener('abort', stop);
      line?.[Symbol.dispose]();
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
    const open = (secure?: { readonly servername: string; readonly ca: string }) =>
      SmtpLine.open({ host, port, secure }, REPLY_LIMIT * this.#second, this.#time);
    if (tls !== 'implicit') return open();
    if (!this.#faults.has('plain bytes to 465')) return open({ servername, ca });
    const line = await open();
    line.write('EHLO client.example\r\n');
    return line;
  }

  async #session(
    line: SmtpLine,
    order: Order,
    message: string,
    open: Set<string>,
    result: Result,
    state: { dotSent: boolean },
  ): Promise<Outcome> {
    const greeting = await line.reply();
    if (greeting.code !== 220) return this.#leave(line, greeting);
    const hello = await this.#hello(line, order);
    if (hello !== undefined) return hello;
    const secret = Buffer.from(`\0${order.user}\0${order.password}`).toString('base64');
    let login = await line.say(`AUTH PLAIN ${secret}`);
    for (let tries = 0; tries < 3 && login.code === 535 && this.#faults.has('retries 535'); tries += 1) {
      login = await line.say(`AUTH PLAIN ${secret}`);
    }
    // a login that was refused is refused for long: nobody asks again within one call
    if (login.code !== 235) return notAgain(await this.#leave(line, login));
    const mail = await line.say(`MAIL FROM:<${order.from}>`);
    if (mail.code !== 250) {
      if (mail.code === 553 && this.#faults.has('caches 553')) this.#refusedSenders.add(order.from);
      return this.#afterMail(mail, await this.#leave(line, mail));
    }
    return this.#transaction(line, message, open, result, state);
  }

  async #hello(line: SmtpLine, order: Order): Promise<Outcome | undefined> {
    const list = await line.say('EHLO client.example');
    if (list.code === 421 && this.#faults.has('says HELO after 421')) {
      line.write('HELO client.example\r\n');
      await this.#time.wait(20);
      return { kind: 'failed' };
    }
    if (list.code !== 250) return this.#leave(line, list);
    if (order.tls !== 'starttls') return undefined;
    const mayGoOn = this.#faults.has('AUTH before TLS');
    if (!/^250[- ]STARTTLS\r?$/im.test(list.text)) {
      return mayGoOn ? undefined : this.#stayOut(line);
    }
    const reply = await line.say('STARTTLS');
    if (reply.code !== 220) return mayGoOn ? undefined : this.#stayOut(line);
    const keep = this.#faults.has('reuses what it learnt before TLS') ? 'what came before' : 'nothing';
    await line.secure(order.serverName, order.ca, keep);
    const again = await line.say('EHLO client.example');
    return again.code === 250 ? undefined : this.#leave(line, again);
  }

  /** 451 names its seconds; what is refused for the sender's sake does not mend itself within one call. */
  #afterMail(reply: Reply, outcome: Outcome): Outcome {
    if (outcome.kind !== 'later') return outcome;
    const seconds = /retry after (\d+) seconds/.exec(reply.text)?.[1];
    if (seconds === undefined) return notAgain(outcome);
    const again = this.#faults.has('retries 451 after 1 s') ? 1 : Number(seconds) + 0.5;
    return this.#faults.has('drops the mail on 4yz') ? notAgain(outcome) : { ...outcome, again };
  }

  async #transaction(
    line: SmtpLine,
    message: string,
    open: Set<string>,
    result: Result,
    state: { dotSent: boolean },
  ): Promise<Outcome> {
    const taken: string[] = [];
    const refused: string[] = [];
    for (const address of open) {
      const reply = await line.say(`RCPT TO:<${address}>`);
      if (reply.code === 421) return this.#leave(line, reply);
      if (reply.code < 300) taken.push(address);
      else if (this.#isTemporary(reply)) refused.push(address);
      else {
        move(open, address, result.rejected);
        if (this.#faults.has('suppresses for ever')) this.#suppressed.add(address);
      }
    }
    if (taken.length > 0) {
      const ended = await this.#sendMessage(line, message, taken, open, result, state);
      if (ended !== undefined) return ended;
    }
    const all =
      refused.length > 0 && taken.length > 0 && this.#faults.has('resends to all after a partial refusal');
    for (const address of refused) {
      open.delete(address);
      if (!this.#faults.has('drops the mail on 4yz') && !all) result.deferred.push(address);
    }
    await this.#goodbye(line);
    if (!all) return { kind: 'done' };
    for (const address of [...taken, ...refused]) open.add(address);
    result.accepted.length = 0;
    return { kind: 'later', again: 0, code: undefined };
  }

  async #sendMessage(
    line: SmtpLine,
    message: string,
    taken: readonly string[],
    open: Set<string>,
    result: Result,
    state: { dotSent: boolean },
  ): Promise<Outcome | undefined> {
    const go = await line.say('DATA');
    if (go.code !== 354 && !this.#faults.has('DATA without 354'))
      return notAgain(await this.#leave(line, go));
    line.write(message);
    state.dotSent = go.code === 354;
    const { right, impatient } = LAST_REPLY_LIMIT;
    const limit = this.#faults.has('sends again where the reply is late') ? impatient : right;
    const reply = await line.reply(limit * this.#second);
    state.dotSent = false;
    if (go.code !== 354) return notAgain(await this.#leave(line, go));
    if (reply.code >= 300) return notAgain(await this.#leave(line, reply));
    for (const address of taken) move(open, address, result.accepted);
    return undefined;
  }

  /** Ends the session after a refusal, and says what the refusal means. */
  async #leave(line: SmtpLine, reply: Reply): Promise<Outcome> {
    if (reply.code === 421 && this.#faults.has('ignores 421')) {
      await this.#time.wait(20);
      line.write('NOOP\r\nDATA\r\n');
      await this.#time.wait(20);
      return { kind: 'later', again: undefined, code: undefined };
    }
    if (reply.code !== 421) await this.#goodbye(line);
    return this.#isTemporary(reply)
      ? { kind: 'later', again: undefined, code: reply.code }
      : { kind: 'never' };
  }

  /** Without TLS nothing is said; a person has to look, and the mail is kept. */
  async #stayOut(line: SmtpLine): Promise<Outcome> {
    const loops = this.#faults.has('loops without STARTTLS') ? LOOPS : 0;
    for (let loop = 0; loop < loops; loop += 1) await line.say('EHLO client.example');
    await this.#goodbye(line);
    return { kind: 'later', again: Number.POSITIVE_INFINITY, code: undefined };
  }

  async #goodbye(line: SmtpLine): Promise<void> {
    if (this.#faults.has('no QUIT')) return;
    await line.say('QUIT').catch(() => undefined);
    line.end();
  }

  #isTemporary({ code, text }: Reply): boolean {
    if (!this.#faults.has('takes text for code')) return code < 500;
    const read = text
      .replaceAll(/^\d{3}/gm, '')
      .match(/(?<![\d.])[45]\d\d(?![\d.])/g)
      ?.at(-1);
    return Number(read ?? code) < 500;
  }

  async #storm({ host, port }: Order): Promise<void> {
    const lines = await Promise.all(
      [1, 2, 3].map(() => SmtpLine.open({ host, port, secure: undefined }, this.#second, this.#time)),
    );
    await this.#time.wait(0.2 * this.#second);
    for (const line of lines) line[Symbol.dispose]();
  }
}

function notAgain(outcome: Outcome): Outcome {
  return outcome.kind === 'later' ? { ...outcome, again: Number.POSITIVE_INFINITY } : outcome;
}

function move(open: Set<string>, address: string, to: string[]): void {
  open.delete(address);
  to.push(address);
}
