import type { Word } from './word.ts';

/** The keys below `then`. */
export const thenWords = [
  {
    id: 'then.charged',
    meaning: 'Sends that the dialogue has cost the account.',
    example: 'charged: 1',
  },
  {
    id: 'then.balance',
    meaning: 'Sends that are left.',
    example: 'balance: 99',
  },
  {
    id: 'then.delivered',
    meaning:
      'What lies in the mailbox, by recipient: "as sent" (each accepted message once, octet by octet), the name of a message, or a list of names. Who is not named got nothing.',
    example: 'delivered: { to: as sent }',
  },
  {
    id: 'then.history',
    meaning:
      'The rows of the send history by recipient: a status, a map of columns, or a list in order. Who is not named has no row.',
    example: 'history: { to: delivered, cc: [{ status: delivered, sender: "${sender}" }] }',
  },
  {
    id: 'then.history(FILTER)',
    forms: ['history(status=delivered)', 'history(from=2026-01-15T12:00:00Z)', 'history(status=…)'],
    meaning: 'The rows that a filter of status, from or to leaves; instants in UTC.',
    example: 'history(status=delivered): { to: delivered }',
  },
  {
    id: 'then.statistics',
    meaning: 'Totals by status, or by day (UTC) and status. What is not named is nought.',
    example: 'statistics: { 2026-01-15: { delivered: 1 } }',
  },
  {
    id: 'then.status',
    meaning: 'The status of the connection: Active, Blocked or Not Activated.',
    example: 'status: Active',
  },
  {
    id: 'then.suppressed',
    meaning: 'The recipients on the account’s suppression list, all of them.',
    example: 'suppressed: [to]',
  },
  {
    id: 'then.second',
    meaning: 'The same keys, without `delivered`, for the account and connection of the second login.',
    example: 'second: { charged: 0, status: Active }',
  },
  {
    id: 'then.third',
    meaning: 'The same for the third login.',
    example: 'third: { charged: 0 }',
  },
] as const satisfies readonly Word[];

/** The columns of a row of the history. */
export const columnWords = [
  {
    id: 'row.status',
    meaning: 'What became of the email.',
    example: 'history: { to: { status: delivered } }',
  },
  {
    id: 'row.time',
    meaning: 'When it was accepted, as an instant in UTC.',
    example: 'history: { to: { time: 2026-01-15T12:00:00.000Z } }',
  },
  {
    id: 'row.connection',
    meaning: 'Whose login sent it: first, second or third.',
    example: 'history: { to: { connection: first } }',
  },
  {
    id: 'row.sender',
    meaning: 'The reverse-path.',
    example: 'history: { to: { sender: "${sender}" } }',
  },
  {
    id: 'row.subject',
    meaning: 'The text of the Subject field.',
    example: 'history: { to: { subject: Order 7 } }',
  },
  {
    id: 'row.message-id',
    meaning: 'The text of the Message-ID field.',
    example: 'history: { to: { message-id: <7@shop.example> } }',
  },
  {
    id: 'row.size',
    meaning: 'Octets, or "as sent" for those that were submitted.',
    example: 'history: { to: { size: as sent } }',
  },
  {
    id: 'row.reason',
    meaning: 'Why the email was deferred, bounced, rejected or failed.',
    example: 'history: { to: { reason: The recipient has no mailbox. } }',
  },
] as const satisfies readonly Word[];
