import { z } from '@hono/zod-openapi';
import {
  connectionStatuses,
  emailStatuses,
  recordKinds,
  roles,
  tlsFaults,
  triggerStages,
} from '../contract/vocabulary.ts';

/** An instant in UTC, to the millisecond, as `2026-01-15T12:00:00.000Z`. */
const instant = z.iso.datetime({ precision: 3 }).openapi('Instant', { example: '2026-01-15T12:00:00.000Z' });

const address = z.string().min(3).max(320);
const domainName = z.string().min(1).max(255);
const sends = z.int().min(0).max(1_000_000_000);

export const domainStates = ['verified', 'unverified'] as const;

export const domainSchema = z
  .object({
    name: domainName,
    state: z.enum(domainStates),
    published: z.array(z.enum(recordKinds)).max(recordKinds.length).optional().openapi({
      description:
        "the records in the sandbox's DNS; all of a verified domain where left out, none of another",
    }),
  })
  .openapi('Domain');

export const domainCardSchema = z
  .object({
    name: domainName,
    state: z.enum(domainStates),
    records: z.array(
      z.object({
        kind: z.enum(recordKinds),
        type: z.literal('TXT'),
        name: z.string(),
        value: z.string(),
        published: z.boolean(),
      }),
    ),
    missing: z
      .array(z.enum(recordKinds))
      .openapi({ description: 'what the check found wanting; empty where it was not asked' }),
  })
  .openapi('DomainCard');

export const clockSchema = z
  .object({
    now: instant,
    frozen: z.boolean().openapi({ description: 'A frozen clock stands still until it is moved.' }),
  })
  .openapi('Clock');

export const clockMoveSchema = z
  .object({
    advanceMs: z
      .int()
      .min(0)
      .max(100 * 366 * 24 * 60 * 60_000),
    to: instant,
    frozen: z.boolean(),
  })
  .partial()
  .openapi('ClockMove');

export const limitsSchema = z
  .object({
    rateLimit: z.int().min(1).openapi({ description: 'MAIL commands accepted within one rate window' }),
    rateWindowMs: z.int().min(1).openapi({ description: 'length of the rate window in milliseconds' }),
    sessionLimit: z
      .int()
      .min(0)
      .nullable()
      .openapi({ description: 'sessions open at once on listeners of the account’s own; null is no limit' }),
    sizeLimit: z.int().min(1).openapi({ description: 'octets of the largest message' }),
    recipientLimit: z.int().min(1).openapi({ description: 'recipients of one transaction' }),
  })
  .openapi('Limits');

export const connectionSetupSchema = z
  .object({
    name: z.string().min(1).max(200),
    sender: address.openapi({ description: 'its domain needs not be among the domains of the account' }),
    blocked: z.boolean().default(false),
    sendLimit: sends
      .nullable()
      .default(null)
      .openapi({ description: 'sends that it may use in all; null is no limit (billing.send-limit)' }),
    login: z.string().min(1).max(255).optional(),
    password: z.string().min(1).max(255).optional(),
  })
  .openapi('ConnectionSetup');

export const recipientSchema = z.object({ address, role: z.enum(roles) }).openapi('Recipient');

export const accountSetupSchema = z
  .object({
    balance: sends.default(0),
    domains: z.array(domainSchema).max(100).default([]),
    connections: z.array(connectionSetupSchema).max(100).default([]),
    recipients: z.array(recipientSchema).max(10_000).default([]),
    limits: limitsSchema.partial().default({}),
    clock: clockSchema.partial().default({}),
    listeners: z
      .enum(['shared', 'own'])
      .default('shared')
      .openapi({ description: 'own: the documented ports again, on free numbers, for this account alone' }),
  })
  .openapi('AccountSetup');

export const listenerSchema = z
  .object({
    port: z
      .union([z.literal(465), z.literal(587), z.literal(25)])
      .openapi({ description: 'the documented port' }),
    host: z.string(),
    number: z.int().openapi({ description: 'the number on which it really listens' }),
    tls: z.enum(['implicit', 'starttls']),
  })
  .openapi('Listener');

