import type { MailArgument, RcptArgument } from '../../smtp/command.ts';
import type { ForwardPath } from '../../smtp/path.ts';
import type { Choices } from './choices.ts';

/** What the gateway knows of a session when it asks. */
export interface SessionFacts {
  readonly tls: boolean;
  readonly helloSaid: boolean;
  readonly loggedIn: boolean;
  readonly inTransaction: boolean;
}

/** What stands above all sessions of a listener. */
export interface ListenerFacts {
  readonly maintenance: boolean;
  /** Sessions open on it, the one that asks included. */
  readonly openSessions: number;
  readonly choices: Choices;
}

/** EHLO or HELO. */
export interface HelloFacts {
  readonly verb: 'EHLO' | 'HELO';
  readonly argument: string;
  readonly gatewayName: string;
  readonly session: SessionFacts;
  readonly starttlsOffered: boolean;
  readonly choices: Choices;
}

/** The AUTH command, before any secret is read. */
export interface AuthFacts {
  readonly session: SessionFacts;
  readonly mechanism: string;
  readonly choices: Choices;
}

/** A login and a password that a client gave. */
export interface CredentialFacts {
  /** Account time, or the gateway's where nobody owns the login. Milliseconds. */
  readonly now: number;
  /** When earlier attempts for this login failed since its last success, oldest first. */
  readonly failedAt: readonly number[];
  /** The gateway's clock, milliseconds: an address belongs to no account. */
  readonly addressNow: number;
  /** When attempts from the client's address failed, by that clock and whatever the login, oldest first. */
  readonly addressFailedAt: readonly number[];
  readonly connection:
    | { readonly kind: 'unknown' }
    | { readonly kind: 'known'; readonly passwordMatches: boolean; readonly blocked: boolean };
  readonly choices: Choices;
}

/** How a domain stands in the account that sends from it. */
export type DomainStanding = 'not registered' | 'not verified' | 'verified';

/** MAIL. What depends on a readable argument stands with it. */
export interface MailFacts {
  readonly session: SessionFacts;
  readonly argument:
    | { readonly kind: 'unreadable' }
    | {
        readonly kind: 'read';
        readonly mail: MailArgument;
        readonly domain: DomainStanding;
        readonly blocked: boolean;
        readonly now: number;
        /** When this connection's MAILs were accepted, as far back as the rate window reaches. */
        readonly acceptedAt: readonly number[];
      };
  readonly choices: Choices;
}

/** The recipients accepted in a transaction so far, under their address keys: each is a send promised. */
export type Recipients = ReadonlyMap<string, ForwardPath>;

/** RCPT. */
export interface RcptFacts {
  readonly session: SessionFacts;
  readonly argument:
    | { readonly kind: 'unreadable' }
    | {
        readonly kind: 'read';
        readonly rcpt: RcptArgument;
        /** The address in the form that is the same for all spellings of it. */
        readonly key: string;
        readonly suppressed: boolean;
        readonly mailboxFull: boolean;
      };
  readonly smtpUtf8: boolean;
  readonly recipients: Recipients;
  readonly balance: number;
  /** Sends that the connection may still use; `null` where it has no limit of its own (rule `billing.send-limit`). */
  readonly sendLimitLeft: number | null;
  readonly choices: Choices;
}

/** DATA. */
export interface DataFacts {
  readonly session: SessionFacts;
  readonly argument: string;
  readonly recipients: Recipients;
}

/** The end of the data: the message is whole. */
export interface EndOfDataFacts {
  /** The message after unstuffing; of an oversized one as much as was kept. */
  readonly message: Uint8Array;
  /** Octets received, kept or not. */
  readonly size: number;
  readonly blocked: boolean;
  /** How the domain of a header From mailbox stands. */
  readonly standingOf: (domain: string) => DomainStanding;
  readonly recipients: Recipients;
  readonly balance: number;
  readonly sendLimitLeft: number | null;
  readonly choices: Choices;
}
