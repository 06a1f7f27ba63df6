import type { RuleId } from '../../contract/rule.ts';
import type { TokenMechanism, TriggerStage } from '../../contract/vocabulary.ts';
import type { ServerExpectation } from './server-expectation.ts';
import type { Template } from './template.ts';
import type { LoginChoice, TokenChoice } from '../situation/given.ts';
import type { WorldChange } from '../situation/world-change.ts';
import type { TlsOffer } from './tls-offer.ts';

/** A place in a scenario file; line and column are counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The sessions of a dialogue: `C:` is 1, `C2:` to `C999:` are the others. */
export type SessionNumber = number;

/** How a login macro speaks AUTH. */
export type LoginForm = 'PLAIN' | 'PLAIN without initial response' | 'LOGIN' | 'LOGIN with initial response';

/** What an AUTH line carries. */
export type CredentialChoice = 'right password' | 'wrong password' | 'old password' | 'unknown login';

/** What stands between angle brackets in a `C:` line. */
export type Macro =
  | { readonly kind: 'session'; readonly login: LoginChoice; readonly tls?: TlsOffer }
  | { readonly kind: 'open'; readonly tls?: TlsOffer }
  | { readonly kind: 'connect' }
  | { readonly kind: 'tls-handshake'; readonly closeIsFine: boolean; readonly tls?: TlsOffer }
  | { readonly kind: 'login'; readonly form: LoginForm; readonly login: LoginChoice }
  | { readonly kind: 'wrong-login'; readonly login: LoginChoice }
  | { readonly kind: 'close' }
  | { readonly kind: 'half-close' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'auth-line'; readonly credential: CredentialChoice; readonly login: LoginChoice }
  | {
      readonly kind: 'token-line';
      readonly mechanism: TokenMechanism;
      readonly token: TokenChoice;
      readonly login: LoginChoice;
    }
  | { readonly kind: 'envelope'; readonly recipients: readonly string[] }
  | { readonly kind: 'send'; readonly recipients: readonly string[] }
  | { readonly kind: 'message'; readonly part: MessagePart; readonly message: string | undefined };

/** How much of a message is sent; both halves together are the whole. */
export type MessagePart = 'whole' | 'first half' | 'rest';

interface Line {
  readonly position: Position;
  /** The line as written, without its indentation. */
  readonly source: string;
}

/** `C: text`, and `C> raw` without the CRLF. */
export interface SayLine extends Line {
  readonly kind: 'say';
  readonly session: SessionNumber;
  readonly text: Template;
  readonly ends: 'CRLF' | 'nothing';
}

/** `C: <macro> xN`. */
export interface MacroLine extends Line {
  readonly kind: 'macro';
  readonly session: SessionNumber;
  readonly macro: Macro;
  readonly times: number;
}

/** `S: …`. `offset` is where in `source` the expectation begins. */
export interface ExpectLine extends Line {
  readonly kind: 'expect';
  readonly session: SessionNumber;
  readonly expectation: ServerExpectation;
  readonly rule: RuleId | undefined;
  readonly offset: number;
}

/** `S? reply by <stage>`: passes if exactly this reply comes to any command from here to that stage. */
export interface OpenStageLine extends Line {
  readonly kind: 'open-stage';
  readonly session: SessionNumber;
  readonly reply: Template;
  readonly by: TriggerStage;
  readonly rule: RuleId | undefined;
  readonly offset: number;
}

/** `T: …`: time passes, forward only. */
export interface TimeLine extends Line {
  readonly kind: 'time';
  readonly passes: TimePassing;
}

/** How much time passes: a length in milliseconds, or until an instant (ISO 8601 with milliseconds, UTC). */
export type TimePassing =
  { readonly kind: 'for'; readonly ms: number } | { readonly kind: 'until'; readonly instant: string };

/** `W: …`: the world changes in mid-dialogue. */
export interface WorldLine extends Line {
  readonly kind: 'world';
  readonly change: WorldChange;
}

/** One line of a dialogue. Comments and empty lines are none. */
export type DialogueLine = SayLine | MacroLine | ExpectLine | OpenStageLine | TimeLine | WorldLine;

/** The lines that the client speaks or acts. */
export type ClientLine = SayLine | MacroLine;

/** Whether the line is the client's. */
export function isClientLine(line: DialogueLine): line is ClientLine {
  return line.kind === 'say' || line.kind === 'macro';
}

/** Whether the line waits for one reply, whatever came before. */
export function awaitsReply(line: DialogueLine | undefined): line is ExpectLine {
  return line?.kind === 'expect' && ['literal', 'code', 'class', 'pattern'].includes(line.expectation.kind);
}

/** Whether the macro begins a new session under its label. */
export function opensSession(line: DialogueLine): boolean {
  return (
    line.kind === 'macro' &&
    (line.macro.kind === 'session' || line.macro.kind === 'open' || line.macro.kind === 'connect')
  );
}