export const connectionSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    sender: address,
    login: z.string(),
    password: z.string(),
    status: z.enum(connectionStatuses),
    sendLimit: z.int().nullable(),
    sendsUsed: z.int(),
  })
  .openapi('Connection');

export const accountSchema = z
  .object({
    id: z.string(),
    balance: sends,
    charged: z.int().openapi({ description: 'sends deducted since the account exists' }),
    clock: clockSchema,
    limits: limitsSchema,
    domains: z.array(domainSchema),
    connections: z.array(connectionSchema),
    senders: z.array(address),
    suppressionList: z.array(address),
    listeners: z.array(listenerSchema),
    maintenance: z.boolean(),
  })
  .openapi('Account');

export const emailSchema = z
  .object({
    id: z.string(),
    sequence: z.int(),
    time: instant,
    connection: z.string(),
    sender: z.string(),
    recipient: z.string(),
    subject: z.string(),
    messageId: z.string(),
    size: z.int(),
    status: z.enum(emailStatuses),
  })
  .openapi('Email');

export const planKindSchema = z.enum(['prepaid', 'monthly']).openapi('PlanKind');

export const plansSchema = z
  .object({
    plans: z.array(
      z.object({ kind: planKindSchema, packages: z.array(z.object({ sends: z.int(), cents: z.int() })) }),
    ),
  })
  .openapi('Plans');

export const purchaseSchema = z
  .object({
    id: z.string(),
    kind: planKindSchema,
    sends: z.int(),
    cents: z.int().openapi({ description: 'price in cents' }),
    boughtAt: instant,
    endsAt: instant.nullable().openapi({ description: 'when unused sends end; null for prepaid ones' }),
  })
  .openapi('Purchase');

/** A page of the history: which rows, and where it goes on. */
export const historyQuerySchema = z.object({
  from: instant.optional().openapi({ description: 'account time, included' }),
  to: instant.optional().openapi({ description: 'account time, excluded' }),
  status: z.enum(emailStatuses).optional(),
  connection: z.string().optional(),
  cursor: z.string().max(200).optional().openapi({ description: 'the `next` of the page before' }),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

export const historyPageSchema = z
  .object({
    emails: z.array(emailSchema),
    next: z.string().nullable().openapi({ description: 'cursor of the next page; null at the end' }),
  })
  .openapi('HistoryPage');

export const statisticsQuerySchema = z.object({
  from: instant.optional(),
  to: instant.optional(),
  connection: z.string().optional(),
});

const counts = z.partialRecord(z.enum(emailStatuses), z.int());

export const statisticsSchema = z
  .object({
    totals: counts,
    days: z.array(z.object({ day: z.iso.date(), counts })),
  })
  .openapi('Statistics');

export const gatewaySchema = z
  .object({
    name: z.string(),
    version: z.string(),
    listeners: z.array(listenerSchema),
    certificateAuthority: z.string().openapi({ description: 'PEM; the only root to trust' }),
    maintenance: z.boolean(),
  })
  .openapi('Gateway');

const sinceStart = z.number().openapi({ description: 'milliseconds since the session began' });

export const transcriptEntrySchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('wire'),
      t: sinceStart,
      direction: z.enum(['C', 'S']),
      tls: z.boolean(),
      octets: z.string().openapi({ description: 'one character an octet; secrets are blanked' }),
    }),
    z.object({ kind: z.literal('decision'), t: sinceStart, rule: z.string() }),
    z.object({
      kind: z.literal('tls'),
      t: sinceStart,
      protocol: z.string(),
      cipher: z.string(),
      servername: z.string().nullable(),
    }),
    z.object({ kind: z.literal('failed handshake'), t: sinceStart, why: z.string() }),
    z.object({ kind: z.literal('closed'), t: sinceStart }),
  ])
  .openapi('TranscriptEntry');

