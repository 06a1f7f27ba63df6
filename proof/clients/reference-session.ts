import type { Order } from '../../src/conformance/clients/order.ts';
import type { Fault } from './reference-faults.ts';
import type { Mail, Outcome, Progress } from './reference-mail.ts';
import type { Recipient } from './reference-order.ts';
import { loginByToken } from './reference-token.ts';
import type { ClientTime, Reply, SmtpLine } from './smtp-line.ts';

/** What sessions of one client share. */
interface Own {
  readonly faults: ReadonlySet<Fault>;
  readonly second: number;
  readonly time: ClientTime;
  readonly memory: {
    readonly senders: Set<string>;
    readonly recipients: Set<string>;
    readonly logins: Set<string>;
  };
  readonly signal: AbortSignal | undefined;
}

/** Seconds until the reply to the final dot is given up (RFC 5321 §4.5.3.2.6); fewer for a client that has no patience. */
const LAST_REPLY_LIMIT = { right: 600, impatient: 5 };
/** How often a client says EHLO that cannot take no for an answer. */
const LOOPS = 30;
/** Octets of a command line, its CRLF included (RFC 5321 §4.5.3.1.4). */
const COMMAND_LINE = 512;

/** One connection of the reference client, from the greeting to QUIT. */
export class ReferenceSession {
  readonly line: SmtpLine;
  readonly #own: Own;
  #extensions = '';
  #isOver = false;

  constructor(line: SmtpLine, own: Own) {
    this.line = line;
    this.#own = own;
  }

  /** Whether another mail may follow. */
  get isUsable(): boolean {
    return !this.#isOver;
  }

