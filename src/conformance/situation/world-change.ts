import type { RecordKind, Role } from '../../contract/vocabulary.ts';

/** A change of the world in the middle of a case, as a `W:` line says it. The list is closed. */
export type WorldChange =
  | { readonly kind: 'balance'; readonly sends: number }
  | { readonly kind: 'buy'; readonly plan: 'prepaid' | 'monthly'; readonly sends: number }
  | { readonly kind: 'maintenance'; readonly on: boolean }
  | { readonly kind: 'block'; readonly blocked: boolean }
  | { readonly kind: 'new-password' }
  | { readonly kind: 'record'; readonly record: RecordKind; readonly published: boolean }
  | { readonly kind: 'verify-domain' }
  | { readonly kind: 'recipient'; readonly name: string; readonly role: Role }
  | { readonly kind: 'mailbox'; readonly up: boolean }
  | { readonly kind: 'settled' };
