/** One email with its message. */
import { z } from '@hono/zod-openapi';
import { emailSchema } from './history-schemas.ts';
import { instant } from './schema-parts.ts';

export const attachmentSchema = z
  .object({
    name: z.string().nullable().openapi({ description: 'null where the message names none' }),
    mediaType: z.string(),
    size: z.int().openapi({ description: 'octets, decoded' }),
    contentId: z.string().nullable().openapi({ description: 'by which the HTML part shows it' }),
  })
  .openapi('Attachment');

export const emailContentSchema = z
  .object({
    header: z
      .array(z.object({ name: z.string(), value: z.string() }))
      .openapi({ description: 'the fields in order, unfolded, encoded words as they are' }),
    text: z.string().nullable().openapi({ description: 'the text part, decoded; null where there is none' }),
    html: z.string().nullable().openapi({
      description:
        'the HTML part as it was sent: hostile until it stands in a frame without scripts and network',
    }),
    attachments: z.array(attachmentSchema),
    cut: z
      .boolean()
      .openapi({ description: 'something is too long and was cut; the raw octets have all of it' }),
  })
  .openapi('EmailContent');

export const emailDetailSchema = z
  .object({
    email: emailSchema,
    session: z.string().openapi({ description: 'the session that sent it; its transcript may be gone' }),
    envelope: z.object({
      reversePath: z.string().openapi({ description: 'empty for the null reverse-path' }),
      forwardPath: z.string(),
    }),
    attempts: z.int().openapi({ description: 'how often it was tried' }),
    outcomeAt: instant.nullable().openapi({ description: 'account time of the latest attempt' }),
    sameMessage: z
      .array(emailSchema)
      .openapi({ description: 'the rows of all recipients of the message, this one included' }),
    content: emailContentSchema.nullable().openapi({ description: 'null where the body is forgotten' }),
    contentGone: z
      .string()
      .nullable()
      .openapi({ description: 'why there is no content, in a sentence; null where there is' }),
  })
  .openapi('EmailDetail');

export type EmailDetail = z.output<typeof emailDetailSchema>;
export type EmailContent = z.output<typeof emailContentSchema>;
