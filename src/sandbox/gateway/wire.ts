import type { Port } from '../../contract/modes.ts';

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
  /** Called once a session, and again when it turns to TLS. */
  open(tls: boolean): WireStream;
}

/** Passes everything on as it is. */
export const plainWire: Wire = {
  implicitTls: (port) => port === 465,
  open: () => ({ received: (octets) => octets, sent: (octets) => octets }),
};
