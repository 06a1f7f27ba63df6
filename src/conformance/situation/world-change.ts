import type { RecordKind } from '../../contract/vocabulary.ts';
import type { LoginChoice } from './given.ts';

/** A change of the world in the middle of a case, as a `W:` line says it. The list is closed. */
export type WorldChange =
  | ((
      | { readonly kind: 'balance'; readonly sends: number }
      | { readonly kind: 'buy'; readonly plan: 'prepaid' | 'monthly'; readonly sends: number }
      | { readonly kind: 'block'; readonly blocked: boolean }
      | { readonly kind: 'new-password' }
    ) & {
      /** Whose connection or account changes; the first login's where it is absent. */
      readonly login?: Exclude<LoginChoice, 'first'>;
    })
  | { readonly kind: 'maintenance'; readonly on: boolean }
  | { readonly kind: 'record'; readonly record: RecordKind; readonly published: boolean }
  | { readonly kind: 'verify-domain' }
  | { readonly kind: 'recipient'; readonly name: string; readonly role: string }
  | { readonly kind: 'mailbox'; readonly up: boolean }
  | { readonly kind: 'settled' };
