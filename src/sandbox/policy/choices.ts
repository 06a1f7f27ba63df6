import type { RuleId } from '../../contract/rule.ts';
import type { AuthMechanism } from '../../contract/vocabulary.ts';

/**
 * Every number and choice that the documentation leaves open, in one place. Each can be changed when somebody observes
 * the real gateway; the rule that it belongs to stands in the {@link ChoiceRules} of a provider.
 */
export interface Choices {
  /** Offer and take AUTH under TLS only. */
  readonly authUnderTlsOnly: boolean;
  /**
   * The mechanisms that are offered and taken, one at least, in the order of the offer. XOAUTH2 and OAUTHBEARER, which carry a
   * token (rule `sandbox.tokens`), are off unless they are named.
   */
  readonly authMechanisms: readonly AuthMechanism[];
  /** Failed logins within {@link loginWindowMs} that lock a login. */
  readonly loginAttempts: number;
  /** Milliseconds within which failures count, and after the last of which a lock is over. */
  readonly loginWindowMs: number;
  /** MAIL commands accepted within one rate window. */
  readonly rateLimit: number;
  /** Length of the rate window in milliseconds. */
  readonly rateWindowMs: number;
  /** Sessions open at once; `null` is no limit. */
  readonly sessionLimit: number | null;
  /** Octets of the largest message. */
  readonly sizeLimit: number;
  /** Recipients of one transaction. */
  readonly recipientLimit: number;
  /** Sends to mailboxes that do not exist or refuse, within {@link badMailboxWindowMs}, that a connection may have. */
  readonly badMailboxLimit: number;
  /** Milliseconds within which such sends count. */
  readonly badMailboxWindowMs: number;
  /** Failed logins within {@link loginWindowMs} that lock a client's address; `null` is no limit. */
  readonly addressAttempts: number | null;
  /** Milliseconds after its acceptance at which an email that could not be delivered is given up. */
  readonly giveUpMs: number;
  /** The same where the mailbox answers 4yz to the message itself, behind the final dot, which it will hardly take later. */
  readonly messageGiveUpMs: number;
  /** Verify a domain as soon as its records stand, without the word of support. */
  readonly verifyWithoutSupport: boolean;
  /** Milliseconds for which an idle session is left alone. */
  readonly idleMs: number;
  /** Milliseconds that one message may take, from its 354 to its final dot. */
  readonly messageMs: number;
  /** Recipients within a day that rolls along; `null` leaves it to what the account may do. */
  readonly sendQuota: number | null;
  /** Recipients per second; `null` leaves it to what the account may do. */
  readonly sendRate: number | null;
  /** Milliseconds over which the rate is measured: within them what a shorter burst sends above it passes. */
  readonly sendBurstMs: number;
  /** What a new account may do, a word of the provider; empty where all may do the same. */
  readonly access: string;
}

/** The choices as they are declared when nobody says otherwise. */
export const defaultChoices: Choices = {
  authUnderTlsOnly: false,
  authMechanisms: ['PLAIN', 'LOGIN'],
  loginAttempts: 5,
  loginWindowMs: 5 * 60_000,
  rateLimit: 100,
  rateWindowMs: 10_000,
  sessionLimit: null,
  sizeLimit: 25 * 1024 * 1024,
  recipientLimit: 1_000,
  badMailboxLimit: 10,
  badMailboxWindowMs: 24 * 60 * 60_000,
  addressAttempts: null,
  giveUpMs: 24 * 60 * 60_000,
  messageGiveUpMs: 60_000,
  verifyWithoutSupport: false,
  idleMs: 5 * 60_000,
  messageMs: 60 * 60_000,
  sendQuota: null,
  sendRate: null,
  sendBurstMs: 1_000,
  access: '',
};

/** The rules under which a provider declares its choices; those that are not named mean nothing to it. */
export type ChoiceRules = Readonly<Partial<Record<keyof Choices, RuleId>>>;

/** What each choice means, in a sentence. */
export const choiceMeanings: Readonly<Record<keyof Choices, string>> = {
  authUnderTlsOnly: 'Whether AUTH is offered and taken under TLS only.',
  authMechanisms:
    'The mechanisms of AUTH that are offered and taken, in the order of the offer: PLAIN, LOGIN, XOAUTH2, OAUTHBEARER.',
  loginAttempts: 'How many failed logins within loginWindowMs lock a login.',
  loginWindowMs: 'Milliseconds within which failed logins count, and after the last of which a lock is over.',
  rateLimit: 'How many MAIL commands are accepted within one rate window.',
  rateWindowMs: 'The length of the rate window in milliseconds.',
  sessionLimit: 'How many sessions may be open at once; none is no limit.',
  sizeLimit: 'Octets of the largest message.',
  recipientLimit: 'How many recipients one transaction may have.',
  badMailboxLimit:
    'How many sends to mailboxes that do not exist or refuse a connection may have within badMailboxWindowMs; one more blocks it.',
  badMailboxWindowMs: 'Milliseconds within which such sends count.',
  addressAttempts: "How many failed logins within loginWindowMs lock a client's address; none is no limit.",
  giveUpMs: 'Milliseconds after its acceptance at which an email that could not be delivered is given up.',
  messageGiveUpMs: 'The same where the mailbox answers 4yz to the message itself, behind the final dot.',
  verifyWithoutSupport:
    'Whether a domain is verified as soon as its records stand, without the word of support.',
  idleMs: 'Milliseconds for which an idle session is left alone.',
  messageMs: 'Milliseconds that one message may take, from its 354 to its final dot.',
  sendQuota:
    'How many recipients a day that rolls along may have; none leaves it to the access of the account.',
  sendRate: 'How many recipients a second may have; none leaves it to the access of the account.',
  sendBurstMs: 'Milliseconds over which the rate is measured: a shorter burst above it passes.',
  access: 'What a new account may do.',
};
