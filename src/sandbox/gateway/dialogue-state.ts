import type { ForwardPath, ReversePath } from '../../smtp/path.ts';
import type { TokenMechanism, TriggerCut } from '../../contract/vocabulary.ts';
import type { Reply } from '../../smtp/reply.ts';
import type { Refusal } from '../policy/decision.ts';
import type { ConnectionRecord } from '../store/account-record.ts';

/** How a trigger has an answer written: late, in pieces, or with a cut (rule `sandbox.triggers`). */
export interface ForcedReply {
  readonly delayMs: number;
  readonly drop: TriggerCut | undefined;
  readonly split: boolean | undefined;
  /** What stands in place of a reply that accepts. */
  readonly accepts: Reply | undefined;
}

/** A transaction under way: from MAIL to the end of the data. */
export interface Transaction {
  readonly reversePath: ReversePath;
  readonly smtpUtf8: boolean;
  /** Accepted recipients under their address keys, in order; the path as first written. */
  readonly recipients: Map<string, ForwardPath>;
}

/** What an AUTH exchange waits for. */
export type AuthExchange =
  | { readonly kind: 'PLAIN response' }
  | { readonly kind: 'LOGIN username' }
  | { readonly kind: 'LOGIN password'; readonly login: string | undefined }
  | { readonly kind: 'token response'; readonly mechanism: TokenMechanism }
  /** The client was told what is wrong with its token, and its next line is owed the refusal. */
  | { readonly kind: 'token error'; readonly refusal: Refusal };

/** What is known of a client; STARTTLS drops all of it (RFC 3207 §4.2). */
export interface DialogueState {
  tls: boolean;
  hello: { readonly verb: 'EHLO' | 'HELO'; readonly name: string } | undefined;
  connection: ConnectionRecord | undefined;
  transaction: Transaction | undefined;
  exchange: AuthExchange | undefined;
  /** When attempts failed in this session whose name is nobody's, oldest first, in the time of the lock's clock. */
  nobodyFailedAt: readonly number[];
  /** How the next answer is given, where a trigger says so. */
  forcedReply: ForcedReply | undefined;
}

/** What is known before anything was said. */
export function freshState(tls: boolean): DialogueState {
  return {
    tls,
    hello: undefined,
    connection: undefined,
    transaction: undefined,
    exchange: undefined,
    nobodyFailedAt: [],
    forcedReply: undefined,
  };
}
