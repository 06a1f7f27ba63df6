import { EVERY_REPLY } from '../moments.ts';
import type { RuleEntry } from '../rule.ts';

/** Encryption and login. */
export const rfcAccessRules = {
  'tls.starttls-resets': {
    basis: 'standard',
    level: 'MUST',
    statement:
      'After STARTTLS all knowledge of the client is dropped; bytes sent before the handshake are never executed.',
    source: 'RFC 3207 §4.2',
    shownBy: 'scenario',
    moments: EVERY_REPLY,
  },
  'tls.no-starttls-inside': {
    basis: 'standard',
    level: 'MUST',
    statement: 'STARTTLS is not offered inside TLS.',
    source: 'RFC 3207 §4.2',
    shownBy: 'scenario',
    moments: ['EHLO', 'STARTTLS'],
  },
  'auth.mechanisms': {
    basis: 'standard',
    level: 'MUST',
    statement:
      'AUTH PLAIN with and without initial response; `*` cancels with 501; broken base64 gets 501 and counts for nothing; base64 that can be decoded is credentials, right or wrong, whatever it holds.',
    source: 'RFC 4954 §4',
    shownBy: 'scenario',
    moments: ['EHLO', 'AUTH'],
  },
} as const satisfies Record<string, RuleEntry>;
