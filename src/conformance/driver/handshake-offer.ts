import { connect, type ConnectionOptions, type SecureVersion, type TLSSocket } from 'node:tls';

/** What the client offers in its handshake, in OpenSSL's words; what is absent is the library's own choice. */
export interface HandshakeOffer {
  readonly minVersion?: SecureVersion | undefined;
  readonly maxVersion?: SecureVersion | undefined;
  /** Names of cipher suites. */
  readonly ciphers?: readonly string[] | undefined;
}

/** Begins TLS. An unknown cipher suite is told by an exception, before anything is on the wire. */
export function beginHandshake(
  options: ConnectionOptions,
  offer: HandshakeOffer,
): { readonly socket: TLSSocket } | { readonly why: string } {
  try {
    return { socket: connect({ ...options, ...wordsOf(offer) }) };
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}

/** OpenSSL offers what is older than TLS 1.2 at security level 0 alone. */
function wordsOf({ minVersion, maxVersion, ciphers = [] }: HandshakeOffer): ConnectionOptions {
  const isOld = minVersion === 'TLSv1' || minVersion === 'TLSv1.1';
  const names = ciphers.length > 0 ? ciphers.join(':') : 'DEFAULT';
  return {
    ...(minVersion !== undefined && { minVersion }),
    ...(maxVersion !== undefined && { maxVersion }),
    ...((isOld || ciphers.length > 0) && { ciphers: `${names}${isOld ? '@SECLEVEL=0' : ''}` }),
  };
}
