/**
 * The words of a gateway: what its pages name, count and quote. Texts, not closed lists, so that the same pages can show
 * another provider.
 */
import { z } from '@hono/zod-openapi';
import { plansSchema } from './billing-schemas.ts';

const word = z.object({ name: z.string(), meaning: z.string() });

const state = word.extend({
  tone: z
    .enum(['good', 'waiting', 'bad', 'notice'])
    .openapi({ description: 'as it should be, on its way, gone wrong, or a wish of the recipient' }),
});

const modeSchema = z.object({
  mode: z.string(),
  port: z.int().openapi({ description: 'the documented port; the listeners say the real number' }),
  encryption: z.enum(['implicit', 'starttls', 'none']),
  rule: z.string(),
});

const documentedErrorSchema = z.object({
  rule: z.string(),
  reply: z.string(),
  cause: z.string(),
  cure: z.array(z.string()),
});

export const ruleSchema = z
  .object({
    id: z.string(),
    basis: z.enum(['documented', 'standard', 'observed', 'inferred', 'sandbox']),
    level: z.enum(['MUST', 'SHOULD', 'MAY']).nullable(),
    statement: z.string().openapi({ description: 'the promise in a sentence' }),
    source: z
      .string()
      .openapi({ description: 'a sentence of the documented page, word for word, or the section of an RFC' }),
    replies: z.array(z.string()).openapi({ description: 'the replies that it prescribes, to the byte' }),
  })
  .openapi('Rule');

const choiceSchema = z.object({
  name: z.string(),
  value: z.union([z.number(), z.boolean(), z.string(), z.array(z.string()), z.null()]),
  meaning: z.string(),
  rule: z.string(),
});

const boundSchema = z.object({ name: z.string(), value: z.int(), meaning: z.string() });

export const vocabularySchema = z
  .object({
    name: z.string().openapi({ description: 'the name that customers type' }),
    modes: z.array(modeSchema),
    plans: plansSchema.shape.plans,
    connectionStatuses: z.array(state),
    emailStatuses: z.array(
      state.extend({
        final: z.boolean(),
        reached: z.boolean().openapi({ description: 'the mailbox has the email' }),
        blocks: z.boolean().openapi({ description: 'counts towards a block of the connection' }),
      }),
    ),
    domainStates: z.array(state),
    sessionOutcomes: z.array(state),
    ledgerKinds: z.array(word),
    encryptions: z.array(word).openapi({ description: 'how the listeners are encrypted' }),
    limits: z
      .array(word.extend({ label: z.string(), least: z.int() }))
      .openapi({ description: 'what an account can limit' }),
    roles: z.array(
      word.extend({
        reservedAddress: z
          .string()
          .nullable()
          .openapi({ description: 'the address that has this role built in; null where none has' }),
      }),
    ),
    reservedDomain: z.string(),
    recordKinds: z.array(z.string()),
    clockSteps: z
      .array(z.object({ label: z.string(), milliseconds: z.int() }))
      .openapi({ description: 'moves of the clock behind which something ends' }),
    triggerStages: z.array(z.string()),
    tlsFaults: z.array(z.string()),
    triggerCuts: z.array(z.string()).openapi({ description: 'when a trigger can cut the connection' }),
    documentedErrors: z.array(documentedErrorSchema),
    documentedPage: z.array(z.string()).openapi({ description: 'the documented page, line by line' }),
    bases: z.array(word).openapi({ description: 'where a rule comes from' }),
    rules: z.array(ruleSchema),
    choices: z
      .array(choiceSchema)
      .openapi({ description: 'what the documented page leaves open, as this gateway has it' }),
    accesses: z
      .array(word)
      .openapi({ description: 'what an account may do; empty where all may do the same' }),
    bounds: z.array(boundSchema).openapi({ description: 'what this gateway keeps and allows at most' }),
  })
  .openapi('Vocabulary');

export type Vocabulary = z.output<typeof vocabularySchema>;
