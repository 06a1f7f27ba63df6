/** Reports in the folder of a sandbox, and the scenarios of the suite: what runs came to, and what they play. */
import { z } from '@hono/zod-openapi';
import { nextCursor, pageLimit, searchText } from './listing-schemas.ts';

const totalSchema = z.object({
  word: z.string().max(40).openapi({ description: 'an outcome or a grade' }),
  count: z.int().min(0).openapi({ description: 'how many cases have it' }),
  isBad: z.boolean(),
});

/** What a report says of itself, at the beginning of its file, for those who list reports. */
export const reportAboutSchema = z.object({
  kind: z.enum(['run', 'client-check']),
  name: z
    .string()
    .max(2_000)
    .openapi({ description: 'what was checked: a gateway with its version, a client' }),
  at: z.iso.datetime().optional().openapi({ description: 'when it was checked' }),
  totals: z.array(totalSchema).max(20),
  findings: z.int().min(0).openapi({ description: 'how many things are wrong, each once' }),
  isWhole: z.boolean().openapi({ description: 'whether it came to its end' }),
});

export const reportSchema = reportAboutSchema
  .extend({
    id: z.string(),
    path: z.string().openapi({ description: 'below the folder of the reports' }),
    at: z.iso.datetime().nullable().openapi({ description: 'when it was checked' }),
    writtenAt: z.iso.datetime().openapi({ description: 'when its file was written' }),
    octets: z.int().min(0),
  })
  .openapi('Report');

export const reportListQuerySchema = z.strictObject({
  search: searchText.optional().openapi({ description: 'part of the path' }),
  cursor: z.string().max(80).optional().openapi({ description: 'the `next` of the page before' }),
  limit: pageLimit,
});

export const reportPageSchema = z
  .object({
    folder: z
      .string()
      .nullable()
      .openapi({ description: 'the folder that is read; null where there is none' }),
    reports: z.array(reportSchema),
    next: nextCursor,
  })
  .openapi('ReportPage');

export const suiteCaseSchema = z
  .object({
    id: z.string().openapi({ description: 'what `gauntlet run` takes' }),
    title: z.string(),
    rules: z.array(z.string()).openapi({ description: 'the rules that its expectations hold' }),
    modes: z.array(z.string()),
  })
  .openapi('SuiteCase');

export const suiteQuerySchema = z.strictObject({
  rule: z.string().min(1).max(100).optional().openapi({ description: 'only those that hold this rule' }),
  cursor: z.string().max(20).optional().openapi({ description: 'the `next` of the page before' }),
  limit: pageLimit,
});

export const suitePageSchema = z
  .object({ scenarios: z.array(suiteCaseSchema), next: nextCursor })
  .openapi('SuitePage');

export type ReportAbout = z.output<typeof reportAboutSchema>;
export type Report = z.output<typeof reportSchema>;
export type ReportListQuery = z.output<typeof reportListQuerySchema>;
export type ReportPage = z.output<typeof reportPageSchema>;
export type SuiteCase = z.output<typeof suiteCaseSchema>;
export type SuiteQuery = z.output<typeof suiteQuerySchema>;
export type SuitePage = z.output<typeof suitePageSchema>;
