/** What was seen of one case: the wire as the gateway's transcripts have it, and the client's own words. Pure data. */
import type { Input } from './order.ts';
import type { Library } from './library.ts';
import type { MessageText } from './message-text.ts';
import { isLocalName } from './server-name.ts';
import type { Told } from './told.ts';

/** One thing that the client did in a session, and the reply to it. */
export interface Step {
  readonly session: number;
  /** Milliseconds since the case began. */
  readonly at: number;
  readonly kind: 'command' | 'message' | 'answer to a challenge';
  /** The verb in capitals; empty for what is no command. */
  readonly verb: string;
  /** The line without its CRLF, or the message, one character an octet. */
  readonly text: string;
  /** Whether of a long message only the beginning was kept. */
  readonly shortened: boolean;
  readonly tls: boolean;
  /** The reply, where one came. */
  readonly reply: Reply | undefined;
  /** Whether it was said after the gateway had said goodbye. */
  readonly late: boolean;
}

/** A reply of the gateway. */
export interface Reply {
  readonly at: number;
  readonly code: number;
  /** The whole reply without its last CRLF. */
  readonly text: string;
}

/** One TCP connection. */
export interface Session {
  /** Counted from 1 in the order of their beginnings. */
  readonly number: number;
  readonly port: number;
  readonly began: number;
  readonly ended: number | undefined;
  readonly greeting: Reply | undefined;
  readonly steps: readonly Step[];
  /** When TLS stood, and `undefined` where it never did. */
  readonly secured: number | undefined;
  /** Why a handshake failed, where one did. */
  readonly failedHandshake: string | undefined;
  /** The name under which the client wanted TLS (SNI), where it said one. */
  readonly serverName: string | undefined;
  /** Whether the extensions offered PIPELINING. */
  readonly pipelining: boolean;
  /** Whether the transcript was full before the session was over: what the client did then is not known. */
  readonly isCut: boolean;
}

/** One copy of a mail that the gateway took and charged. */
export interface Copy {
  readonly at: number;
  readonly recipient: string;
  readonly messageId: string | undefined;
  /** Hash of the body, by which a copy under a new Message-ID is known. */
  readonly body: string;
  readonly step: Step;
}

/** One mail that the client was told to send. */
export interface Round {
  readonly began: number;
  /** When the client had ended or answered; `undefined` where it was still at it. */
  readonly ended: number | undefined;
  readonly told: Told;
  readonly sessions: readonly Session[];
  readonly copies: readonly Copy[];
}

/** What a client was told of a mail, beside its recipients and its text. */
export interface OrderedText {
  /** The sender's address alone. */
  readonly from: string;
  readonly fromName: string;
  readonly subject: string;
  /** Recipients whom nobody else may see. */
  readonly hidden: readonly string[];
  /** How many mails in one call. */
  readonly count: number;
}

/** Everything that a grader is given. Times are milliseconds since the case began. */
export interface Facts {
  readonly rounds: readonly [Round, ...Round[]];
  readonly sessions: readonly Session[];
  /** Sends deducted. */
  readonly charged: number;
  readonly recipients: readonly string[];
  /** The names under which the client knows the gateway: as it was told, and as it asked for in a handshake. */
  readonly serverNames: readonly string[];
  /** The library that it is made with, where evidence shows one. */
  readonly library: Library | undefined;
  /** The encryption that the client was told to use. */
  readonly tls: 'starttls' | 'implicit' | 'none';
  /** What the client was told of the mail. */
  readonly mail: OrderedText;
  /** What of that it is known to take; `undefined` where nothing is known. */
  readonly takes: ReadonlySet<Input> | undefined;
  /** Whether a plain mail was seen to go out over TLS; `undefined` where nothing is known. */
  readonly secures: boolean | undefined;
  /** When the client asked for a new access token. */
  readonly tokenRequests: readonly number[];
  /** The text that the mail should carry. */
  readonly text: string;
  /** The texts of the messages that were sent, in their order; empty where no grader asks for them. */
  readonly texts: readonly MessageText[];
  /** How long the client was watched. */
  readonly patience: number;
  /** Milliseconds that count as a second: 1,000, but for tests of the graders. */
  readonly second: number;
  /** `queue`: the program hands mail to a queue that works on by itself, so its end ends nothing. */
  readonly profile: Profile;
}

/** What a program is: one call that reports, or one that hands over to a queue. */
export const profiles = ['call', 'queue'] as const;
export type Profile = (typeof profiles)[number];

/** All steps of several sessions, by time. */
export function stepsOf(sessions: readonly Session[]): readonly Step[] {
  return sessions.flatMap((session) => session.steps).toSorted((left, right) => left.at - right.at);
}

/** The steps of one verb. */
export function commands(sessions: readonly Session[], verb: string): readonly Step[] {
  return stepsOf(sessions).filter((step) => step.kind === 'command' && step.verb === verb);
}

/** The messages that were sent whole. */
export function messages(sessions: readonly Session[]): readonly Step[] {
  return stepsOf(sessions).filter((step) => step.kind === 'message');
}

/** Whether nothing more can come: the client has ended, and hands nothing to a queue. */
export function isOver({ rounds, profile }: Facts): boolean {
  return profile === 'call' && rounds.every((round) => round.ended !== undefined);
}

/**
 * Whether something is missing in what was seen: a transcript that was full, or sends deducted for a message that no
 * transcript shows.
 */
export function isCut({ rounds, sessions, charged }: Facts): boolean {
  const copies = rounds.reduce((sum, round) => sum + round.copies.length, 0);
  return sessions.some((session) => session.isCut) || charged > copies;
}

/** Whether the client knows the gateway by a name that no library trusts for being local. */
export function hasRealName({ serverNames }: Facts): boolean {
  return serverNames.some((name) => !isLocalName(name));
}

/** A time in seconds as people read it: `0.3 s`. */
export function showSeconds({ second }: Pick<Facts, 'second'>, ms: number): string {
  const seconds = ms / second;
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}
