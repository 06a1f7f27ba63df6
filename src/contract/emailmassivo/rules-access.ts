import { EVERY_REPLY, OPENING, TRANSACTION } from '../moments.ts';
import { rfcRules } from '../rfc/rules.ts';
import type { RuleEntry } from '../rule.ts';

/** Ports, encryption and login. */
export const accessRules = {
  'port.465.implicit-tls': {
    basis: 'documented',
    statement: '465 speaks TLS from the first byte; plain SMTP there gets no SMTP reply and no hang.',
    source: 'Encryption Type: secure TLS/SSL connection',
    shownBy: 'scenario',
    moments: EVERY_REPLY,
  },
  'port.587.plain': {
    basis: 'documented',
    statement: '587 takes a session without encryption.',
    source: 'Ports 587 and 25 are also available, supporting both encrypted and unencrypted connections.',
    shownBy: 'scenario',
    moments: EVERY_REPLY,
  },
  'port.587.starttls': {
    basis: 'documented',
    statement: '587 takes an encrypted session.',
    source: 'Ports 587 and 25 are also available, supporting both encrypted and unencrypted connections.',
    shownBy: 'scenario',
    moments: EVERY_REPLY,
  },
  'port.25.plain': {
    basis: 'documented',
    statement: '25 takes a session without encryption.',
    source: 'Ports 587 and 25 are also available, supporting both encrypted and unencrypted connections.',
    shownBy: 'scenario',
    moments: EVERY_REPLY,
  },
  'port.25.starttls': {
    basis: 'documented',
    statement: '25 takes an encrypted session.',
    source: 'Ports 587 and 25 are also available, supporting both encrypted and unencrypted connections.',
    shownBy: 'scenario',
    moments: EVERY_REPLY,
  },
  'port.starttls': {
    basis: 'inferred',
    statement: '"Encrypted" on 587 and 25 means STARTTLS.',
    source: 'RFC 3207 §2',
    shownBy: 'scenario',
    moments: OPENING,
  },
  'tls.auth-everywhere': {
    basis: 'inferred',
    statement: 'AUTH is offered and works in each of the five modes.',
    source: 'RFC 4954 §4: a configuration that offers AUTH under TLS only must be possible too',
    shownBy: 'scenario',
    moments: ['EHLO', 'AUTH'],
  },
  'tls.auth-demanded': {
    basis: 'inferred',
    statement:
      'Where AUTH is offered under TLS only, AUTH in clear gets 538, whatever the mechanism, and counts for nothing.',
    source: 'RFC 4954 §6',
    replies: ['538 5.7.11 Encryption required for authentication'],
    shownBy: 'control test',
    moments: ['EHLO', 'AUTH'],
  },
  'tls.starttls-resets': rfcRules['tls.starttls-resets'],
  'tls.no-starttls-inside': rfcRules['tls.no-starttls-inside'],
  'tls.version': {
    basis: 'inferred',
    statement: 'TLS 1.2 and 1.3 only.',
    source: 'RFC 8996',
    shownBy: 'scenario',
    moments: OPENING,
  },
  'auth.login-password': {
    basis: 'documented',
    statement: 'Each connection has a login and a password of its own.',
    source: 'For SMTP connection, you will need a login and password.',
    shownBy: 'scenario',
    moments: ['AUTH', 'MAIL'],
  },
  'auth.mechanisms': rfcRules['auth.mechanisms'],
  'auth.mechanisms.login': {
    basis: 'inferred',
    statement:
      'AUTH LOGIN with and without initial username; the challenges are `334 VXNlcm5hbWU6` and `334 UGFzc3dvcmQ6`.',
    source: 'No RFC, every client; logins and passwords are UTF-8 as in RFC 4616',
    replies: ['334 VXNlcm5hbWU6', '334 UGFzc3dvcmQ6'],
    shownBy: 'scenario',
    moments: ['EHLO', 'AUTH'],
  },
  'auth.mechanisms.list': {
    basis: 'inferred',
    statement:
      'AUTH offers PLAIN and LOGIN, in this order; another list is a choice. A mechanism that is not offered gets 504.',
    source: 'RFC 4954 §4',
    replies: ['504 5.5.4 Authentication mechanism not supported'],
    shownBy: 'scenario',
    moments: ['EHLO', 'AUTH'],
  },
  'auth.required': {
    basis: 'inferred',
    statement: 'MAIL before AUTH gets 530.',
    source: 'RFC 4954 §6',
    replies: ['530 5.7.0 Authentication required'],
    shownBy: 'scenario',
    moments: ['MAIL', 'RCPT', 'DATA'],
  },
  'auth.regenerate': {
    basis: 'documented',
    statement: 'A newly generated password works, and the old one stops.',
    source: 'If necessary, you can generate a new password.',
    shownBy: 'scenario',
    moments: ['AUTH'],
  },
  'auth.regenerate.when': {
    basis: 'inferred',
    statement: 'A new password holds at once; a session already logged in goes on.',
    source: "The page is silent; a session's login stands until it ends (RFC 4954 §4)",
    shownBy: 'scenario',
    moments: ['AUTH', ...TRANSACTION],
  },
  'error.535': {
    basis: 'documented',
    statement: 'An unknown login or a wrong password is refused; the session stays open.',
    source: 'Invalid SMTP credentials.',
    replies: ['535 5.7.8 Incorrect login or password'],
    shownBy: 'scenario',
    moments: ['AUTH'],
  },
  'error.535.blocked': {
    basis: 'inferred',
    statement:
      'The right password of a Blocked connection gets the very same reply; it does not count towards 454.',
    source: 'Make sure the account is not blocked.',
    replies: ['535 5.7.8 Incorrect login or password'],
    shownBy: 'scenario',
    moments: ['AUTH'],
  },
  'error.454': {
    basis: 'documented',
    statement: 'After too many failed logins further ones are refused.',
    source: 'Too many failed login attempts.',
    replies: ['454 4.7.0 Too many login attempts'],
    shownBy: 'scenario',
    moments: ['AUTH'],
  },
  'error.454.window': {
    basis: 'inferred',
    statement:
      'Five failures within five minutes lock a login, the right password included, until five minutes after the last failed one; attempts answered 454 prolong nothing, a success resets the count. Failures under a name that is nobody’s (no UTF-8, empty, over 255 octets) count in their session.',
    source: 'Wait some time before re-authorization.',
    replies: ['454 4.7.0 Too many login attempts'],
    shownBy: 'scenario',
    moments: ['AUTH'],
  },
} as const satisfies Record<string, RuleEntry>;
