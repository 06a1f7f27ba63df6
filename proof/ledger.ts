import type { Submission } from '../src/sandbox/store/account-record.ts';
import type { Store } from '../src/sandbox/store/store.ts';
import type { Hit, Mutant, MutantFacts } from './mutant.ts';

/** Wrong bills beside the store's right ones: what an account shows is the sum of both. */
export interface Ledger {
  /** Charges so many sends more than the store did; fewer where negative. */
  charge(account: string | undefined, sends: number): void;
  /** The account in which a recipient with this address key was named. */
  accountOf(addressKey: string | undefined): string | undefined;
  /** The store with these bills over it. */
  over(own: Store): Store;
}

/** Opens an empty ledger. */
export function openLedger(): Ledger {
  const surplus = new Map<string, number>();
  const accounts = new Map<string, string>();
  return {
    charge: (account, sends) => {
      if (account !== undefined) surplus.set(account, (surplus.get(account) ?? 0) + sends);
    },
    accountOf: (addressKey) => (addressKey === undefined ? undefined : accounts.get(addressKey)),
    over: (own) => ({
      ...own,
      // decisions go by the right balance, so that nothing but the bill is wrong
      readAccount: async (id) => {
        const account = await own.readAccount(id);
        const more = surplus.get(id) ?? 0;
        return (
          account && {
            ...account,
            charged: account.charged + more,
            prepaid: Math.max(0, account.prepaid - more),
          }
        );
      },
      readRecipient: (account, addressKey) => {
        accounts.set(addressKey, account);
        return own.readRecipient(account, addressKey);
      },
    }),
  };
}

/** A mutant that charges another number of sends for a message than it makes emails of it. */
export function billMutant(facts: MutantFacts, sendsFor: (submission: Submission) => number): Mutant {
  return {
    ...facts,
    parts: (hit: Hit) => {
      const ledger = openLedger();
      return {
        store: (own) => ({
          ...ledger.over(own),
          commit: async (submission) => {
            const result = await own.commit(submission);
            const more = sendsFor(submission) - submission.emails.length;
            if (result === 'committed' && more !== 0) {
              hit();
              ledger.charge(submission.account, more);
            }
            return result;
          },
        }),
      };
    },
  };
}
