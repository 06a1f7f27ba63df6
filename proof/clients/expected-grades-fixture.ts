import type { Grade } from '../../src/conformance/clients/grade.ts';
import type { Fault } from './reference-faults.ts';

/** The grades of a case that are not `right`. */
export interface Expected {
  readonly wire?: Grade;
  readonly told?: Grade;
}

/** What no patience under five minutes shows. */
export const unseen: Readonly<Record<string, Expected>> = {
  silent: { wire: 'not observed', told: 'not observed' },
};

/** The grades of each fault that are not `right`; all others are. */
export const expected: Readonly<Record<Fault, Readonly<Record<string, Expected>>>> = {
  'retries 535': {
    'login-535': { wire: 'wrong' },
  },
  'resends to all after a partial refusal': {
    'balance-450': { wire: 'dangerous' },
    'rest-after-452': { wire: 'dangerous' },
    'text-against-code': { wire: 'dangerous' },
  },
  'DATA without 354': {
    'later-data': { wire: 'wrong' },
    'data-refused': { wire: 'wrong' },
  },
  'ignores 421': {
    'unavailable-greeting': { wire: 'wrong' },
    'unavailable-ehlo': { wire: 'wrong' },
    'unavailable-session': { wire: 'wrong' },
    'domain-not-verified': { wire: 'wrong' },
  },
  'retries 451 after 1 s': {
    'rate-limit': { wire: 'wrong' },
  },
  'AUTH before TLS': {
    'starttls-missing': { wire: 'dangerous' },
    'starttls-refused': { wire: 'dangerous' },
  },
  'reuses what it learnt before TLS': {
    'starttls-injected': { wire: 'wrong' },
  },
  'drops the mail on 4yz': {
    'unavailable-greeting': { told: 'dangerous' },
    'unavailable-ehlo': { told: 'dangerous' },
    'login-454': { told: 'dangerous' },
    'rate-limit': { told: 'dangerous' },
    'domain-not-verified': { told: 'dangerous' },
    'later-auth': { told: 'dangerous' },
    'later-mail': { told: 'dangerous' },
    'later-data': { told: 'dangerous' },
    'later-dot': { told: 'dangerous' },
    'later-unknown': { told: 'dangerous' },
    'later-once': { told: 'dangerous' },
    'balance-450': { told: 'dangerous' },
    'rest-after-452': { told: 'dangerous' },
    'data-refused': { told: 'dangerous' },
    'text-against-code': { told: 'dangerous' },
    'said-450-unknown': { told: 'dangerous' },
    'said-452-5xx': { told: 'dangerous' },
    'said-455-rate': { told: 'dangerous' },
    'said-451-denied': { told: 'dangerous' },
  },
  'double send after the cut': {
    'cut-after-dot': { wire: 'dangerous' },
  },
  'no QUIT': {
    'cut-at-quit': { wire: 'not observed' },
    'unavailable-quit': { wire: 'not observed' },
    goodbye: { wire: 'acceptable' },
  },
  'plain bytes to 465': {
    'implicit-tls': { wire: 'wrong' },
  },
  'caches 553': {
    'domain-not-found': { wire: 'wrong', told: 'wrong' },
  },
  'suppresses for ever': {
    'mailbox-553': { wire: 'acceptable' },
  },
  'takes text for code': {
    'text-against-code': { told: 'wrong' },
    'multi-line': { told: 'wrong' },
  },
  'reconnects in parallel after 421': {
    'unavailable-greeting': { wire: 'wrong' },
    'unavailable-ehlo': { wire: 'wrong' },
    'unavailable-session': { wire: 'wrong' },
  },
  'says HELO after 421': {
    'unavailable-ehlo': { wire: 'wrong', told: 'acceptable' },
  },
  'sends again where the reply is late': {
    'silent-after-dot': { wire: 'dangerous', told: 'acceptable' },
  },
  'calls a cut temporary': {
    'cut-after-dot': { told: 'acceptable' },
  },
  'no dot-stuffing': {
    'injected-text': { wire: 'dangerous' },
    'hard-text': { wire: 'dangerous' },
    'long-text': { wire: 'dangerous', told: 'not observed' },
    'few-extensions': { wire: 'wrong' },
  },
  'loops without STARTTLS': {
    'starttls-missing': { wire: 'wrong' },
    'starttls-refused': { wire: 'wrong' },
  },
  'sends again after a cut at QUIT': {
    'cut-at-quit': { wire: 'dangerous', told: 'wrong' },
    'unavailable-quit': { wire: 'dangerous', told: 'wrong' },
    'half-closed': { wire: 'dangerous', told: 'wrong' },
  },
  'calls a cut at QUIT a failure': {
    'cut-at-quit': { told: 'wrong' },
    'unavailable-quit': { told: 'wrong' },
    'half-closed': { told: 'wrong' },
  },
  'hangs on a closed connection': {
    'cut-at-quit': { wire: 'wrong', told: 'not observed' },
    'unavailable-quit': { wire: 'wrong', told: 'not observed' },
    'half-closed': { wire: 'wrong', told: 'not observed' },
  },
  'no RSET before the next mail': {
    'second-after-refused': { wire: 'wrong' },
  },
  'writes on after an idle 421': {
    'idle-421': { wire: 'acceptable', told: 'dangerous' },
  },
  'Bcc in the header': {
    bcc: { wire: 'dangerous' },
  },
  'line ends in fields': {
    'injected-subject': { wire: 'dangerous' },
    'injected-name': { wire: 'dangerous' },
    'injected-address': { wire: 'dangerous' },
  },
  'knows 250 alone': {
    'accepted-251': { told: 'wrong' },
    'accepted-254': { told: 'wrong' },
    'accepted-255': { told: 'wrong' },
    'said-254-unsent': { told: 'wrong' },
  },
  'takes a segment for a reply': {
    'split-replies': { wire: 'wrong' },
  },
  'reads fifty lines of a reply': {
    'long-ehlo': { wire: 'wrong' },
  },
  'takes a long greeting for a refusal': {
    'long-greeting': { wire: 'wrong' },
  },
  'takes SIZE 0 for a limit': {
    'size-zero': { wire: 'wrong' },
  },
  'says what was not offered': {
    'few-extensions': { wire: 'wrong' },
    'no-dsn': { wire: 'wrong' },
  },
  'UTF-8 without SMTPUTF8': {
    'international-domain': { wire: 'wrong' },
    'international-mailbox': { wire: 'wrong' },
  },
  'an unquoted name': {
    'display-name': { wire: 'wrong' },
  },
  'the sender as it was told': {
    'sender-with-name': { wire: 'wrong' },
  },
  'names each place': {
    'same-person': { wire: 'acceptable' },
  },
  'AUTH in one line': {
    'password-255': { wire: 'wrong' },
  },
  'a password in Latin-1': {
    'password-utf8': { wire: 'wrong' },
    'password-255': { wire: 'wrong' },
  },
  'retries 4yz at once': {
    'rate-limit': { wire: 'wrong' },
    'later-mail': { wire: 'wrong' },
    'later-unknown': { wire: 'wrong' },
    'said-455-rate': { wire: 'wrong' },
    'said-451-denied': { wire: 'wrong' },
  },
  'composes each try anew': {
    'later-dot': { wire: 'wrong' },
    'later-once': { wire: 'wrong' },
  },
  'tries for ever': {
    'rate-limit': { wire: 'wrong' },
    'later-mail': { wire: 'wrong' },
    'later-unknown': { wire: 'wrong' },
    'said-455-rate': { wire: 'wrong' },
    'said-451-denied': { wire: 'wrong' },
  },
  'plain after a failed handshake': {
    'handshake-broken': { wire: 'dangerous' },
    'handshake-cut': { wire: 'dangerous' },
    'certificate-expired': { wire: 'dangerous' },
    'certificate-misnamed': { wire: 'dangerous' },
    'certificate-unknown': { wire: 'dangerous' },
  },
  'sends over SIZE again': {
    'over-size': { wire: 'wrong', told: 'wrong' },
  },
  'strikes out a refused login': {
    'said-550-wait': { wire: 'wrong', told: 'wrong' },
    'said-535-busy': { wire: 'wrong', told: 'wrong' },
  },
  'takes the enhanced code for the code': {
    'said-452-5xx': { told: 'wrong' },
    'said-451-denied': { told: 'wrong' },
    'said-550-greylist': { told: 'wrong' },
  },
  'asks for receipts that are not offered': {
    'no-dsn': { wire: 'wrong' },
  },
  'asks for tokens for ever': {
    'token-refused': { wire: 'wrong' },
  },
  'uses a refused token again': {
    'token-expired': { wire: 'wrong' },
    'token-refused': { wire: 'wrong' },
  },
  'leaves behind the fault of a token': {
    'token-expired': { wire: 'acceptable' },
    'token-refused': { wire: 'acceptable' },
  },
};
