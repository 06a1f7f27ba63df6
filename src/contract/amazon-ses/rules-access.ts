import { EVERY_COMMAND, EVERY_REPLY, OPENING } from '../moments.ts';
import { rfcRules } from '../rfc/rules.ts';
import type { RuleEntry } from '../rule.ts';
import { documentedReplies } from './documented-replies.ts';
import { observedReplies } from './own-replies.ts';

const STARTTLS_PORTS =
  '25, 587, 2587 | SMTP, and STARTTLS; every session must be encrypted before anything else';
const WRAPPER_PORTS = '465, 2465 | TLS from the first octet ("TLS wrapper")';

/** Ports, encryption and signing in. */
export const accessRules = {
  'port.25.starttls': {
    basis: 'documented',
    statement: '25 takes a session that turns to TLS by STARTTLS.',
    source: STARTTLS_PORTS,
    shownBy: 'scenario',
    moments: EVERY_REPLY,
  },
  'port.587.starttls': {
    basis: 'documented',
    statement: '587 takes a session that turns to TLS by STARTTLS.',
    source: STARTTLS_PORTS,
    shownBy: 'scenario',
    moments: EVERY_REPLY,
  },
  'port.2587.starttls': {
    basis: 'documented',
    statement: '2587 takes a session that turns to TLS by STARTTLS.',
    source: STARTTLS_PORTS,
    shownBy: 'scenario',
    moments: EVERY_REPLY,
  },
  'port.465.implicit-tls': {
    basis: 'documented',
    statement: '465 speaks TLS from the first octet.',
    source: WRAPPER_PORTS,
    shownBy: 'scenario',
    moments: EVERY_REPLY,
  },
  'port.2465.implicit-tls': {
    basis: 'documented',
    statement: '2465 speaks TLS from the first octet.',
    source: WRAPPER_PORTS,
    shownBy: 'scenario',
    moments: EVERY_REPLY,
  },
  'port.encrypted': {
    basis: 'documented',
    statement: 'Without TLS nothing is done: no sign-in, no mail.',
    source: 'every session must be encrypted before anything else',
    shownBy: 'scenario',
    moments: EVERY_COMMAND,
  },
  'port.encrypted.reply': {
    basis: 'observed',
    statement:
      'Before TLS every command but EHLO, HELO, NOOP, STARTTLS and QUIT gets `530 Must issue a STARTTLS command first`.',
    source: 'github.com/jetmore/swaks/issues/15, github.com/Pylons/pyramid_exclog/issues/24; RFC 3207 §4',
    replies: [observedReplies.encryptionRequired],
    shownBy: 'scenario',
    moments: EVERY_COMMAND,
  },
  'port.starttls': {
    basis: 'inferred',
    statement: 'STARTTLS is offered on 25, 587 and 2587; where TLS cannot be had now it gets 454.',
    source: 'RFC 3207 §2, §4',
    replies: ['454 TLS not available'],
    shownBy: 'scenario',
    moments: OPENING,
  },
  'tls.starttls-resets': rfcRules['tls.starttls-resets'],
  'tls.no-starttls-inside': rfcRules['tls.no-starttls-inside'],
  'tls.version': {
    basis: 'inferred',
    statement: 'TLS 1.2 and 1.3 are spoken, nothing older.',
    source: 'RFC 8996',
    shownBy: 'scenario',
    moments: OPENING,
  },
  'auth.mechanisms': rfcRules['auth.mechanisms'],
  'auth.mechanisms.list': {
    basis: 'observed',
    statement: 'EHLO offers AUTH PLAIN LOGIN, before TLS too; another mechanism gets 504.',
    source: 'github.com/jetmore/swaks/issues/15, github.com/jstedfast/MailKit/issues/955',
    replies: ['504 Authentication mechanism not supported'],
    shownBy: 'scenario',
    moments: ['EHLO', 'AUTH'],
  },
  'auth.region': {
    basis: 'documented',
    statement:
      'A gateway stands in one region, whose name is in its own; credentials of another one are unknown.',
    source: 'Login: a pair of SMTP credentials per region.',
    shownBy: 'control test',
    moments: ['connect', 'EHLO', 'AUTH'],
  },
  'auth.refused': {
    basis: 'inferred',
    statement: 'A refused sign-in leaves the session open, and no number of them locks anything.',
    source: 'RFC 4954 §4; the guide names no lock',
    shownBy: 'scenario',
    moments: ['AUTH'],
  },
  'reply.235': {
    basis: 'documented',
    statement: 'Who signs in with the right credentials gets 235.',
    source: documentedReplies['reply.235'].cause,
    replies: [documentedReplies['reply.235'].reply],
    shownBy: 'scenario',
    moments: ['AUTH'],
  },
  'error.421': {
    basis: 'documented',
    statement: 'Too many sessions at once are refused.',
    source: documentedReplies['error.421'].cause,
    replies: [documentedReplies['error.421'].reply],
    shownBy: 'scenario',
    moments: ['connect'],
  },
  'error.421.stage': {
    basis: 'inferred',
    statement:
      'In place of the greeting, and then the close; how many may be open is unlimited unless it is set, since the guide names no number.',
    source: 'RFC 5321 §3.8',
    replies: [documentedReplies['error.421'].reply],
    shownBy: 'scenario',
    moments: ['connect', 'close'],
  },
  'error.454-authentication': {
    basis: 'documented',
    statement: 'Where credentials cannot be validated now, signing in is put off.',
    source: documentedReplies['error.454-authentication'].cause,
    replies: [documentedReplies['error.454-authentication'].reply],
    shownBy: 'scenario',
    moments: ['AUTH'],
  },
  'error.454-authentication.stage': {
    basis: 'inferred',
    statement: 'AUTH during maintenance; the session stays open.',
    source: 'the guide names no cause of the trouble',
    replies: [documentedReplies['error.454-authentication'].reply],
    shownBy: 'scenario',
    moments: ['AUTH'],
  },
  'error.530': {
    basis: 'documented',
    statement: 'Who does not sign in sends nothing.',
    source: documentedReplies['error.530'].cause,
    replies: [documentedReplies['error.530'].reply],
    shownBy: 'scenario',
    moments: ['MAIL'],
  },
  'error.530.stage': {
    basis: 'inferred',
    statement: 'At MAIL; RCPT and DATA outside a transaction get 503.',
    source: 'RFC 4954 §6',
    replies: [documentedReplies['error.530'].reply],
    shownBy: 'scenario',
    moments: ['MAIL', 'RCPT', 'DATA'],
  },
  'error.535': {
    basis: 'documented',
    statement: 'Wrong credentials are refused, whether login or password is wrong.',
    source: documentedReplies['error.535'].cause,
    replies: [documentedReplies['error.535'].reply],
    shownBy: 'scenario',
    moments: ['AUTH'],
  },
  'error.535-subscription': {
    basis: 'documented',
    statement: 'The right credentials of an account without a subscription are refused.',
    source: documentedReplies['error.535-subscription'].cause,
    replies: [documentedReplies['error.535-subscription'].reply],
    shownBy: 'scenario',
    moments: ['AUTH'],
  },
} as const satisfies Record<string, RuleEntry>;
