/** What happened in an account: history, statistics, transcripts, events, and waiting for them. */
import { z } from '@hono/zod-openapi';
import { address, documentedPort, instant, providerWord } from './schema-parts.ts';

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
    status: providerWord,
    reason: z.string().nullable().openapi({
      description:
        "why it is deferred, bounced, rejected or failed: a sentence, or the mailbox's own reply; null otherwise",
    }),
  })
  .openapi('Email');

const part = z.string().min(1).max(998).optional();

/** Which rows of the history: by time, by state, by what stands in them. Texts are found in any letter case. */
export const historyFilterSchema = z.strictObject({
  from: instant.optional().openapi({ description: 'account time, included' }),
  to: instant.optional().openapi({ description: 'account time, excluded' }),
  status: providerWord.optional(),
  connection: z.string().optional(),
  search: part.openapi({
    description: 'words, each of which stands in the recipient, the sender, the subject or the Message-ID',
  }),
  recipient: part.openapi({ description: 'part of the recipient' }),
  sender: part.openapi({ description: 'part of the sender' }),
  subject: part.openapi({ description: 'part of the subject' }),
  messageId: part.openapi({ description: 'part of the Message-ID' }),
});

/** A page of the history: which rows, and where it goes on. */
export const historyQuerySchema = historyFilterSchema.extend({
  order: z.enum(['oldest', 'newest']).default('oldest').openapi({ description: 'which row comes first' }),
  cursor: z.string().max(200).optional().openapi({ description: 'the `next` of the page before' }),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

export const historyPageSchema = z
  .object({
    emails: z.array(emailSchema),
    next: z.string().nullable().openapi({
      description:
        'cursor of the next page; null at the end. A page of a search may be short and still have one',
    }),
  })
  .openapi('HistoryPage');

export const statisticsQuerySchema = z.strictObject({
  from: instant.optional(),
  to: instant.optional(),
  connection: z.string().optional(),
});

const counts = z.record(providerWord, z.int());

export const statisticsSchema = z
  .object({
    totals: counts,
    days: z.array(z.object({ day: z.iso.date(), counts })),
  })
  .openapi('Statistics');

const sinceStart = z.number().openapi({ description: 'milliseconds since the session began' });

export const transcriptEntrySchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('wire'),
      t: sinceStart,
      direction: z.enum(['C', 'S']),
      tls: z.boolean(),
      octets: z.string().openapi({ description: 'one character an octet; secrets are blanked' }),
      size: z
        .int()
        .optional()
        .openapi({ description: 'octets of a message of which only the beginning is shown' }),
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
    z.object({ kind: z.literal('half-closed'), t: sinceStart }).openapi({
      description: 'the client closed its side while it was owed a reply; it may be gone',
    }),
    z.object({ kind: z.literal('closed'), t: sinceStart }),
  ])
  .openapi('TranscriptEntry');

export const sessionSchema = z
  .object({
    id: z.string(),
    port: documentedPort,
    startedAt: instant,
    clientAddress: z.string(),
    account: z.string().nullable(),
    entries: z.array(transcriptEntrySchema),
    truncated: z.boolean().openapi({ description: 'entries are missing: the transcript was full' }),
  })
  .openapi('Session');

/** What became of a session; its word is one of the vocabulary's. */
const sessionOutcomeSchema = z
  .object({
    word: z.string().openapi({ description: 'one of the `sessionOutcomes` of the vocabulary' }),
    text: z.string().openapi({ description: 'the first refusal, else the last reply, or why TLS failed' }),
    rule: z.string().nullable().openapi({ description: 'the rule behind the refusal' }),
  })
  .openapi('SessionOutcome');

/** A page of transcripts: where it goes on, and how many at most. */
export const sessionQuerySchema = z.strictObject({
  cursor: z.string().max(20).optional().openapi({ description: 'the `next` of the page before' }),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export const sessionPageSchema = z
  .object({
    sessions: z.array(sessionSchema.extend({ outcome: sessionOutcomeSchema }).openapi('ListedSession')),
    next: z.string().nullable().openapi({ description: 'cursor of the next page; null at the end' }),
  })
  .openapi('SessionPage');

const timeoutMs = z
  .int()
  .min(1)
  .max(60_000)
  .default(10_000)
  .openapi({ description: 'how long to wait, in milliseconds of real time' });

export const settledWaitSchema = z.strictObject({ timeoutMs });

export const emailWaitSchema = z.strictObject({
  count: z.int().min(1).max(1_000).default(1),
  status: providerWord.optional(),
  recipient: address.optional(),
  timeoutMs,
});

export const sessionWaitSchema = z.strictObject({ count: z.int().min(1).max(1_000).default(1), timeoutMs });

export const eventSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('email'),
      email: z.string(),
      recipient: z.string(),
      status: providerWord,
      reason: z
        .string()
        .optional()
        .openapi({ description: 'why it is deferred, bounced, rejected or failed' }),
    }),
    z.object({
      kind: z.literal('session'),
      session: z.string(),
      state: z.enum(['opened', 'refused', 'closed']),
    }),
    z.object({ kind: z.literal('balance'), balance: z.int() }),
    z.object({ kind: z.literal('clock'), now: instant, frozen: z.boolean() }),
    z.object({ kind: z.literal('block'), connection: z.string(), blocked: z.boolean() }),
    z.object({ kind: z.literal('account'), state: z.enum(['created', 'changed', 'deleted']) }).openapi({
      description: 'something else of the account: domains, senders, connections, lists, limits, triggers',
    }),
  ])
  .openapi('Event');

/** An event of any account, or of none. */
export const gatewayEventSchema = z
  .intersection(
    z.object({
      account: z
        .string()
        .nullable()
        .openapi({ description: 'null for what is nobody’s, as a session is before its login' }),
    }),
    z.union([
      eventSchema,
      z.object({ kind: z.literal('gateway') }).openapi({
        description: 'the maintenance or the clock of the gateway changed',
      }),
      z.object({ kind: z.literal('reports') }).openapi({
        description: 'a file in the folder of reports was written or removed, once its list was read',
      }),
    ]),
  )
  .openapi('GatewayEvent');

export type HistoryTexts = z.output<typeof historyFilterSchema>;
export type Email = z.output<typeof emailSchema>;
export type HistoryPage = z.output<typeof historyPageSchema>;
export type HistoryFilter = z.output<typeof historyQuerySchema>;
export type Statistics = z.output<typeof statisticsSchema>;
export type StatisticsFilter = z.output<typeof statisticsQuerySchema>;
export type Session = z.output<typeof sessionSchema>;
export type SessionOutcome = z.output<typeof sessionOutcomeSchema>;
export type SessionPage = z.output<typeof sessionPageSchema>;
