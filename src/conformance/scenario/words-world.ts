import type { Word } from './word.ts';

/** What a `T:` line can say. */
export const timeWords = [
  {
    id: 'T: LENGTH',
    forms: ['10s', '4999ms', '5m', '24h', '28d'],
    meaning:
      'So much time passes on the account’s clock at once: ms, s, m, h or d. Nothing is waited for. From 60 s of silence on, an open session must be opened anew.',
    example: 'T: 10s',
    rule: 'sandbox.clock',
  },
  {
    id: 'T: to INSTANT',
    forms: ['to 2026-02-28T10:00:00Z'],
    meaning: 'Time passes until this instant, in UTC; forward only.',
    example: 'T: to 2026-02-28T10:00:00.000Z',
    rule: 'sandbox.clock',
  },
] as const satisfies readonly Word[];

/** What a `W:` line can say. */
export const worldWords = [
  {
    id: 'W: balance N',
    forms: ['balance 5'],
    meaning: 'The account has so many sends from here on.',
    example: 'W: balance 5',
    rule: 'error.450',
  },
  {
    id: 'W: buy prepaid N',
    forms: ['buy prepaid 5'],
    meaning: 'The account buys a prepaid package of so many sends.',
    example: 'W: buy prepaid 5',
    rule: 'billing.plans.kinds',
  },
  {
    id: 'W: buy monthly N',
    forms: ['buy monthly 5'],
    meaning: 'The account begins a monthly subscription with so many sends.',
    example: 'W: buy monthly 5',
    rule: 'billing.plans.kinds',
  },
  {
    id: 'W: maintenance on',
    forms: ['maintenance on'],
    meaning: 'The listeners of the case go into maintenance; sessions get 421.',
    example: 'W: maintenance on',
    rule: 'sandbox.maintenance',
  },
  {
    id: 'W: maintenance off',
    forms: ['maintenance off'],
    meaning: 'Maintenance ends.',
    example: 'W: maintenance off',
    rule: 'sandbox.maintenance',
  },
  {
    id: 'W: block',
    forms: ['block'],
    meaning: 'The connection is blocked.',
    example: 'W: block',
    rule: 'connection.block.effect',
  },
  {
    id: 'W: unblock',
    forms: ['unblock'],
    meaning: 'Support unblocks the connection; its count begins anew.',
    example: 'W: unblock',
    rule: 'connection.unblock',
  },
  {
    id: 'W: new password',
    forms: ['new password'],
    meaning: 'The connection gets a new password; the old one stops. `${password}` is the new one.',
    example: 'W: new password',
    rule: 'auth.regenerate',
  },
  {
    id: 'W: verify domain',
    forms: ['verify domain'],
    meaning: 'Support verifies the domain of the sender, if its records stand.',
    example: 'W: verify domain',
    rule: 'domain.verification',
  },
  {
    id: 'W: publish RECORD',
    forms: ['publish spf', 'publish dkim', 'publish dmarc'],
    meaning: 'The record of the domain (spf, dkim or dmarc) stands in DNS.',
    example: 'W: publish spf',
    rule: 'domain.verification',
  },
  {
    id: 'W: remove RECORD',
    forms: ['remove spf', 'remove dkim', 'remove dmarc'],
    meaning: 'The record of the domain (spf, dkim or dmarc) is taken out of DNS.',
    example: 'W: remove dkim',
    rule: 'domain.verification.how',
  },
  {
    id: 'W: NAME is ROLE',
    forms: ['to is full'],
    meaning: 'The recipient has this role from here on.',
    example: 'W: to is full',
    rule: 'sandbox.recipients',
  },
  {
    id: 'W: mailbox down',
    forms: ['mailbox down'],
    meaning: 'The mailbox takes no mail; what is accepted stays deferred.',
    example: 'W: mailbox down',
    rule: 'history.statuses',
  },
  {
    id: 'W: mailbox up',
    forms: ['mailbox up'],
    meaning: 'The mailbox takes mail again.',
    example: 'W: mailbox up',
    rule: 'history.statuses',
  },
  {
    id: 'W: settled',
    forms: ['settled'],
    meaning:
      'Waits until nothing of the account is under way: all is delivered, bounced or deferred, and what readers do has been done. What follows from a delivery is certain behind it only.',
    example: 'C: <send to>\nW: settled',
    rule: 'sandbox.settled',
  },
  {
    id: 'W: LOGIN: CHANGE',
    forms: ['second: block', 'third: balance 5'],
    meaning:
      'The change is made to another login or its account: balance, buy, block, unblock and new password can be said so.',
    example: 'W: second: block',
    rule: 'auth.login-password',
  },
] as const satisfies readonly Word[];
