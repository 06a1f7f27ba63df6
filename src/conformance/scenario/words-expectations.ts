import type { Word } from './word.ts';

/** What an `S:` line can expect. */
export const expectationWords = [
  {
    id: 'S: REPLY',
    meaning: 'This reply, whole and byte for byte.',
    example: 'C: RCPT TO:<${to}>\nS: 450 Balance not enough',
  },
  {
    id: 'S: 250 *',
    forms: ['250 *'],
    meaning: 'This code with any text.',
    example: 'C: NOOP\nS: 250 *',
  },
  {
    id: 'S: 5xx *',
    forms: ['5xx *'],
    meaning: 'Any code of this class.',
    example: 'C: HELP ME\nS: 5xx *',
  },
  {
    id: 'S: /PATTERN/',
    forms: ['/regex/', '//'],
    meaning:
      'A reply that a regular expression matches; a named group is a variable from here on: `(?<id>…)` gives `${id}`.',
    example: 'C: NOOP\nS: /^250 (?<words>.*)$/',
  },
  {
    id: 'S: <offers KEYWORD, KEYWORD>',
    forms: ['offers …'],
    meaning: 'The last EHLO reply offers each of these; words behind a keyword count too: `AUTH PLAIN`.',
    example: 'S: <offers SIZE, AUTH PLAIN>',
  },
  {
    id: 'S: <does not offer KEYWORD, KEYWORD>',
    forms: ['does not offer …'],
    meaning: 'The last EHLO reply offers none of these.',
    example: 'S: <does not offer ENHANCEDSTATUSCODES>',
  },
  {
    id: 'S: <closes>',
    forms: ['closes'],
    meaning: 'The gateway closes the session, and nothing comes before.',
    example: 'C: QUIT\nS: 221 *\nS: <closes>',
  },
  {
    id: 'S: <closes without a reply>',
    forms: ['closes without a reply'],
    meaning: 'The gateway closes without any SMTP reply; an alert of TLS may come before.',
    example: 'C: <connect>\nS: <closes without a reply>',
  },
  {
    id: 'S: <nothing more>',
    forms: ['nothing more'],
    meaning: 'No reply came that nobody asked for: a NOOP gets one reply.',
    example: 'C: <send to>\nS: <nothing more>',
  },
  {
    id: 'S: <handshake fails>',
    forms: ['handshake fails'],
    meaning: 'The TLS handshake of the line above did not come about.',
    example: 'C: <open with TLS 1.1>\nS: <handshake fails>',
  },
  {
    id: 'S: <TLS VERSION, CIPHER>',
    forms: ['TLS 1.2', 'TLS 1.3', 'TLS 1.2, ECDHE-ECDSA-AES128-GCM-SHA256'],
    meaning: 'The handshake came to this version and, where one is named, this cipher suite.',
    example: 'C: <open with TLS 1.2>\nS: <TLS 1.2>',
  },
] as const satisfies readonly Word[];
