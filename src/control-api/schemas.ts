/** The gateway, accounts and what belongs to them. */
import { z } from '@hono/zod-openapi';
import { authMechanisms, domainStates, recordKinds, tokenScope } from '../contract/vocabulary.ts';
import { address, documentedPort, domainName, instant, providerWord, sends } from './schema-parts.ts';

export const domainSchema = z
  .strictObject({
    name: domainName,
    state: z.enum(domainStates).default('unverified'),
    published: z.array(z.enum(recordKinds)).max(recordKinds.length).optional().openapi({
      description:
        "the records in the sandbox's DNS; all of a verified domain where left out, none of another",
    }),
  })
  .openapi('Domain');

/** A domain to add or to change: what is left out stays as it is. */
export const domainChangeSchema = z
  .strictObject({
    name: domainName,
    state: z.enum(domainStates).optional().openapi({
      description: 'left out: as it stands, and unverified where the domain is new',
    }),
    published: domainSchema.shape.published,
  })
  .openapi('DomainChange');

export const domainCardSchema = z
  .object({
    name: domainName,
    state: z.enum(domainStates).default('unverified'),
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
  .strictObject({
    now: instant,
    frozen: z.boolean().openapi({ description: 'A frozen clock stands still until it is moved.' }),
  })
  .openapi('Clock');

export const clockMoveSchema = z
  .strictObject({
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
  .strictObject({
    rateLimit: z.int().min(1).openapi({ description: 'MAIL commands accepted within one rate window' }),
    rateWindowMs: z.int().min(1).openapi({ description: 'length of the rate window in milliseconds' }),
    sessionLimit: z
      .int()
      .min(0)
      .nullable()
      .openapi({ description: 'sessions open at once on listeners of the account’s own; null is no limit' }),
    sizeLimit: z.int().min(1).openapi({ description: 'octets of the largest message' }),
    recipientLimit: z.int().min(1).openapi({ description: 'recipients of one transaction' }),
    sendQuota: sends.nullable().openapi({
      description: 'recipients in 24 hours; null is what the access of the account has',
    }),
    sendRate: z.int().min(1).nullable().openapi({
      description: 'recipients per second; null is what the access of the account has',
    }),
  })
  .openapi('Limits');

export const identitySchema = z
  .strictObject({
    name: z.string().min(1).max(320).openapi({ description: 'an address, or a domain' }),
    state: z.enum(domainStates).default('unverified'),
  })
  .openapi('Identity');

export const connectionSetupSchema = z
  .strictObject({
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

export const recipientSchema = z.strictObject({ address, role: providerWord }).openapi('Recipient');

const mechanisms = z
  .array(z.enum(authMechanisms))
  .min(1)
  .refine((list) => new Set(list).size === list.length, 'each mechanism once');

export const accountSetupSchema = z
  .strictObject({
    balance: sends.default(0),
    domains: z.array(domainSchema).max(100).default([]),
    identities: z
      .array(identitySchema)
      .max(1_000)
      .default([])
      .openapi({ description: 'addresses and domains to send from' }),
    access: providerWord.optional().openapi({ description: 'what it may do; a word of the provider' }),
    connections: z.array(connectionSetupSchema).max(100).default([]),
    recipients: z.array(recipientSchema).max(10_000).default([]),
    limits: limitsSchema.partial().default({}),
    clock: clockSchema.partial().default({}),
    authMechanisms: mechanisms.optional().openapi({
      description:
        'what AUTH offers on listeners of the account’s own, in this order; as the gateway has it where left out (sandbox.tokens)',
    }),
    listeners: z
      .enum(['shared', 'own'])
      .default('shared')
      .openapi({ description: 'own: the documented ports again, on free numbers, for this account alone' }),
  })
  .openapi('AccountSetup');

export const listenerSchema = z
  .object({
    port: documentedPort,
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
    status: providerWord,
    sendLimit: z.int().nullable(),
    sendsUsed: z.int(),
  })
  .openapi('Connection');

export const accountSchema = z
  .object({
    id: z.string(),
    balance: z.int().min(0).openapi({ description: 'sends left' }),
    charged: z.int().openapi({ description: 'sends deducted since the account exists' }),
    clock: clockSchema,
    limits: limitsSchema,
    authMechanisms: mechanisms,
    domains: z.array(domainSchema),
    identities: z.array(identitySchema).openapi({ description: 'addresses to send from, and domains' }),
    access: z.string().openapi({ description: 'what it may do; empty where all may do the same' }),
    connections: z.array(connectionSchema),
    senders: z.array(address),
    suppressionList: z.array(address),
    listeners: z.array(listenerSchema),
    maintenance: z.boolean(),
    mailboxUp: z
      .boolean()
      .openapi({ description: 'whether the mailbox takes mail of this account, or was taken away' }),
  })
  .openapi('Account');

export const tokenSetupSchema = z
  .strictObject({
    scopes: z
      .array(
        z.string().regex(/^[\x21\x23-\x5B\x5D-\x7E]{1,100}$/, 'a scope is of visible ASCII, without quotes'),
      )
      .max(20)
      .default([tokenScope])
      .openapi({ description: `without ${tokenScope} among them it is refused as of the wrong scope` }),
    expiresInMs: z
      .int()
      .min(0)
      .max(366 * 24 * 60 * 60_000)
      .default(3_600_000)
      .openapi({ description: 'milliseconds of the account’s clock; 0 is a token that has expired' }),
  })
  .openapi('TokenSetup');

export const tokenSchema = z
  .object({
    token: z.string().openapi({ description: 'shown here alone' }),
    scopes: z.array(z.string()),
    expiresAt: instant,
  })
  .openapi('Token');

export const gatewaySchema = z
  .object({
    name: z.string(),
    version: z.string(),
    listeners: z.array(listenerSchema),
    certificateAuthority: z.string().openapi({ description: 'PEM; the only root to trust' }),
    maintenance: z.boolean(),
    mailbox: z.object({ description: z.string(), url: z.string() }).nullable().openapi({
      description: 'the pages of the mailbox in which delivered mail ends; null where it has none',
    }),
  })
  .openapi('Gateway');

/** Problem details (RFC 9457); `code` is stable, `detail` is a sentence for people. */
export const problemSchema = z
  .object({ type: z.string(), title: z.string(), status: z.int(), detail: z.string(), code: z.string() })
  .openapi('Problem');

export type AccountSetup = z.input<typeof accountSetupSchema>;
export type Token = z.output<typeof tokenSchema>;
export type TokenSetup = z.output<typeof tokenSetupSchema>;
export type Account = z.output<typeof accountSchema>;
export type Connection = z.output<typeof connectionSchema>;
export type DomainCard = z.output<typeof domainCardSchema>;
export type Domain = z.output<typeof domainSchema>;
export type DomainChange = z.output<typeof domainChangeSchema>;
export type Gateway = z.output<typeof gatewaySchema>;
export type Limits = z.output<typeof limitsSchema>;
export type Identity = z.output<typeof identitySchema>;
export type Recipient = z.output<typeof recipientSchema>;
export type Clock = z.output<typeof clockSchema>;
/** The setup of an account with its defaults filled in. */
export type ParsedAccountSetup = z.output<typeof accountSetupSchema>;
