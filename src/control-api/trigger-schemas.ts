/** Behaviour that is forced. */
import { z } from '@hono/zod-openapi';
import { tlsFaults, triggerCuts, triggerStages } from '../contract/vocabulary.ts';
import { address } from './schema-parts.ts';

const hasOneCode = (reply: string): boolean =>
  new Set(reply.split('\n').map((line) => line.slice(0, 3))).size === 1;

export const triggerSetupSchema = z
  .strictObject({
    stage: z.enum(triggerStages),
    match: z
      .strictObject({
        login: z.string().max(255),
        sender: address,
        recipient: address,
        header: z.string().min(1).max(1_000).openapi({ description: '`Name` or `Name: value`' }),
        tls: z.boolean().openapi({ description: 'only where TLS stands, or only where it does not' }),
      })
      .partial()
      .default({}),
    after: z.int().min(0).default(0).openapi({ description: 'matches that pass before it fires' }),
    times: z.int().min(1).optional().openapi({ description: 'how often it fires; for ever where left out' }),
    reply: z
      .string()
      .regex(
        /^(?:[2-5]\d{2}-[\x20-\x7E]{0,500}\n){0,120}[2-5]\d{2} [\x20-\x7E]{0,500}$/,
        'a reply is a code from 200 to 599, a space and a text, as in "451 Try again"; every line but the last has a hyphen in place of the space',
      )
      .refine(hasOneCode, 'every line of a reply has the same code (RFC 5321 §4.2.1)')
      .optional()
      .openapi({
        description:
          'the exact reply, several lines joined by a line feed; the command is not carried out then, unless `carriedOut` says so',
      }),
    carriedOut: z.boolean().optional().openapi({
      description:
        'the command is decided as ever, and the reply stands in place of the one with which it is accepted',
    }),
    split: z.boolean().optional().openapi({
      description:
        'the reply leaves in several segments, a moment apart, and its last CR and LF are two of them',
    }),
    delayMs: z
      .int()
      .min(0)
      .max(600_000)
      .default(0)
      .openapi({ description: 'real milliseconds before the reply' }),
    drop: z.enum(triggerCuts).optional().openapi({
      description:
        'after a goodbye: 421 follows the reply at once; half after reply: the gateway closes its own side alone',
    }),
    tls: z.enum(tlsFaults).optional().openapi({
      description: 'how the TLS of the account’s own listeners is wrong, as long as the trigger stands',
    }),
  })
  .openapi('TriggerSetup');

// no extension of the setup: that would be an allOf of two closed objects, which nothing meets
export const triggerSchema = z
  .strictObject({
    ...triggerSetupSchema.shape,
    id: z.string(),
    seen: z.int().openapi({ description: 'how often it has matched' }),
    left: z.int().nullable().openapi({ description: 'how often it will still fire; null for ever' }),
  })
  .openapi('Trigger');

export type Trigger = z.output<typeof triggerSchema>;
export type TriggerSetup = z.output<typeof triggerSetupSchema>;