  /** Greeting, EHLO, TLS and login; what came of it where a mail cannot follow. */
  async begin(order: Order, progress: Progress): Promise<Outcome | undefined> {
    const greeting = await this.line.reply();
    if (greeting.code !== 220) return this.#leave(greeting);
    if (this.#has('takes a long greeting for a refusal') && greeting.text.startsWith('220-'))
      return { kind: 'never' };
    const hello = await this.#hello(order, progress);
    if (hello !== undefined) return hello;
    if (order.token !== undefined) return this.#begin(await loginByToken(this.line, order, this.#own.faults));
    const plain = `\0${order.user}\0${order.password}`;
    const secret = Buffer.from(plain, this.#has('a password in Latin-1') ? 'latin1' : 'utf8').toString(
      'base64',
    );
    let login = await this.#login(secret);
    for (let tries = 0; tries < 3 && login.code === 535 && this.#has('retries 535'); tries += 1) {
      login = await this.#login(secret);
    }
    if (login.code >= 500 && this.#has('strikes out a refused login'))
      this.#own.memory.logins.add(order.user);
    return this.#begin(login);
  }

  /** A login that was refused is refused for long: nobody asks again within one call. */
  async #begin(login: Reply): Promise<Outcome | undefined> {
    return login.code === 235 ? undefined : notAgain(await this.#leave(login));
  }

  async #login(secret: string): Promise<Reply> {
    const whole = `AUTH PLAIN ${secret}`;
    if (whole.length + 2 <= COMMAND_LINE || this.#has('AUTH in one line')) return this.line.say(whole);
    const challenge = await this.line.say('AUTH PLAIN');
    return challenge.code === 334 ? this.line.say(secret) : challenge;
  }

  async #hello(order: Order, progress: Progress): Promise<Outcome | undefined> {
    const list = await this.line.say('EHLO client.example');
    if (list.code === 421 && this.#has('says HELO after 421')) {
      this.line.write('HELO client.example\r\n');
      await this.#own.time.wait(20);
      return { kind: 'failed' };
    }
    if (list.code !== 250) return this.#leave(list);
    this.#extensions = list.text;
    if (order.tls !== 'starttls') return undefined;
    const mayGoOn = this.#has('AUTH before TLS');
    if (!/^250[- ]STARTTLS\r?$/im.test(list.text)) return mayGoOn ? undefined : this.#stayOut();
    const reply = await this.line.say('STARTTLS');
    if (reply.code !== 220) return mayGoOn ? undefined : this.#stayOut();
    progress.inHandshake = true;
    const keep = this.#has('reuses what it learnt before TLS') ? 'what came before' : 'nothing';
    await this.line.secure(order.serverName, order.ca, keep);
    progress.inHandshake = false;
    const again = await this.line.say('EHLO client.example');
    this.#extensions = again.text;
    return again.code === 250 ? undefined : this.#leave(again);
  }

  /** One mail over this session. */
  async transact(mail: Mail, progress: Progress): Promise<Outcome> {
    if (this.#isTooLarge(mail)) {
      await this.#goodbye();
      return { kind: 'never' };
    }
    const parameters = this.#has('says what was not offered') ? ' BODY=8BITMIME' : '';
    let reply = await this.line.say(`MAIL FROM:<${mail.from}>${parameters}`);
    for (let tries = 0; tries < 2 && isForNow(reply) && this.#has('retries 4yz at once'); tries += 1) {
      reply = await this.line.say(`MAIL FROM:<${mail.from}>${parameters}`);
    }
    if (!this.#isTaken(reply)) {
      if (reply.code === 553 && this.#has('caches 553')) this.#own.memory.senders.add(mail.order.from);
      return this.#afterMail(reply, await this.#leave(reply));
    }
    const taken: Recipient[] = [];
    const refused: Recipient[] = [];
    for (const one of mail.open) {
      const answer = await this.line.say(`RCPT TO:<${one.wire}>${this.#receipts(mail.order)}`);
      if (answer.code === 421) return this.#leave(answer);
      if (this.#isTaken(answer)) taken.push(one);
      else if (this.#isTemporary(answer)) refused.push(one);
      else {
        mail.result.rejected.push(one.told);
        if (this.#has('suppresses for ever')) this.#own.memory.recipients.add(one.told);
        if (this.#has('no RSET before the next mail') && !mail.isLast) {
          mail.result.failed.push(...taken.map(({ told }) => told));
          return { kind: 'done' };
        }
      }
    }
    mail.open = [...taken, ...refused];
    return this.#rest(mail, { taken, refused }, progress);
  }

  async #rest(
    mail: Mail,
    { taken, refused }: { readonly taken: readonly Recipient[]; readonly refused: readonly Recipient[] },
    progress: Progress,
  ): Promise<Outcome> {
    const ended = taken.length > 0 ? await this.#sendMessage(mail, taken, progress) : undefined;
    if (ended !== undefined) return ended;
    const all = refused.length > 0 && taken.length > 0 && this.#has('resends to all after a partial refusal');
    if (!this.#has('drops the mail on 4yz') && !all)
      mail.result.deferred.push(...refused.map(({ told }) => told));
    mail.open = [];
    const isClean = mail.isLast || taken.length === 0 ? await this.#goodbye() : true;
    if (!isClean && taken.length > 0) return this.#afterQuit(mail, taken);
    if (!all) return { kind: 'done' };
    mail.open = [...taken, ...refused];
    mail.result.accepted.length = 0;
    return { kind: 'later', again: 0, code: undefined };
  }

  /** The mail is accepted: how the session ends is of no matter. */
  async #afterQuit(mail: Mail, taken: readonly Recipient[]): Promise<Outcome> {
    if (this.#has('hangs on a closed connection')) {
      await this.#own.time.wait(10_000 * this.#own.second, this.#own.signal);
    }
    const isAgain = this.#has('sends again after a cut at QUIT');
    if (!isAgain && !this.#has('calls a cut at QUIT a failure')) return { kind: 'done' };
    mail.result.accepted.length = 0;
    mail.open = [...taken];
    return isAgain ? { kind: 'later', again: 0, code: undefined } : { kind: 'failed' };
  }

  async #sendMessage(
    mail: Mail,
    taken: readonly Recipient[],
    progress: Progress,
  ): Promise<Outcome | undefined> {
    const go = await this.line.say('DATA');
    if (go.code !== 354 && !this.#has('DATA without 354')) return this.#refusedForNow(await this.#leave(go));
    this.line.write(mail.message);
    progress.dotSent = go.code === 354;
    const { right, impatient } = LAST_REPLY_LIMIT;
    const limit = this.#has('sends again where the reply is late') ? impatient : right;
    const reply = await this.line.reply(limit * this.#own.second);
    progress.dotSent = false;
    if (go.code !== 354) return notAgain(await this.#leave(go));
    if (!this.#isTaken(reply)) {
      const outcome = await this.#leave(reply);
      return reply.code === 552 && this.#has('sends over SIZE again')
        ? { kind: 'later', again: 2, code: undefined }
        : this.#refusedForNow(outcome);
    }
    mail.open = mail.open.filter((one) => !taken.includes(one));
    mail.result.accepted.push(...taken.map(({ told }) => told));
    return undefined;
  }

  /** Writes a mail into a session that has ended, and reads nothing. */
  writeBlindly(mail: Mail): Outcome {
    this.line.write(`MAIL FROM:<${mail.from}>\r\n`);
    for (const { wire } of mail.open) this.line.write(`RCPT TO:<${wire}>\r\n`);
    mail.result.accepted.push(...mail.open.map(({ told }) => told));
    return { kind: 'done' };
  }

  #isTooLarge({ message }: Mail): boolean {
    const size = /^250[- ]SIZE (\d+)\r?$/im.exec(this.#extensions)?.[1];
    if (size === undefined || this.#has('sends over SIZE again')) return false;
    const isLimited = Number(size) > 0 || this.#has('takes SIZE 0 for a limit');
    return isLimited && Buffer.byteLength(message) > Number(size);
  }

  /** 451 names its seconds; what is refused for the sender's sake does not mend itself within one call. */
  #afterMail(reply: Reply, outcome: Outcome): Outcome {
    if (outcome.kind !== 'later') return outcome;
    const seconds = /retry after (\d+) seconds/.exec(reply.text)?.[1];
    if (this.#has('tries for ever') && reply.code !== 421) return { ...outcome, again: 0.4 };
    if (seconds === undefined) return this.#refusedForNow(outcome);
    const again = this.#has('retries 451 after 1 s') ? 1 : Number(seconds) + 0.5;
    return this.#has('drops the mail on 4yz') ? notAgain(outcome) : { ...outcome, again };
  }

  /** What is refused for now is its caller's again; a careless client comes again by itself. */
  #refusedForNow(outcome: Outcome): Outcome {
    return outcome.kind === 'later' && outcome.code !== 421 && this.#has('composes each try anew')
      ? { ...outcome, again: undefined }
      : notAgain(outcome);
  }

  /** Ends the session after a refusal, and says what the refusal means. */
  async #leave(reply: Reply): Promise<Outcome> {
    this.#isOver = true;
    if (reply.code === 421 && this.#has('ignores 421')) {
      await this.#own.time.wait(20);
      this.line.write('NOOP\r\nDATA\r\n');
      await this.#own.time.wait(20);
      return { kind: 'later', again: undefined, code: undefined };
    }
    if (reply.code !== 421) await this.#goodbye();
    return this.#isTemporary(reply)
      ? { kind: 'later', again: undefined, code: reply.code }
      : { kind: 'never' };
  }

  /** Without TLS nothing is said; a person has to look, and the mail is kept. */
  async #stayOut(): Promise<Outcome> {
    const loops = this.#has('loops without STARTTLS') ? LOOPS : 0;
    for (let loop = 0; loop < loops; loop += 1) await this.line.say('EHLO client.example');
    await this.#goodbye();
    return { kind: 'later', again: Number.POSITIVE_INFINITY, code: undefined };
  }

  /** Says QUIT; whether a 221 came. */
  async #goodbye(): Promise<boolean> {
    this.#isOver = true;
    if (this.#has('no QUIT')) return true;
    const reply = await this.line.say('QUIT').catch(() => undefined);
    this.line.end();
    return reply?.code === 221;
  }

  /** What asks for receipts, where the server offers them. */
  #receipts({ dsn }: Order): string {
    const isOffered = /^250[- ]DSN\r?$/im.test(this.#extensions);
    const isAsked = dsn.length > 0 && (isOffered || this.#has('asks for receipts that are not offered'));
    return isAsked ? ` NOTIFY=${dsn.join(',').toUpperCase()}` : '';
  }

  #isTaken({ code }: Reply): boolean {
    return this.#has('knows 250 alone') ? code === 250 : code < 300;
  }

  #isTemporary({ code, text }: Reply): boolean {
    const enhanced = /^\d{3} ([245])\.\d+\.\d+/.exec(text)?.[1];
    if (enhanced !== undefined && this.#has('takes the enhanced code for the code')) return enhanced !== '5';
    if (!this.#has('takes text for code')) return code < 500;
    const read = text
      .replaceAll(/^\d{3}/gm, '')
      .match(/(?<![\d.])[45]\d\d(?![\d.])/g)
      ?.at(-1);
    return Number(read ?? code) < 500;
  }

  #has(fault: Fault): boolean {
    return this.#own.faults.has(fault);
  }
}

function isForNow({ code }: Reply): boolean {
  return code >= 400 && code < 500 && code !== 421;
}

function notAgain(outcome: Outcome): Outcome {
  return outcome.kind === 'later' ? { ...outcome, again: Number.POSITIVE_INFINITY } : outcome;
}
