import type { AccountModel } from './account-model.ts';
import { sessionNumbers, type Plan, type SessionNumber } from './plan.ts';

/** The states of the model. */
export const modelStates = [
  'a message was accepted',
  'a quota is used up',
  'a burst is used up',
  'an address was suppressed',
  'a policy forbids to send',
  'maintenance inside a message',
  'maintenance at AUTH',
  'a recipient that is not verified',
] as const;
export type ModelState = (typeof modelStates)[number];

/** A session as the model sees it. */
export interface SessionState {
  isOpen: boolean;
  isLoggedIn: boolean;
  /** The recipients of the transaction, where one is open. */
  transaction: string[] | undefined;
}

/** Longest time for which sessions stay open while it passes: what idles longer is closed first. Milliseconds. */
const IDLE_LIMIT_MS = 60_000;

/** A dialogue while it is being written, and where the model stands behind its lines. */
export class Dialogue {
  readonly plan: Plan;
  readonly account: AccountModel;
  readonly lines: string[] = [];
  readonly reached = new Set<ModelState>();
  readonly sessions: Readonly<Record<SessionNumber, SessionState>> = {
    1: { isOpen: false, isLoggedIn: false, transaction: undefined },
    2: { isOpen: false, isLoggedIn: false, transaction: undefined },
  };
  isMaintained = false;
  now: number;
  #idleMs = 0;

  constructor(plan: Plan, account: AccountModel, now: number) {
    this.plan = plan;
    this.account = account;
    this.now = now;
  }

  /** A line of the client, and the reply that must come. */
  exchange(at: SessionNumber, command: string, reply: string): void {
    this.say(at, command);
    this.expect(at, reply);
  }

  say(at: SessionNumber, text: string, mark: ':' | '>' = ':'): void {
    this.lines.push(`C${label(at)}${mark} ${text}`);
  }

  expect(at: SessionNumber, reply: string): void {
    this.lines.push(`S${label(at)}: ${reply}`);
  }

  /** Something that happens in the world. */
  change(what: string): void {
    this.lines.push(`W: ${what}`);
  }

  /** Lets time pass; a session that would idle too long is closed before. */
  pass(ms: number): void {
    this.#idleMs += ms;
    if (this.#idleMs >= IDLE_LIMIT_MS) {
      for (const at of sessionNumbers) this.close(at);
      this.#idleMs = 0;
    }
    this.now += ms;
    this.lines.push(`T: ${ms}ms`);
  }

  close(at: SessionNumber): void {
    const session = this.sessions[at];
    if (session.isOpen) this.say(at, '<close>');
    session.isOpen = false;
    session.isLoggedIn = false;
    session.transaction = undefined;
  }
}

function label(at: SessionNumber): string {
  return at === 1 ? '' : String(at);
}
