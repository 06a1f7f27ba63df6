import type { Role, TlsFault, TriggerStage } from '../../contract/vocabulary.ts';

/** What a case asks of its target before it begins. Sends are whole numbers, times milliseconds. */
export interface Needs {
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
  readonly triggers: readonly TriggerNeed[];
  /** The kinds of change that will be asked for. */
  readonly changes: readonly WorldChange['kind'][];
}

/** A forced behaviour (rule `sandbox.triggers`); times in milliseconds. */
export interface TriggerNeed {
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

/** A change of the world in the middle of a case. */
export type WorldChange =
  | { readonly kind: 'balance'; readonly sends: number }
  | { readonly kind: 'buy'; readonly plan: 'prepaid' | 'monthly'; readonly sends: number }
  | { readonly kind: 'maintenance'; readonly on: boolean }
  | { readonly kind: 'block'; readonly blocked: boolean }
  | { readonly kind: 'new-password' }
  | { readonly kind: 'record'; readonly record: 'spf' | 'dkim' | 'dmarc'; readonly published: boolean }
  | { readonly kind: 'verify-domain' }
  | { readonly kind: 'recipient'; readonly name: string; readonly role: Role }
  | { readonly kind: 'mailbox'; readonly up: boolean }
  | { readonly kind: 'settled' };
