/**
 * What may be asked of the world around a session, before it and in its middle: said by a scenario, arranged by a
 * target. Pure types, since neither of the two knows the other.
 */
import type { Role, TlsFault, TriggerStage } from '../../contract/vocabulary.ts';

/** What must be true before the dialogue, its defaults filled in. Sends are whole numbers, times milliseconds. */
export interface Given {
  readonly balance: number;
  readonly plans: readonly { readonly kind: 'monthly' | 'prepaid'; readonly sends: number }[];
  readonly sendLimit: number | undefined;
  readonly domain: 'verified' | 'unverified' | 'unregistered' | "another account's";
  readonly connection: 'active' | 'blocked' | 'not activated';
  readonly secondLogin: 'same account' | 'another account' | undefined;
  readonly rate: { readonly limit: number; readonly perMs: number } | undefined;
  readonly sessionLimit: number | undefined;
  readonly sizeLimit: number | undefined;
  readonly recipientLimit: number | undefined;
  readonly recipients: ReadonlyMap<string, Role>;
  /** The instant at which the clock starts; it stands still until it is moved. */
  readonly clock: string;
  readonly ownListeners: boolean;
  readonly triggers: readonly Trigger[];
}

/** A forced behaviour (rule `sandbox.triggers`); times in milliseconds. */
export interface Trigger {
  readonly stage: TriggerStage;
  /** Recipients by name. */
  readonly match: Readonly<Partial<Record<'login' | 'sender' | 'recipient' | 'header', string>>>;
  readonly times: number | undefined;
  readonly after: number;
  readonly reply: string | undefined;
  readonly delayMs: number;
  readonly drop: 'before reply' | 'after reply' | undefined;
  readonly tls: TlsFault | undefined;
}
