import type { TlsFault, TriggerStage } from '../../contract/vocabulary.ts';
import { fires, matchesTrigger, type Trigger, type TriggerFacts } from '../policy/triggers.ts';

/** The triggers of all accounts, and how often each has matched. They live as long as the sandbox. */
export interface TriggerBook {
  add(account: string, trigger: Trigger): void;
  list(account: string): readonly (Trigger & { readonly seen: number })[];
  remove(account: string, id: string): boolean;
  clear(account: string): void;
  /** Whether the account has any: most have none, and their mail need not be looked at. */
  any(account: string | undefined): boolean;
  /** The first trigger that fires; it is counted with this. `carried` is one that the mail carries in itself. */
  fire(
    account: string | undefined,
    stage: TriggerStage,
    facts: TriggerFacts,
    carried?: Trigger,
  ): Trigger | undefined;
  /** How the TLS of the account's own listeners is to be wrong. */
  tlsFault(account: string | undefined): TlsFault | undefined;
}

interface Entry {
  readonly trigger: Trigger;
  seen: number;
}

/** Counts of carried triggers that are kept; addresses are the clients' to choose. */
const CARRIED_KEPT = 10_000;

/** An empty book. */
export function createTriggerBook(): TriggerBook {
  const books = new Map<string, Entry[]>();
  const carriedSeen = new Map<string, number>();
  const entries = (account: string) => books.get(account) ?? [];

  const fireCarried = (account: string, trigger: Trigger): boolean => {
    const key = `${account} ${trigger.id}`;
    const seen = carriedSeen.get(key) ?? 0;
    carriedSeen.delete(key);
    carriedSeen.set(key, seen + 1);
    const [oldest] = carriedSeen.keys();
    if (carriedSeen.size > CARRIED_KEPT && oldest !== undefined) carriedSeen.delete(oldest);
    return fires(trigger, seen);
  };

  return {
    add: (account, trigger) => {
      books.set(account, [...entries(account), { trigger, seen: 0 }]);
    },
    list: (account) => entries(account).map(({ trigger, seen }) => ({ ...trigger, seen })),
    remove: (account, id) => {
      const left = entries(account).filter((entry) => entry.trigger.id !== id);
      const found = left.length < entries(account).length;
      books.set(account, left);
      return found;
    },
    clear: (account) => void books.delete(account),
    any: (account) => account !== undefined && entries(account).length > 0,
    fire: (account, stage, facts, carried) => {
      if (account === undefined) return undefined;
      for (const entry of entries(account)) {
        if (entry.trigger.tls !== undefined || !matchesTrigger(entry.trigger, stage, facts)) continue;
        const { seen } = entry;
        entry.seen += 1;
        if (fires(entry.trigger, seen)) return entry.trigger;
      }
      return carried !== undefined && fireCarried(account, carried) ? carried : undefined;
    },
    tlsFault: (account) =>
      account === undefined
        ? undefined
        : entries(account).find((entry) => entry.trigger.tls !== undefined)?.trigger.tls,
  };
}
