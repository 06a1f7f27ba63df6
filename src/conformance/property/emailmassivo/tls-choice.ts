import type { Expected } from './draft.ts';

/** What a client offers in its handshake, as a macro says it behind `with`. */
export const tlsChoices = [
  'TLS 1.0',
  'TLS 1.1',
  'TLS 1.0, TLS 1.1, TLS 1.2',
  'TLS 1.2, ECDHE-ECDSA-AES256-GCM-SHA384, ECDHE-RSA-AES256-GCM-SHA384',
  'TLS 1.2',
  'TLS 1.3',
] as const;
export type TlsChoice = (typeof tlsChoices)[number];

/** Whether the gateway speaks a version of the offer (`tls.version`). */
export function isOffered(choice: TlsChoice): boolean {
  return choice !== 'TLS 1.0' && choice !== 'TLS 1.1';
}

/** What comes of the handshake: the newest version of the offer, or none. */
export function tlsExpectation(choice: TlsChoice): Expected {
  const version = choice === 'TLS 1.3' ? 'TLS 1.3' : 'TLS 1.2';
  return { reply: isOffered(choice) ? `<${version}>` : '<handshake fails>', rule: 'tls.version' };
}
