import type { Word } from './word.ts';

/** What becomes of mail to a recipient. */
export const roleWords = [
  {
    id: 'role: accepts',
    forms: ['accepts'],
    meaning: 'The mail is accepted and delivered.',
    example: 'recipients: { to: accepts }',
    rule: 'sandbox.recipients',
  },
  {
    id: 'role: suppressed',
    forms: ['suppressed'],
    meaning:
      'The address is on the account’s suppression list: RCPT gets `550 Email receiver unsubscribe or complaint`.',
    example: 'recipients: { to: suppressed }',
    rule: 'error.550-unsubscribed',
  },
  {
    id: 'role: full',
    forms: ['full'],
    meaning: 'The mailbox is full: RCPT gets `553 Recipient has exceeded mailbox limit`.',
    example: 'recipients: { to: full }',
    rule: 'error.553-mailbox',
  },
  {
    id: 'role: nonexistent',
    forms: ['nonexistent'],
    meaning:
      'There is no such mailbox: the mail is accepted and bounces; too many of them block the connection.',
    example: 'recipients: { to: nonexistent }',
    rule: 'connection.block',
  },
  {
    id: 'role: refused',
    forms: ['refused'],
    meaning:
      'Its server refuses the mail: accepted here, rejected there; too many of them block the connection.',
    example: 'recipients: { to: refused }',
    rule: 'connection.block',
  },
  {
    id: 'role: unsubscribes',
    forms: ['unsubscribes'],
    meaning: 'The reader unsubscribes behind the first delivery: later mail gets 550.',
    example: 'recipients: { to: unsubscribes }',
    rule: 'error.550-unsubscribed',
  },
  {
    id: 'role: complains',
    forms: ['complains'],
    meaning: 'The reader complains about spam behind the first delivery: later mail gets 550.',
    example: 'recipients: { to: complains }',
    rule: 'error.550-unsubscribed',
  },
] as const satisfies readonly Word[];

/** The five ways to reach the gateway. */
export const modeWords = [
  {
    id: 'mode: 465+tls',
    forms: ['465+tls'],
    meaning: 'Port 465, TLS from the first octet.',
    example: 'modes: [465+tls]',
    rule: 'port.465.implicit-tls',
  },
  {
    id: 'mode: 587',
    forms: ['587'],
    meaning: 'Port 587 without encryption.',
    example: 'modes: [587]',
    rule: 'port.587.plain',
  },
  {
    id: 'mode: 587+starttls',
    forms: ['587+starttls'],
    meaning: 'Port 587, TLS by STARTTLS.',
    example: 'modes: [587+starttls]',
    rule: 'port.587.starttls',
  },
  {
    id: 'mode: 25',
    forms: ['25'],
    meaning: 'Port 25 without encryption.',
    example: 'modes: [25]',
    rule: 'port.25.plain',
  },
  {
    id: 'mode: 25+starttls',
    forms: ['25+starttls'],
    meaning: 'Port 25, TLS by STARTTLS.',
    example: 'modes: [25+starttls]',
    rule: 'port.25.starttls',
  },
] as const satisfies readonly Word[];
