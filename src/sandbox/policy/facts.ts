import type { MailArgument, RcptArgument } from '../../smtp/command.ts';
import type { HeaderSection } from '../../smtp/message.ts';
import type { ForwardPath, ReversePath } from '../../smtp/path.ts';
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

/** What a command line is: fit to be a command, or why it is none. */
export type LineFitness = 'fit' | 'too long' | 'a control character' | 'no UTF-8';

/** A line outside an AUTH exchange, whatever its verb. */
export interface LineFacts {
  readonly maintenance: boolean;
  /** Whether the session is encrypted. */
  readonly tls: boolean;
  /** In capitals; empty where the line is not fit to be a command. */
  readonly verb: string;
  readonly line: LineFitness;
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

/** STARTTLS. */
export interface StarttlsFacts {
  readonly session: SessionFacts;
  readonly argument: string;
  /** Whether the listener offers it. */
  readonly offered: boolean;
  /** Whether TLS cannot be had now, as a trigger has it. */
  readonly unavailable: boolean;
}

/** The AUTH command, before any secret is read. */
export interface AuthFacts {
  readonly session: SessionFacts;
  /** In capitals; empty where none was named. */
  readonly mechanism: string;
  /** Whether more words follow than the mechanism and an initial response. */
  readonly surplusWords: boolean;
  readonly choices: Choices;
}

/** Why a line ends an AUTH exchange: `*` cancels it, any other must be base64 (RFC 4954 §4). */
export type ExchangeFault = 'cancelled' | 'no base64';

/** A login, and a password or a token, that a client gave. */
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

/** How a domain, or another identity, stands in the account that sends from it. */
export type DomainStanding = 'not registered' | 'not verified' | 'verified';

/** An argument that cannot be read, as it was written. */
export interface UnreadableArgument {
  readonly kind: 'unreadable';
  readonly text: string;
}

/** MAIL. What depends on a readable argument stands with it. */
export interface MailFacts {
  readonly session: SessionFacts;
  readonly argument:
    | UnreadableArgument
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
    | UnreadableArgument
    | {
        readonly kind: 'read';
        readonly rcpt: RcptArgument;
        /** The address in the form that is the same for all spellings of it. */
        readonly key: string;
        readonly onSuppressionList: boolean;
        /** What the sandbox was told of the address, or what is built into it; a word of the provider. */
        readonly role: string | undefined;
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

/** An address that a message is judged by, such as one in its From. */
export interface Identity {
  /** Without comments and folding blanks. */
  readonly localPart: string;
  /** As written; it need not be a host name. */
  readonly domain: string;
}

/** An identity, and how it stands in the account. */
export interface IdentityFacts {
  readonly identity: Identity;
  readonly standing: DomainStanding;
}

/** Where the addresses of a message stand. */
export interface MessageAddresses {
  readonly header: HeaderSection;
  readonly reversePath: ReversePath;
  readonly recipients: Recipients;
}

/** The end of the data: the message is whole. */
export interface EndOfDataFacts extends MessageAddresses {
  /** Whether the listeners are in maintenance by now. */
  readonly maintenance: boolean;
  /** Who sends: the account by its id, the connection by its name. */
  readonly from: { readonly account: string; readonly connection: string };
  /** Octets received, kept or not. */
  readonly size: number;
  /** Whether a CR or an LF stands in it without the other. */
  readonly hasBareLineEnd: boolean;
  readonly blocked: boolean;
  /** Those that the policy asked for, in its order. */
  readonly identities: readonly IdentityFacts[];
  readonly balance: number;
  readonly sendLimitLeft: number | null;
  /** Sends used of the quotas that the policy asked for, under their names. */
  readonly quotaUse: ReadonlyMap<string, number>;
  readonly choices: Choices;
}
