import { isRuleOf, ruleIdsOf, ruleOfCheck, type Contract } from '../../contract/contract.ts';
import { writeScenario, type ScenarioDefinition } from './build-scenario.ts';
import {
  codeOf,
  errorOf,
  escapeOctets,
  modeOfSession,
  pathOf,
  refuses,
  type RecordedSession,
} from './recorded-session.ts';

/** What a client said, and what it was answered. */
interface Exchange {
  readonly said: string;
  readonly isWhole: boolean;
  readonly reply: string;
}

/** Sends of an account of which no more is known. */
const PLENTY = 1_000;

/**
 * The scenario that plays a session again: on a fresh gateway it arranges what the replies of the session tell of the
 * account, says what the client said, and expects what it heard. Credentials become macros, addresses become those of the
 * case. What cannot be said again, such as an AUTH that was no AUTH, is left out with a remark. Pure.
 */
export function scenarioOfSession(contract: Contract, session: RecordedSession): string {
  const [greeting = '', ...replies] = session.entries.flatMap((entry) =>
    entry.kind === 'wire' && entry.direction === 'S' ? [entry.octets] : [],
  );
  const said = session.entries.filter((entry) => entry.kind === 'wire' && entry.direction === 'C');
  const exchanges = said.flatMap((entry, at): Exchange[] => {
    const reply = replies[at];
    if (entry.kind !== 'wire' || reply === undefined) return [];
    return [{ said: entry.octets, isWhole: entry.size === undefined, reply }];
  });
  const writer = new Writer(contract);
  writer.greet(greeting);
  for (let at = 0; at < exchanges.length;) at += writer.exchange(exchanges, at);
  writer.end(session.entries.some(({ kind }) => kind === 'closed'));
  return writeScenario(writer.scenario(session));
}

/** The dialogue as it is written, and what must be true before it. */
class Writer {
  readonly #contract: Contract;
  readonly #lines: string[] = [];
  readonly #given: Record<string, unknown> = {};
  readonly #recipients = new Map<string, { readonly name: string; readonly role: string }>();
  readonly #messages: Record<string, string> = {};
  #usesDollar = false;
  #isOver = false;
  #failures = 0;
  #mails = 0;
  #rateIsSet = false;
  #isMaintained = false;
  #balance: number | undefined;
  #charged = 0;
  readonly #promised = new Set<string>();

  constructor(contract: Contract) {
    this.#contract = contract;
  }

