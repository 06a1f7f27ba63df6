import { z } from 'zod';
import { ruleIdSchema } from '../result/requirement-schema.ts';
import type { ExploredRules } from './coverage.ts';
import { RecordError } from '../report/record-error.ts';

const exploredSchema = z.object({
  seed: z.string(),
  properties: z.array(z.object({ property: z.string(), runs: z.int(), rules: z.array(ruleIdSchema) })),
});

/** What an exploration writes down: its seed, and what each property came through. */
export type ExploredRecord = z.output<typeof exploredSchema>;

/** Reads what an exploration wrote down; throws {@link RecordError} where it is no such record. */
export function readExploredRules(text: string, file: string): readonly ExploredRules[] {
  try {
    return exploredSchema.parse(JSON.parse(text)).properties;
  } catch (error) {
    const sentence = 'This is no record of an exploration; gauntlet explore writes reports/explored.json.';
    throw new RecordError(file, undefined, sentence, { cause: error });
  }
}
