import type { Role } from '../../../contract/emailmassivo/vocabulary.ts';
import type { AuthPlan } from './auth-plan.ts';
import type { WorldChange } from '../../situation/world-change.ts';
import type { LoginName, SessionNumber } from './draft.ts';
import type { MessagePlan } from './message-plan.ts';
import type { MailPlan } from './mail-verb.ts';
import type { RcptForm } from './rcpt-verb.ts';
import type { SegmentCut } from '../segments.ts';
import type { TlsChoice } from './tls-choice.ts';
import type { CredentialKind } from './verbs.ts';

/** How a login is spoken. */
export const loginForms = ['session', 'PLAIN without initial response', 'LOGIN', 'none yet'] as const;

/** What happens between the halves of a message. */
export const interludes = [
  'nothing',
  'maintenance on',
  'block',
  'new password',
  'balance 0',
  'balance 1',
] as const;

/** What a client calls itself; the last two are no names at all. */
export const helloNames = [
  'client.example',
  '[192.0.2.1]',
  '[IPv6:2001:db8::1]',
  '(',
  'my_host',
  'bücher.example',
  'two words',
] as const;

/** Verbs beside the transaction's. */
export const otherVerbs = [
  'NOOP',
  'rset',
  'VRFY',
  'unknown',
  'twelve unknown',
  'bare LF',
  'RSET with an argument',
] as const;

/** Ways in which a session ends. */
export const endings = [
  'QUIT',
  'close',
  'reset',
  'half a line',
  'QUIT and half close',
  'three commands and half close',
] as const;

/** Ways in which a message is cut. */
export const cuts = [
  'half',
  'before the last LF',
  'half, reset',
  'after some octets',
  'behind the final dot, on one side',
] as const;

/** How much time passes; the last two are about the subscription that ends soonest. */
export const times = [
  '1ms',
  '4s',
  '9999ms',
  '10s',
  '10001ms',
  '4m59s',
  '5m',
  '23h',
  '24h',
  '27d',
  'a millisecond before a plan ends',
  'to the end of a plan',
] as const;

/** One thing that a client does, or that happens in the world. What cannot be done where it stands is left out. */
export type Step =
  | {
      readonly kind: 'session';
      readonly at: SessionNumber;
      readonly login: LoginName;
      readonly form: (typeof loginForms)[number];
      /** What the client offers where the mode has TLS; the library's own choice unless said. */
      readonly tls?: TlsChoice | undefined;
    }
  | { readonly kind: 'connect'; readonly at: SessionNumber }
  | {
      /** From here on what the session says comes in several TCP segments. */
      readonly kind: 'segments';
      readonly at: SessionNumber;
      readonly cut: SegmentCut;
    }
  | {
      readonly kind: 'hello';
      readonly at: SessionNumber;
      readonly verb: 'EHLO' | 'HELO';
      readonly name?: (typeof helloNames)[number] | undefined;
    }
  | {
      readonly kind: 'starttls';
      readonly at: SessionNumber;
      readonly commandBehind: boolean;
      readonly tls?: TlsChoice | undefined;
    }
  | {
      readonly kind: 'auth';
      readonly at: SessionNumber;
      readonly login: LoginName;
      readonly credentials: CredentialKind;
      readonly times: number;
    }
  | {
      /** A lock, an attempt shortly before its end, and one at its end: what comes in between must prolong nothing. */
      readonly kind: 'lockout';
      readonly at: SessionNumber;
      readonly login: LoginName;
      readonly between: number;
    }
  | {
      readonly kind: 'exchange';
      readonly at: SessionNumber;
      readonly plan: AuthPlan;
      /** Whether it is in a session that may ask for credentials, opened anew where it is none. */
      readonly isFresh: boolean;
    }
  | { readonly kind: 'mail'; readonly at: SessionNumber; readonly plan: MailPlan }
  | { readonly kind: 'rcpt'; readonly at: SessionNumber; readonly recipient: number; readonly form: RcptForm }
  | {
      readonly kind: 'data';
      readonly at: SessionNumber;
      readonly message: MessagePlan;
      readonly interlude: (typeof interludes)[number];
    }
  | {
      readonly kind: 'transaction';
      readonly at: SessionNumber;
      readonly recipients: readonly number[];
      readonly message: MessagePlan;
      readonly interlude: (typeof interludes)[number];
      readonly pipelined: boolean;
    }
  | {
      /** Ten emails to a bad mailbox, perhaps time, and one or more on top: the eleventh within a day blocks. */
      readonly kind: 'bad mailboxes';
      readonly at: SessionNumber;
      readonly recipient: number;
      readonly waitMs: number;
      readonly more: number;
    }
  | {
      /** A subscription that is bought, and what is left of it at its end or a millisecond before. */
      readonly kind: 'subscription';
      readonly at: SessionNumber;
      readonly recipient: number;
      readonly isOver: boolean;
    }
  | {
      /** The rate window filled, tried a millisecond before it is over, and at its end; another login is not meant by it. */
      readonly kind: 'rate window';
      readonly at: SessionNumber;
    }
  | {
      /** A recipient who is refused, behaves otherwise from then on, and is named again. */
      readonly kind: 'recovery';
      readonly at: SessionNumber;
      readonly recipient: number;
      readonly from: Role;
      readonly to: Role;
    }
  | {
      readonly kind: 'cut';
      readonly at: SessionNumber;
      readonly message: MessagePlan;
      readonly how: (typeof cuts)[number];
      /** Where the wire is cut, if it is after some octets of the message as it travels. */
      readonly octets: number;
    }
  | { readonly kind: 'burst'; readonly at: SessionNumber; readonly recipient: number; readonly times: number }
  | { readonly kind: 'verb'; readonly at: SessionNumber; readonly what: (typeof otherVerbs)[number] }
  | { readonly kind: 'end'; readonly at: SessionNumber; readonly how: (typeof endings)[number] }
  /** Milliseconds, or how much by name. */
  | { readonly kind: 'time'; readonly passes: (typeof times)[number] | number }
  | { readonly kind: 'world'; readonly change: WorldStep };

type LoginChange = Extract<WorldChange, { readonly kind: 'balance' | 'buy' | 'block' | 'new-password' }>;
type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never;

/** What happens in the world; recipients are told by their index. */
export type WorldStep =
  | Exclude<WorldChange, { readonly kind: LoginChange['kind'] | 'recipient' | 'settled' }>
  | (DistributiveOmit<LoginChange, 'login'> & {
      /** Whose; the first login's where it is absent or there is no such login. */
      readonly login?: Exclude<LoginName, 'first'> | undefined;
    })
  | { readonly kind: 'role'; readonly recipient: number; readonly role: Role };
