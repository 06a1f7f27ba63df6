import { documentedReplies } from '../../../contract/emailmassivo/documented-replies.ts';
import { type DocumentedRuleId, modeNamed } from '../../../contract/emailmassivo/transition.ts';
import type { Encryption, Mode } from '../../../contract/modes.ts';
import type { RuleId } from '../../../contract/rule.ts';
import type { AccountModel, LoginModel } from './account-model.ts';
import type { ModelState } from './model-state.ts';
import { commandInSegments, messageInSegments, type SegmentCut } from '../segments.ts';

/** The sessions of a dialogue, by number. */
export const sessionNumbers = [1, 2, 3, 4] as const;
export type SessionNumber = (typeof sessionNumbers)[number];

/** The logins of a scenario. */
export const loginNames = ['first', 'second', 'third'] as const;
export type LoginName = (typeof loginNames)[number];

/** A transaction as the model sees it. */
export interface TransactionModel {
  /** The reverse-path as MAIL named it, with its variables. */
  readonly sender: string;
  readonly smtpUtf8: boolean;
  /** Accepted recipients by name. */
  readonly recipients: string[];
  /** Accepted recipients that no name stands for: such a transaction is taken back, never sent. */
  readonly unnamed: Set<string>;
}

/** A session as the model sees it. */
export interface SessionModel {
  open: boolean;
  tls: boolean;
  hello: boolean;
  login: LoginName | undefined;
  transaction: TransactionModel | undefined;
  /** Where what the client says is cut into segments; in one piece unless set. */
  cut: SegmentCut | undefined;
  /** Attempts under a name that is nobody's; they count in their session. */
  nobodyFailed: number;
}

/** A session that is not open: nothing is known of it. */
const closed: SessionModel = {
  open: false,
  tls: false,
  hello: false,
  login: undefined,
  transaction: undefined,
  cut: undefined,
  nobodyFailed: 0,
};

/** What must come to a command. */
export interface Expected {
  /** As it stands behind `S:`. */
  readonly reply: string;
  /** The rule that a breach is to be counted under, where it is not the reply's own. */
  readonly rule?: RuleId | undefined;
  readonly closes?: boolean;
}

/** What a generated scenario begins with. */
export interface Beginning {
  readonly mode: Mode;
  readonly given: Readonly<Record<string, unknown>>;
  readonly rate: { readonly limit: number; readonly perMs: number };
  readonly sizeLimit: number;
  readonly recipientLimit: number;
  readonly clock: number;
  readonly recipients: readonly string[];
  readonly accounts: Readonly<Record<LoginName, AccountModel>>;
  readonly logins: Readonly<Record<LoginName, LoginModel>>;
  /** The logins that there are; the others are never used. */
  readonly present: readonly LoginName[];
  /** Whether the login's own domain is another one, which is never verified. */
  readonly standsApart: boolean;
}

/** Longest time for which sessions may be idle before they must be opened anew (the format's rule), milliseconds. */
const IDLE_LIMIT_MS = 60_000;

/**
 * A scenario while it is being written: the lines so far, and where the model stands behind them. What is appended is
 * what a client says and what the rules want in return.
 */
export class Draft {
  readonly beginning: Beginning;
  readonly lines: string[] = [];
  readonly messages = new Map<string, string>();
  readonly sessions: Readonly<Record<SessionNumber, SessionModel>>;
  now: number;
  maintenance = false;
  /** How often each login got a new password. */
  readonly newPasswords: Record<LoginName, number> = { first: 0, second: 0, third: 0 };
  /** Attempts to log in under a name that nobody has and that is the same each time. */
  namelessAttempts = 0;
  /** The file's own variables: their names by what they stand for. */
  readonly variables = new Map<string, string>();
  /** Model states that the dialogue has been in. */
  readonly reached = new Set<ModelState>();
  #idleMs = 0;
  #unsettled = false;

  constructor(beginning: Beginning) {
    this.beginning = beginning;
    this.now = beginning.clock;
    this.sessions = { 1: { ...closed }, 2: { ...closed }, 3: { ...closed }, 4: { ...closed } };
  }

