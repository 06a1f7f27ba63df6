import type { SecureVersion } from 'node:tls';
import type { ModeEntry, Port } from '../../contract/modes.ts';

/** The octets of one session on their way between socket and parser. */
export interface WireStream {
  received(octets: Buffer): Buffer;
  sent(octets: Buffer): Buffer;
  /** The client has closed its side; what it is owed is still to be sent. */
  ended?(): void;
}

/** The byte stream under the parser, and how a listener meets its clients; a seam for proof. */
export interface Wire {
  /** Whether the listener of a documented port speaks TLS from the first octet. */
  implicitTls(port: Port): boolean;
  /** The oldest TLS version of a listener, and its cipher suites where they are not the usual ones (rule `tls.version`). */
  tlsOf(port: Port): { readonly minVersion: SecureVersion; readonly ciphers?: string };
  /** Called once a session, and again when it turns to TLS. */
  open(tls: boolean): WireStream;
}

/** Passes everything on as it is; what a port speaks is for the modes to say. */
export function plainWire(modes: readonly ModeEntry[]): Wire {
  return {
    implicitTls: (port) => modes.some((mode) => mode.port === port && mode.encryption === 'implicit'),
    // RFC 8996
    tlsOf: () => ({ minVersion: 'TLSv1.2' }),
    open: () => ({ received: (octets) => octets, sent: (octets) => octets }),
  };
}
