import type { Choices } from './choices.ts';
import type { Recipients } from './facts.ts';

/** What sends can be taken from. */
export type ChargeSource =
  /** Bought sends that have no end. */
  | { readonly kind: 'prepaid' }
  /** The sends of one subscription, by its place in the store. */
  | { readonly kind: 'subscription'; readonly sequence: number }
  /** A bill that is paid later, which never runs out. */
  | { readonly kind: 'bill' };

/** A number of sends within a time that rolls along. */
export interface QuotaWindow {
  /** A name of the provider's. */
  readonly quota: string;
  /** Account time, milliseconds: what was used at it or before counts no more. */
  readonly since: number;
}

/** What a submission uses of a quota. */
export interface QuotaUse extends QuotaWindow {
  readonly sends: number;
  /** Sends that the quota allows. */
  readonly most: number;
}

/**
 * What a submission costs and what it is taken from. The store carries it out whole or not at all: not where the sources
 * together hold too little, where the connection's own limit is passed, or where a quota is.
 */
export interface Charge {
  readonly sends: number;
  /** In this order, each as far as it goes. */
  readonly sources: readonly ChargeSource[];
  /** Sends that count towards the connection's own limit. */
  readonly ofSendLimit: number;
  readonly quotas: readonly QuotaUse[];
}

/** A subscription with sends left; whether it has ended is for the clock to say. */
export interface SubscriptionFacts {
  readonly sequence: number;
  readonly left: number;
  /** Account time, milliseconds. */
  readonly endsAt: number;
}

/** What a charge is computed from. */
export interface ChargeFacts {
  /** Account time, milliseconds. */
  readonly now: number;
  readonly recipients: Recipients;
  readonly subscriptions: readonly SubscriptionFacts[];
  readonly choices: Choices;
}

/** The sends that can be used at `now`: prepaid ones, and those of subscriptions that have not ended. */
export function balanceAt(
  prepaid: number,
  subscriptions: readonly Pick<SubscriptionFacts, 'left' | 'endsAt'>[],
  now: number,
): number {
  return subscriptions.reduce((sum, each) => sum + (each.endsAt > now ? each.left : 0), prepaid);
}
