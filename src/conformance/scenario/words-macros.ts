import type { Word } from './word.ts';

/** What stands between angle brackets behind `C:`. */
export const macroWords = [
  {
    id: '<session>',
    forms: ['session', 'session second', 'session third'],
    meaning:
      'Connects, reads the greeting, says EHLO, secures the session as the mode has it, and logs in; `second` and `third` name another login.',
    example: 'C: <session>\nC2: <session second>',
  },
  {
    id: '<open>',
    forms: ['open'],
    meaning: 'As `<session>`, without the login.',
    example: 'C: <open>\nC: MAIL FROM:<${sender}>\nS: 530 *',
  },
  {
    id: '<open with TLS VERSION>',
    forms: ['open with TLS 1.1', 'session with TLS 1.3', 'TLS handshake with TLS 1.1'],
    meaning:
      'The client offers this version of TLS alone, and behind a comma a cipher suite. It works with `<open>`, `<session>` and `<TLS handshake>`.',
    example: 'C: <open with TLS 1.2, ECDHE-ECDSA-AES128-GCM-SHA256>',
  },
  {
    id: '<connect>',
    forms: ['connect'],
    meaning:
      'Connects and says nothing; the greeting is for the next `S:` line, in front of which the handshake is made where the mode begins with TLS.',
    example: 'C: <connect>\nS: 220 *',
  },
  {
    id: '<TLS handshake>',
    forms: ['TLS handshake'],
    meaning: 'Begins TLS here, behind a STARTTLS of your own. On a session that is secured it does nothing.',
    example:
      'C: <connect>\nS: 220 *\nC: EHLO me.example\nS: 250 *\nC: STARTTLS\nS: 220 *\nC: <TLS handshake>',
  },
  {
    id: '<TLS handshake or close>',
    forms: ['TLS handshake or close'],
    meaning: 'The same, where the gateway may close instead.',
    example: 'C: <TLS handshake or close>',
  },
  {
    id: '<login>',
    forms: [
      'login',
      'login second',
      'login third',
      'login PLAIN',
      'login LOGIN',
      'login LOGIN with initial response',
      'login PLAIN without initial response',
    ],
    meaning:
      'Logs in with the right password: AUTH PLAIN unless it says LOGIN, `with` or `without initial response` as it says.',
    example: 'C: <open>\nC: <login LOGIN>',
  },
  {
    id: '<wrong login>',
    forms: ['wrong login', 'wrong login second', 'wrong login third'],
    meaning: 'Logs in with a wrong password, which must be refused with 535.',
    example: 'C: <open>\nC: <wrong login> x5',
  },
  {
    id: '<AUTH right password>',
    forms: ['AUTH right password'],
    meaning: 'Sends AUTH PLAIN with the right password; the reply is for the next `S:` line.',
    example: 'C: <open>\nC: <AUTH right password>\nS: 235 *',
  },
  {
    id: '<AUTH wrong password>',
    forms: ['AUTH wrong password'],
    meaning: 'Sends AUTH PLAIN with a wrong password; the reply is for the next `S:` line.',
    example: 'C: <open>\nC: <AUTH wrong password>\nS: 535 5.7.8 Incorrect login or password',
  },
  {
    id: '<AUTH old password>',
    forms: ['AUTH old password'],
    meaning: 'Sends AUTH PLAIN with the password from before `W: new password`.',
    example: 'W: new password\nC: <open>\nC: <AUTH old password>\nS: 535 *',
  },
  {
    id: '<AUTH unknown login>',
    forms: ['AUTH unknown login'],
    meaning: 'Sends AUTH PLAIN with a login that nobody has.',
    example: 'C: <open>\nC: <AUTH unknown login>\nS: 535 *',
  },
  {
    id: '<AUTH XOAUTH2 TOKEN>',
    forms: [
      'AUTH XOAUTH2 token',
      'AUTH XOAUTH2 expired token',
      'AUTH XOAUTH2 token of another scope',
      'AUTH XOAUTH2 token of another login',
      'AUTH XOAUTH2 unknown token',
    ],
    meaning:
      'Sends AUTH XOAUTH2 with an access token of the login; the reply is for the next `S:` line. `token` is one token for the whole case, good for an hour of its clock from its first use. A case with `given.mechanisms` can have one.',
    example: 'C: <open>\nC: <AUTH XOAUTH2 token>\nS: 235 *',
  },
  {
    id: '<AUTH OAUTHBEARER TOKEN>',
    forms: [
      'AUTH OAUTHBEARER token',
      'AUTH OAUTHBEARER expired token',
      'AUTH OAUTHBEARER token of another scope',
      'AUTH OAUTHBEARER token of another login',
      'AUTH OAUTHBEARER unknown token',
    ],
    meaning: 'The same by AUTH OAUTHBEARER (RFC 7628), with the login in its header.',
    example: 'C: <open>\nC: <AUTH OAUTHBEARER expired token>\nS: 334 *',
  },
  {
    id: '<envelope NAME>',
    forms: ['envelope to', 'envelope to, cc'],
    meaning:
      'MAIL, RCPT for each recipient (commas between several), and DATA, up to the 354; the message follows.',
    example: 'C: <envelope to, cc>\nC: <message>\nS: 250 *',
  },
  {
    id: '<send NAME>',
    forms: ['send to', 'send to, cc'],
    meaning:
      'A whole transaction for the recipients (commas between several) with a message that is built in, each reply waited for and accepted.',
    example: 'C: <send to, cc>',
  },
  {
    id: '<message>',
    forms: ['message'],
    meaning: 'Sends a message that is built in, and its final dot; the reply is for the next `S:` line.',
    example: 'C: <envelope to>\nC: <message>\nS: 250 *',
  },
  {
    id: '<message NAME>',
    forms: ['message order'],
    meaning: 'Sends the message of this name from `messages`, dot-stuffed and ended.',
    example: 'C: <envelope to>\nC: <message order>\nS: 250 *',
  },
  {
    id: '<first half of message>',
    forms: ['first half of message', 'first half of message order'],
    meaning: 'Sends the first half of the octets, of a message by name too, and no final dot.',
    example: 'C: <envelope to>\nC: <first half of message>\nC: <close>',
  },
  {
    id: '<rest of message>',
    forms: ['rest of message', 'rest of message order'],
    meaning: 'Sends what `<first half of message>` left, and the final dot.',
    example: 'C: <envelope to>\nC: <first half of message>\nC: <rest of message>\nS: 250 *',
  },
  {
    id: '<close>',
    forms: ['close'],
    meaning: 'Closes the connection without QUIT.',
    example: 'C: MAIL FROM:<${sender}>\nS: 250 *\nC: <close>',
  },
  {
    id: '<half close>',
    forms: ['half close'],
    meaning: 'The client ends its side and still reads.',
    example: 'C: NOOP\nC: <half close>\nS: 250 *',
  },
  {
    id: '<reset>',
    forms: ['reset'],
    meaning: 'Breaks the TCP connection off with a reset.',
    example: 'C: <envelope to>\nC: <reset>',
  },
] as const satisfies readonly Word[];
