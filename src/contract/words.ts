/**
 * The words of a provider that rooms serving any provider show, store and check, but never decide by: roles of addresses,
 * states, limits, plans.
 */

/**
 * What a state says of how things stand, so that pages which know no word of it can still colour it: as it should be, on
 * its way, gone wrong, or a wish of the recipient.
 */
export type Tone = 'good' | 'waiting' | 'bad' | 'notice';

/** A word, and what it means in a sentence. */
export interface Word {
  readonly name: string;
  readonly meaning: string;
}

/** A word for how something stands. */
export interface StateWord extends Word {
  readonly tone: Tone;
}

/** What becomes of mail to an address (rule `sandbox.recipients`). */
export interface RoleWord extends Word {
  /** The address that has this role built in; `null` where none has. */
  readonly reservedAddress: string | null;
}

/** A state of an email in the send history. */
export interface EmailStatusWord extends StateWord {
  /** Whether the mailbox has the email; what its recipient did with it then is a state of its own. */
  readonly reached: boolean;
}

/** A limit that an account can set for itself: what to call it, and what it counts. */
export interface LimitWord extends Word {
  readonly label: string;
  readonly least: number;
}

/** A kind of plan that can be bought: how many sends for how many cents. */
export interface PlanWord {
  readonly kind: 'prepaid' | 'monthly';
  readonly meaning: string;
  readonly packages: readonly { readonly sends: number; readonly cents: number }[];
}

/** The states of an email that the relay gives by itself, whoever the provider is; each contract says what they mean. */
export const relayStatuses = ['queued', 'deferred', 'delivered', 'rejected', 'failed'] as const;

/** The words of one provider. */
export interface ProviderWords {
  readonly roles: readonly RoleWord[];
  /** The domain whose addresses have roles built in. */
  readonly reservedDomain: string;
  readonly emailStatuses: readonly EmailStatusWord[];
  readonly connectionStatuses: readonly StateWord[];
  readonly domainStates: readonly StateWord[];
  readonly ledgerKinds: readonly Word[];
  readonly plans: readonly PlanWord[];
  /** How the documentation names the encryption of a listener. */
  readonly encryptions: readonly Word[];
  readonly limits: readonly LimitWord[];
  /** What an account may do; empty where all accounts may do the same. */
  readonly accesses: readonly Word[];
}
