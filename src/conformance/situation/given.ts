/**
 * What may be asked of the world around a session, before it and in its middle: said by a scenario, arranged by a
 * target. Pure types, since neither of the two knows the other.
 */
import type {
  AuthMechanism,
  DomainState,
  TlsFault,
  TriggerCut,
  TriggerStage,
} from '../../contract/vocabulary.ts';

/** The logins that a case can have. The first one is the account's own that the case is about. */
export const loginChoices = ['first', 'second', 'third'] as const;
/** Which of the case's logins is meant. */
export type LoginChoice = (typeof loginChoices)[number];

/** The accounts to which a login beside the first can belong; "another account" is one account for both. */
export const loginAccounts = ['same account', 'another account'] as const;
/** Whose a login beside the first is. */
export type LoginAccount = (typeof loginAccounts)[number];

/** An access token: good for an hour, expired, of a scope that cannot send, issued to another login, or never issued. */
export const tokenChoices = [
  'token',
  'expired token',
  'token of another scope',
  'token of another login',
  'unknown token',
] as const;
/** Which token is meant. */
export type TokenChoice = (typeof tokenChoices)[number];

/** Login and password where the case chooses them; what is absent is the target's choice. */
export interface ChosenCredentials {
  /** The target appends a word of the case's own, since two accounts cannot share a login. */
  readonly login?: string | undefined;
  readonly password?: string | undefined;
}

/** What must be true before the dialogue, its defaults filled in. Sends are whole numbers, times milliseconds. */
export interface Given {
  readonly balance: number;
  readonly plans: readonly { readonly kind: 'monthly' | 'prepaid'; readonly sends: number }[];
  readonly sendLimit: number | undefined;
  readonly domain: SenderDomain;
  readonly connection: 'active' | 'blocked' | 'not activated';
  readonly secondLogin: LoginAccount | undefined;
  readonly thirdLogin?: LoginAccount | undefined;
  readonly chosen?: Readonly<Partial<Record<LoginChoice, ChosenCredentials>>>;
  readonly rate: { readonly limit: number; readonly perMs: number } | undefined;
  readonly sessionLimit: number | undefined;
  readonly sizeLimit: number | undefined;
  readonly recipientLimit: number | undefined;
  /** What AUTH offers, where the case chooses it. */
  readonly mechanisms?: readonly AuthMechanism[] | undefined;
  readonly recipients: ReadonlyMap<string, string>;
  /** What the account may do, where the case says it; a word of the provider. */
  readonly access?: string | undefined;
  /** Further identities of the account: `sender`, recipients by name, or domains. */
  readonly identities?: ReadonlyMap<string, DomainState>;
  /** Recipients in 24 hours, and in a second. */
  readonly sendQuota?: number | undefined;
  readonly sendRate?: number | undefined;
  /** Recipients by name whose address is the provider's own for their role: that address. */
  readonly simulated?: ReadonlyMap<string, string>;
  /** The instant at which the clock starts; it stands still until it is moved. */
  readonly clock: string;
  readonly ownListeners: boolean;
  readonly triggers: readonly Trigger[];
}

/** How the sender's domain may stand; each state but the first two is one on which the account may not send. */
export const senderDomains = [
  'verified',
  'unverified',
  'unregistered',
  "another account's",
  // verified, and no connection of the account has its sender there
  'without SMTP access',
] as const;
export type SenderDomain = (typeof senderDomains)[number];

/** A forced behaviour (rule `sandbox.triggers`); times in milliseconds. */
export interface Trigger {
  readonly stage: TriggerStage;
  /** Recipients by name. */
  readonly match: Readonly<Partial<Record<'login' | 'sender' | 'recipient' | 'header', string>>> & {
    /** Only where TLS stands, or only where it does not. */
    readonly tls?: boolean | undefined;
  };
  readonly times: number | undefined;
  readonly after: number;
  readonly reply: string | undefined;
  /** The command is decided as ever; the reply stands in place of the one with which it is accepted. */
  readonly carriedOut: boolean;
  /** The reply leaves in several segments. */
  readonly split: boolean;
  readonly delayMs: number;
  readonly drop: TriggerCut | undefined;
  readonly tls: TlsFault | undefined;
}
