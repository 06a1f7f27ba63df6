import type { Role } from '../../contract/vocabulary.ts';

/** What a `W:` line does to the world. The list is closed. */
export type WorldChange =
  | { readonly kind: 'balance'; readonly sends: number }
  | { readonly kind: 'buy'; readonly plan: 'prepaid' | 'monthly'; readonly sends: number }
  | { readonly kind: 'maintenance'; readonly on: boolean }
  | { readonly kind: 'block'; readonly blocked: boolean }
  | { readonly kind: 'new-password' }
  | { readonly kind: 'record'; readonly record: DomainRecord; readonly published: boolean }
  | { readonly kind: 'verify-domain' }
  | { readonly kind: 'recipient'; readonly name: string; readonly role: Role }
  | { readonly kind: 'mailbox'; readonly up: boolean }
  | { readonly kind: 'settled' };

/** The DNS records that a domain needs. */
export const domainRecords = ['spf', 'dkim', 'dmarc'] as const;
type DomainRecord = (typeof domainRecords)[number];