  /** The account behind a session's login, or behind the first. */
  account(login: LoginName | undefined): AccountModel {
    return this.beginning.accounts[login ?? 'first'];
  }

  /** Whether all logins are of one account, so that it may have listeners of its own. */
  get isOneAccount(): boolean {
    return this.beginning.present.every((login) => this.account(login) === this.account('first'));
  }

  /** What the mode does for encryption. */
  get encryption(): Encryption {
    return modeNamed(this.beginning.mode).encryption;
  }

  /** A line of the client. */
  say(number: SessionNumber, text: string, mark: ':' | '>' = ':'): void {
    this.#idleMs = 0;
    const { cut } = this.sessions[number];
    const pieces = mark === '>' || text.startsWith('<') ? [] : cut && commandInSegments(text, cut);
    if (pieces === undefined || pieces.length === 0) this.lines.push(`C${label(number)}${mark} ${text}`);
    else this.lines.push(...pieces.map((piece) => `C${label(number)}> ${piece}`));
  }

  /** A whole message of `messages:`, with its end. */
  sayMessage(number: SessionNumber, name: string): void {
    const { cut } = this.sessions[number];
    const text = this.messages.get(name);
    if (cut === undefined || text === undefined) return this.say(number, `<message ${name}>`);
    this.#idleMs = 0;
    this.lines.push(...messageInSegments(text, cut).map((piece) => `C${label(number)}> ${piece}`));
  }

  /** What must come, and the session's end where the reply brings it. */
  expect(number: SessionNumber, { reply, rule, closes = false }: Expected): void {
    this.lines.push(`S${label(number)}: ${reply}${rule === undefined ? '' : `   [${rule}]`}`);
    if (!closes) return;
    this.lines.push(`S${label(number)}: <closes>`);
    this.forget(number);
  }

  /** The name of the variable that stands for a text. */
  variable(text: string): string {
    const known = this.variables.get(text) ?? `v${this.variables.size + 1}`;
    this.variables.set(text, known);
    return known;
  }

  /** A command and its reply. */
  exchange(number: SessionNumber, text: string, expected: Expected): void {
    this.say(number, text);
    this.expect(number, expected);
  }

  /** The session is open as `<open>` leaves it: encrypted where the mode says so, and greeted. */
  opened(number: SessionNumber): void {
    Object.assign(this.sessions[number], { open: true, tls: this.encryption !== 'none', hello: true });
  }

  /** The session is over; nothing of it is known any more. */
  forget(number: SessionNumber): void {
    Object.assign(this.sessions[number], closed);
  }

  /** A change of the world; what was accepted before it is settled first, so that its fate is certain. */
  change(text: string): void {
    this.settle();
    this.lines.push(`W: ${text}`);
  }

  /** Something was accepted whose fate the next lines may depend on. */
  accepted(): void {
    this.#unsettled = true;
  }

  /** Waits until what was accepted has met its fate. */
  settle(): void {
    if (!this.#unsettled) return;
    this.#unsettled = false;
    this.lines.push('W: settled');
  }

  /** Time passes; sessions that a gateway may have closed by then are closed before. */
  pass(ms: number): void {
    this.settle();
    if (this.#idleMs + ms >= IDLE_LIMIT_MS) {
      for (const number of sessionNumbers) {
        if (!this.sessions[number].open) continue;
        this.say(number, '<close>');
        this.forget(number);
      }
    }
    this.#idleMs += ms;
    this.now += ms;
    this.lines.push(
      ms % 1_000 === 0 && ms < 60_000 ? `T: ${ms / 1_000}s` : `T: to ${new Date(this.now).toISOString()}`,
    );
  }
}

/** A login as it stands behind the name of a macro; the first is not named. */
export function suffixOf(login: LoginName): string {
  return login === 'first' ? '' : ` ${login}`;
}

function label(number: SessionNumber): string {
  return number === 1 ? '' : String(number);
}

/** A documented refusal. */
export function documented(rule: DocumentedRuleId, closes = false): Expected {
  return { reply: documentedReplies[rule].reply, closes };
}
