import type { Template } from './template.ts';
import type { TlsVersion } from './tls-offer.ts';

/** What an `S:` line waits for. */
export type ServerExpectation =
  | { readonly kind: 'literal'; readonly reply: Template }
  | { readonly kind: 'code'; readonly code: number }
  | { readonly kind: 'class'; readonly class: number }
  | { readonly kind: 'pattern'; readonly pattern: Template; readonly captures: readonly string[] }
  | { readonly kind: 'offers'; readonly keywords: readonly string[] }
  | { readonly kind: 'does-not-offer'; readonly keywords: readonly string[] }
  | { readonly kind: 'closes' }
  | { readonly kind: 'closes-without-a-reply' }
  | { readonly kind: 'nothing-more' }
  | { readonly kind: 'handshake-fails' }
  | { readonly kind: 'secured'; readonly version: TlsVersion; readonly cipher: string | undefined };

/** The expectation as a person reads it, its variables left as written. */
export function showExpectation(expectation: ServerExpectation): string {
  switch (expectation.kind) {
    case 'literal':
      return expectation.reply.text;
    case 'code':
      return `${expectation.code} *`;
    case 'class':
      return `${expectation.class}xx *`;
    case 'pattern':
      return `/${expectation.pattern.text}/`;
    case 'offers':
      return `offers ${expectation.keywords.join(', ')}`;
    case 'does-not-offer':
      return `does not offer ${expectation.keywords.join(', ')}`;
    case 'closes':
      return 'the gateway closes';
    case 'closes-without-a-reply':
      return 'the gateway closes without a reply';
    case 'nothing-more':
      return 'nothing more';
    case 'handshake-fails':
      return 'the TLS handshake fails';
    case 'secured':
      return [expectation.version, expectation.cipher].filter((part) => part !== undefined).join(', ');
  }
}
