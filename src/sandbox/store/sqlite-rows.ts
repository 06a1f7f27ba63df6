/** Rows as SQLite gives them, parsed once at this edge. */
import { z } from 'zod';
import { authMechanisms, recordKinds } from '../../contract/vocabulary.ts';
import type {
  AccountStanding,
  ConnectionRecord,
  DomainRecord,
  EmailRecord,
  IdentityRecord,
  MonthlyRecord,
  PurchaseRecord,
  QueuedEmail,
} from './account-record.ts';

const flag = z.int().transform((value) => value !== 0);

const clockState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('frozen'), at: z.int() }),
  z.object({ kind: z.literal('running'), offset: z.int() }),
]);

const limits = z
  .object({
    rateLimit: z.int(),
    rateWindowMs: z.int(),
    sessionLimit: z.int().nullable(),
    sizeLimit: z.int(),
    recipientLimit: z.int(),
    authMechanisms: z.array(z.enum(authMechanisms)),
    sendQuota: z.int().nullable(),
    sendRate: z.int().nullable(),
    access: z.string(),
  })
  .partial();

export const monthlyRow: z.ZodType<MonthlyRecord> = z.object({
  sequence: z.int(),
  left: z.int(),
  endsAt: z.int(),
});

export const purchaseRow: z.ZodType<PurchaseRecord> = z.object({
  id: z.string(),
  kind: z.enum(['prepaid', 'monthly']),
  sends: z.int(),
  cents: z.int(),
  boughtAt: z.int(),
  endsAt: z.int().nullable(),
});

export const accountRow = z.object({
  id: z.string(),
  prepaid: z.int(),
  charged: z.int(),
  clock: z.string().transform((text) => clockState.parse(JSON.parse(text))),
  limits: z.string().transform((text) => limits.parse(JSON.parse(text))),
  mailboxUp: flag,
  ownListeners: flag,
});

/** Subscriptions as SQLite groups them into JSON. */
export const monthlyRows = z.string().transform((text) => z.array(monthlyRow).parse(JSON.parse(text)));

export const standingRow: z.ZodType<AccountStanding> = accountRow
  .pick({ prepaid: true, clock: true, limits: true, mailboxUp: true })
  .extend({ monthly: monthlyRows });

export const domainRow: z.ZodType<DomainRecord> = z.object({
  key: z.string(),
  name: z.string(),
  verified: flag,
  published: z.string().transform((text) => z.array(z.enum(recordKinds)).parse(JSON.parse(text))),
});

export const identityRow: z.ZodType<IdentityRecord> = z.object({
  key: z.string(),
  name: z.string(),
  verified: flag,
});

export const connectionRow = z.object({
  id: z.string(),
  account: z.string(),
  name: z.string(),
  sender: z.string(),
  senderDomainKey: z.string(),
  login: z.string(),
  sealedPassword: z.string(),
  blocked: flag,
  sendLimit: z.int().nullable(),
  sendsUsed: z.int(),
}) satisfies z.ZodType<ConnectionRecord>;

const email = z.object({
  id: z.string(),
  sequence: z.int(),
  time: z.int(),
  connection: z.string(),
  sender: z.string(),
  recipient: z.string(),
  subject: z.string(),
  messageId: z.string(),
  size: z.int(),
  status: z.string(),
  reason: z.string().nullable(),
});
export const emailRow: z.ZodType<EmailRecord> = email;

export const queuedRow: z.ZodType<QueuedEmail> = email.extend({
  account: z.string(),
  message: z.instanceof(Uint8Array),
  trace: z.string(),
  attempts: z.int(),
  queuedAt: z.int(),
});

/** The columns of {@link emailRow}, under the names that it has. */
export const emailColumns = `e.id, e.sequence, e.time, e.connection, e.sender, e.recipient, e.subject,
  e.message_id AS messageId, e.size, e.status, e.reason`;