  greet(greeting: string): void {
    if (refuses(this.#contract, greeting, 'maintenance')) this.#maintain();
    this.#lines.push('C: <connect>');
    this.#expect(greeting);
    if (codeOf(greeting) !== '220') this.#close();
  }

  /** Writes what was said at a place, and what was answered; how many exchanges that took. */
  exchange(all: readonly Exchange[], at: number): number {
    const exchange = all[at];
    if (exchange === undefined || this.#isOver) return 1;
    const verb = /^[ \t]*([A-Za-z]+)/.exec(exchange.said)?.[1]?.toUpperCase() ?? '';
    if (refuses(this.#contract, exchange.reply, 'maintenance')) this.#maintain();
    if (at > 0 && codeOf(all[at - 1]?.reply ?? '') === '354') this.#message(exchange);
    else if (verb === 'AUTH') return this.#auth(all, at);
    else if (verb === 'MAIL') this.#mail(exchange);
    else if (verb === 'RCPT') this.#rcpt(exchange);
    else this.#plain(exchange, verb);
    if (codeOf(exchange.reply) === '421') this.#close();
    return 1;
  }

  end(wasClosed: boolean): void {
    if (!this.#isOver && wasClosed) this.#lines.push('C: <close>');
  }

  scenario(session: RecordedSession): ScenarioDefinition {
    const rules = session.entries.flatMap((entry) => (entry.kind === 'decision' ? [entry.rule] : []));
    const recipients = Object.fromEntries(
      [...this.#recipients.values()].map(({ name, role }) => [name, role]),
    );
    const given = {
      ...this.#given,
      ...(this.#recipients.size === 0 ? {} : { recipients }),
    };
    return {
      id: session.id,
      title: `Session ${session.id}, as it was recorded`.slice(0, 120),
      about: rules.findLast((rule) => isRuleOf(this.#contract, rule)) ?? this.#anyRule(),
      modes: [modeOfSession(this.#contract, session)],
      ...(this.#usesDollar ? { vars: { dollar: '$' } } : {}),
      ...(Object.keys(given).length === 0 ? {} : { given }),
      ...(Object.keys(this.#messages).length === 0 ? {} : { messages: this.#messages }),
      dialogue: this.#lines,
    };
  }

  /** What a session is about in which nothing was refused. */
  #anyRule(): string {
    return ruleOfCheck(this.#contract, 'login') ?? ruleIdsOf(this.#contract)[0] ?? '';
  }

  #maintain(): void {
    if (!this.#isMaintained) this.#lines.push('W: maintenance on');
    this.#isMaintained = true;
  }

  /** A documented error is expected whole, anything else by its code. */
  #expect(reply: string): void {
    this.#lines.push(
      `S: ${errorOf(this.#contract, reply) === undefined ? `${codeOf(reply)} *` : reply.trimEnd()}`,
    );
  }

  #close(): void {
    this.#lines.push('S: <closes>');
    this.#isOver = true;
  }

  #say(text: string): void {
    this.#usesDollar ||= text.includes('${');
    const shown = text.replaceAll('${', '${dollar}{');
    // what is no plain text is written octet by octet
    const isPlain = /^[\x20-\x7E]*$/.test(shown) && !/^[\s<]|\s$/.test(shown);
    this.#lines.push(isPlain ? `C: ${shown}` : `C> ${escapeOctets(`${shown}\r\n`)}`);
  }

  #plain({ said, reply }: Exchange, verb: string): void {
    this.#say(said.replace(/\r\n$/, ''));
    this.#expect(reply);
    if (verb === 'STARTTLS' && codeOf(reply) === '220') this.#lines.push('C: <TLS handshake>');
    if (['RSET', 'EHLO', 'HELO', 'STARTTLS'].includes(verb) && reply.startsWith('2')) this.#promised.clear();
    if (codeOf(reply) === '221') this.#close();
  }

  /** AUTH with the lines that answer its 334: they are secrets, so macros with the same outcome take their place. */
  #auth(all: readonly Exchange[], begin: number): number {
    let length = 1;
    while (codeOf(all[begin + length - 1]?.reply ?? '') === '334' && begin + length < all.length) length += 1;
    const reply = all[begin + length - 1]?.reply ?? '';
    const code = codeOf(reply);
    if (code === '235') this.#lines.push('C: <AUTH right password>', 'S: 235 *');
    else if (refuses(this.#contract, reply, 'wrong login')) {
      this.#failures += 1;
      this.#lines.push('C: <AUTH wrong password>');
      this.#expect(reply);
    } else if (refuses(this.#contract, reply, 'locked login')) {
      this.#failBefore();
      this.#lines.push('C: <AUTH right password>');
      this.#expect(reply);
    } else if (code === '421') this.#lines.push('C: <AUTH right password>');
    else this.#lines.push(`# an AUTH that got ${code} held what is recorded nowhere, and is left out`);
    if (code === '421') {
      this.#expect(reply);
      this.#close();
    }
    return length;
  }

  /** Other sessions had failed before, at which the login was locked. */
  #failBefore(): void {
    const { loginFailures = 0 } = this.#contract.declaredLimits;
    const missing = loginFailures - this.#failures;
    if (missing <= 0) return;
    this.#lines.push('C2: <open>', ...Array.from({ length: missing }, () => 'C2: <wrong login>'));
    this.#failures = loginFailures;
  }

  #mail({ said, reply }: Exchange): void {
    const isAccepted = codeOf(reply) === '250';
    if (isAccepted) {
      if (this.#rateIsSet) this.#lines.push(`T: ${this.#window()}`);
      this.#mails += 1;
      this.#promised.clear();
    }
    if (refuses(this.#contract, reply, 'rate') && !this.#rateIsSet) this.#limitRate();
    if (refuses(this.#contract, reply, 'unverified sender domain')) {
      if (this.#mails === 0) this.#given['domain'] = 'unverified';
      else this.#lines.push('W: remove spf', 'W: verify domain');
    }
    const isOwn =
      isAccepted ||
      refuses(this.#contract, reply, 'unverified sender domain') ||
      refuses(this.#contract, reply, 'rate');
    this.#sayPath(said, isOwn ? 'sender' : undefined);
    this.#expect(reply);
  }

  /** The window of the rate limit, as scenarios write it. */
  #window(): string {
    return `${Math.ceil((this.#contract.declaredLimits.rate?.perMs ?? 1_000) / 1_000)}s`;
  }

  /** The limit is what was accepted before; where that is nothing, another session had used it up. */
  #limitRate(): void {
    this.#rateIsSet = true;
    this.#given['rate'] = { limit: Math.max(1, this.#mails), per: this.#window() };
    if (this.#mails === 0) this.#lines.push('C2: <session>', 'C2: MAIL FROM:<${sender}>', 'S2: 250 *');
  }

  #rcpt({ said, reply }: Exchange): void {
    const address = pathOf(said).toLowerCase();
    const isAccepted = codeOf(reply) === '250';
    if (isAccepted) this.#promise(address);
    if (refuses(this.#contract, reply, 'no send left')) this.#exhaust();
    const role = refuses(this.#contract, reply, 'suppressed recipient')
      ? 'suppressed'
      : refuses(this.#contract, reply, 'full mailbox')
        ? 'full'
        : 'accepts';
    // reserved addresses have their roles, and their triggers, on every sandbox
    const isNamed =
      (isAccepted || role !== 'accepts' || refuses(this.#contract, reply, 'no send left')) &&
      !address.endsWith('@simulator.test');
    this.#sayPath(said, isNamed ? this.#nameOf(address, role) : undefined);
    this.#expect(reply);
  }

  #promise(address: string): void {
    this.#promised.add(address);
    if (this.#balance !== undefined && this.#left() < 0) this.#setBalance(PLENTY);
  }

  /** From here on there is no send left. */
  #exhaust(): void {
    if (this.#balance === undefined)
      this.#given['balance'] = this.#balance = this.#charged + this.#promised.size;
    else if (this.#left() > 0) this.#setBalance(this.#promised.size);
  }

  #left(): number {
    return (this.#balance ?? PLENTY) - this.#charged - this.#promised.size;
  }

  #setBalance(sends: number): void {
    this.#lines.push(`W: balance ${sends}`);
    this.#balance = sends + this.#charged;
  }

  #nameOf(address: string, role: string): string {
    // an address whose role changed meanwhile is another one
    const key = `${role} ${address}`;
    const known = this.#recipients.get(key);
    if (known !== undefined) return known.name;
    const name = `r${this.#recipients.size + 1}`;
    this.#recipients.set(key, { name, role });
    return name;
  }

  /** MAIL or RCPT, with a variable in place of the address where there is one. */
  #sayPath(said: string, variable: string | undefined): void {
    const line = said.replace(/\r\n$/, '');
    const path = pathOf(line);
    if (variable === undefined || path === '') {
      this.#say(line);
      return;
    }
    const at = line.indexOf(path);
    this.#lines.push(`C: ${line.slice(0, at)}\${${variable}}${line.slice(at + path.length)}`);
  }

  #message({ said, isWhole, reply }: Exchange): void {
    const isAccepted = codeOf(reply) === '250';
    const error = errorOf(this.#contract, reply);
    if (refuses(this.#contract, reply, 'no send left')) this.#lines.push('W: balance 0');
    if (isAccepted || !refuses(this.#contract, reply, 'no From')) {
      const isMeant = isAccepted || error !== undefined;
      if (!isMeant) this.#lines.push(`# the message got ${codeOf(reply)}; write the one that was sent`);
      this.#lines.push('C: <message>');
      if (isMeant) this.#expect(reply);
      else this.#lines.push('S: /.*/');
    } else {
      const name = `m${Object.keys(this.#messages).length + 1}`;
      const text = Buffer.from(said, 'latin1').toString('utf8');
      this.#usesDollar ||= text.includes('${');
      const octets = text.replaceAll('${', '${dollar}{');
      this.#messages[name] = isWhole ? octets : `${octets.slice(0, octets.lastIndexOf('\r\n') + 2)}\r\n`;
      this.#lines.push(`C: <message ${name}>`);
      this.#expect(reply);
    }
    if (isAccepted) this.#charged += this.#promised.size;
    this.#promised.clear();
  }
}