export const sessionSchema = z
  .object({
    id: z.string(),
    port: z.union([z.literal(465), z.literal(587), z.literal(25)]),
    startedAt: instant,
    clientAddress: z.string(),
    account: z.string().nullable(),
    entries: z.array(transcriptEntrySchema),
    truncated: z.boolean().openapi({ description: 'entries are missing: the transcript was full' }),
  })
  .openapi('Session');

export const triggerSetupSchema = z
  .object({
    stage: z.enum(triggerStages),
    match: z
      .object({
        login: z.string().max(255),
        sender: address,
        recipient: address,
        header: z.string().min(1).max(1_000).openapi({ description: '`Name` or `Name: value`' }),
      })
      .partial()
      .default({}),
    after: z.int().min(0).default(0).openapi({ description: 'matches that pass before it fires' }),
    times: z.int().min(1).optional().openapi({ description: 'how often it fires; for ever where left out' }),
    reply: z
      .string()
      .regex(/^[2-5]\d{2} [\x20-\x7E]{0,500}$/)
      .optional()
      .openapi({ description: 'the exact reply; the command is not carried out then' }),
    delayMs: z
      .int()
      .min(0)
      .max(600_000)
      .default(0)
      .openapi({ description: 'real milliseconds before the reply' }),
    drop: z.enum(['before reply', 'after reply']).optional(),
    tls: z
      .enum(tlsFaults)
      .optional()
      .openapi({
        description: 'how the TLS of the account’s own listeners is wrong, as long as the trigger stands',
      }),
  })
  .openapi('TriggerSetup');

export const triggerSchema = triggerSetupSchema
  .extend({ id: z.string(), seen: z.int().openapi({ description: 'how often it has matched' }) })
  .openapi('Trigger');

const timeoutMs = z
  .int()
  .min(1)
  .max(60_000)
  .default(10_000)
  .openapi({ description: 'how long to wait, in milliseconds of real time' });

export const settledWaitSchema = z.object({ timeoutMs });

export const emailWaitSchema = z.object({
  count: z.int().min(1).max(1_000).default(1),
  status: z.enum(emailStatuses).optional(),
  recipient: address.optional(),
  timeoutMs,
});

export const sessionWaitSchema = z.object({ count: z.int().min(1).max(1_000).default(1), timeoutMs });

export const eventSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('email'),
      email: z.string(),
      recipient: z.string(),
      status: z.enum(emailStatuses),
    }),
    z.object({ kind: z.literal('session'), session: z.string(), state: z.enum(['opened', 'closed']) }),
  ])
  .openapi('Event');

/** Problem details (RFC 9457); `code` is stable, `detail` is a sentence for people. */
export const problemSchema = z
  .object({ type: z.string(), title: z.string(), status: z.int(), detail: z.string(), code: z.string() })
  .openapi('Problem');

export type AccountSetup = z.input<typeof accountSetupSchema>;
export type EmailWait = z.output<typeof emailWaitSchema>;
export type Account = z.output<typeof accountSchema>;
export type Connection = z.output<typeof connectionSchema>;
export type DomainCard = z.output<typeof domainCardSchema>;
export type Domain = z.output<typeof domainSchema>;
export type Email = z.output<typeof emailSchema>;
export type Gateway = z.output<typeof gatewaySchema>;
export type HistoryPage = z.output<typeof historyPageSchema>;
export type HistoryFilter = z.output<typeof historyQuerySchema>;
export type Plans = z.output<typeof plansSchema>;
export type Purchase = z.output<typeof purchaseSchema>;
export type Trigger = z.output<typeof triggerSchema>;
export type TriggerSetup = z.output<typeof triggerSetupSchema>;
export type Statistics = z.output<typeof statisticsSchema>;
export type StatisticsFilter = z.output<typeof statisticsQuerySchema>;
export type Limits = z.output<typeof limitsSchema>;
export type Session = z.output<typeof sessionSchema>;
export type Recipient = z.output<typeof recipientSchema>;
export type Clock = z.output<typeof clockSchema>;
/** The setup of an account with its defaults filled in. */
export type ParsedAccountSetup = z.output<typeof accountSetupSchema>;
