import type { Word } from './word.ts';

/** What a `T:` line can say. */
export const timeWords = [
  {
    id: 'T: LENGTH',
    forms: ['10s', '4999ms', '5m', '24h', '28d'],
    meaning:
      'So much time passes on the account’s clock at once: ms, s, m, h or d. Nothing is waited for. From 60 s of silence on, an open session must be opened anew.',
    example: 'T: 10s',
  },
  {
    id: 'T: to INSTANT',
    forms: ['to 2026-02-28T10:00:00Z'],
    meaning: 'Time passes until this instant, in UTC; forward only.',
    example: 'T: to 2026-02-28T10:00:00.000Z',
  },
] as const satisfies readonly Word[];

/** What a `W:` line can say. */
export const worldWords = [
  {
    id: 'W: balance N',
    forms: ['balance 5'],
    meaning: 'The account has so many sends from here on.',
    example: 'W: balance 5',
  },
  {
    id: 'W: buy prepaid N',
    forms: ['buy prepaid 5'],
    meaning: 'The account buys a prepaid package of so many sends.',
    example: 'W: buy prepaid 5',
  },
  {
    id: 'W: buy monthly N',
    forms: ['buy monthly 5'],
    meaning: 'The account begins a monthly subscription with so many sends.',
    example: 'W: buy monthly 5',
  },
  {
    id: 'W: maintenance on',
    forms: ['maintenance on'],
    meaning: 'The listeners of the case go into maintenance; sessions get 421.',
    example: 'W: maintenance on',
  },
  {
    id: 'W: maintenance off',
    forms: ['maintenance off'],
    meaning: 'Maintenance ends.',
    example: 'W: maintenance off',
  },
  {
    id: 'W: block',
    forms: ['block'],
    meaning: 'The connection is blocked.',
    example: 'W: block',
  },
  {
    id: 'W: unblock',
    forms: ['unblock'],
    meaning: 'Support unblocks the connection; its count begins anew.',
    example: 'W: unblock',
  },
  {
    id: 'W: new password',
    forms: ['new password'],
    meaning: 'The connection gets a new password; the old one stops. `${password}` is the new one.',
    example: 'W: new password',
  },
  {
    id: 'W: verify domain',
    forms: ['verify domain'],
    meaning: 'Support verifies the domain of the sender, if its records stand.',
    example: 'W: verify domain',
  },
  {
    id: 'W: publish RECORD',
    forms: ['publish spf', 'publish dkim', 'publish dmarc'],
    meaning: 'The record of the domain (spf, dkim or dmarc) stands in DNS.',
    example: 'W: publish spf',
  },
  {
    id: 'W: remove RECORD',
    forms: ['remove spf', 'remove dkim', 'remove dmarc'],
    meaning: 'The record of the domain (spf, dkim or dmarc) is taken out of DNS.',
    example: 'W: remove dkim',
  },
  {
    id: 'W: NAME is ROLE',
    forms: ['to is full'],
    meaning: 'The recipient has this role from here on.',
    example: 'W: to is full',
  },
  {
    id: 'W: mailbox down',
    forms: ['mailbox down'],
    meaning: 'The mailbox takes no mail; what is accepted stays deferred.',
    example: 'W: mailbox down',
  },
  {
    id: 'W: mailbox up',
    forms: ['mailbox up'],
    meaning: 'The mailbox takes mail again.',
    example: 'W: mailbox up',
  },
  {
    id: 'W: settled',
    forms: ['settled'],
    meaning:
      'Waits until nothing of the account is under way: all is delivered, bounced or deferred, and what readers do has been done. What follows from a delivery is certain behind it only.',
    example: 'C: <send to>\nW: settled',
  },
  {
    id: 'W: LOGIN: CHANGE',
    forms: ['second: block', 'third: balance 5'],
    meaning:
      'The change is made to another login or its account: balance, buy, block, unblock and new password can be said so.',
    example: 'W: second: block',
  },
] as const satisfies readonly Word[];
