import { suggest } from './suggest.ts';

/** The versions of TLS that a client can be told to offer, oldest first. */
export const tlsVersions = ['TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'] as const;
/** A version of TLS, as people write it. */
export type TlsVersion = (typeof tlsVersions)[number];

/** What the client offers in its handshake; what is absent is the library's own choice. */
export interface TlsOffer {
  /** The versions offered; they follow each other. */
  readonly versions: readonly TlsVersion[];
  /** Names of cipher suites as OpenSSL has them; none leaves them to the library. */
  readonly ciphers: readonly string[];
}

/** A version, or what is wrong with it. */
export type ReadTlsVersion =
  | { readonly kind: 'version'; readonly version: TlsVersion }
  | { readonly kind: 'wrong'; readonly sentence: string };

/** Reads `TLS 1.2`. */
export function readTlsVersion(text: string): ReadTlsVersion {
  const version = tlsVersions.find((known) => known === text);
  return version === undefined
    ? {
        kind: 'wrong',
        sentence: `There is no version "${text}".${suggest(text, tlsVersions)} Versions are ${tlsVersions.join(', ')}.`,
      }
    : { kind: 'version', version };
}

/** Reads what stands behind `with` in a macro: versions and ciphers, in any order, commas between them. */
export function readTlsOffer(
  text: string,
):
  | { readonly kind: 'offer'; readonly offer: TlsOffer }
  | { readonly kind: 'wrong'; readonly sentence: string } {
  const versions: TlsVersion[] = [];
  const ciphers: string[] = [];
  for (const part of text.split(',').map((word) => word.trim())) {
    if (/^TLS \d|^TLSv|^SSL/i.test(part)) {
      const read = readTlsVersion(part);
      if (read.kind === 'wrong') return read;
      versions.push(read.version);
    } else if (/^[A-Z0-9_-]+$/.test(part)) ciphers.push(part);
    else {
      const sentence = `"${part}" is neither a version (${tlsVersions.join(', ')}) nor the name of a cipher suite, such as ECDHE-ECDSA-AES128-GCM-SHA256.`;
      return { kind: 'wrong', sentence };
    }
  }
  const offered = tlsVersions.filter((version) => versions.includes(version));
  const first = tlsVersions.indexOf(offered[0] ?? 'TLS 1.0');
  const isGapless = offered.every((version, at) => tlsVersions.indexOf(version) === first + at);
  return isGapless
    ? { kind: 'offer', offer: { versions: offered, ciphers } }
    : {
        kind: 'wrong',
        sentence: `A client offers versions that follow each other: between ${offered.join(' and ')} one is left out.`,
      };
}
