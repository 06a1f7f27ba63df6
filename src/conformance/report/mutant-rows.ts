import { z } from 'zod';
import { ruleIdSchema } from '../result/requirement-schema.ts';
import { RecordError } from './record-error.ts';

const mutantRow = z
  .object({
    id: z.string(),
    rule: ruleIdSchema,
    /** What the gateway does wrong, in words. */
    wrong: z.string(),
    caught: z.boolean(),
    /** The cases that caught it. */
    scenarios: z.array(z.string()).readonly(),
  })
  .readonly();

/** A gateway that is wrong in one way, and the cases that see it. */
export type MutantRow = z.infer<typeof mutantRow>;

/** Reads the table of wrong gateways; throws {@link RecordError} where it is none. */
export function readMutantRows(text: string, file: string): readonly MutantRow[] {
  try {
    return z.array(mutantRow).readonly().parse(JSON.parse(text));
  } catch (error) {
    const sentence =
      'This is no table of wrong gateways: a list in JSON whose rows have id, rule, wrong, caught and scenarios.';
    throw new RecordError(file, undefined, sentence, { cause: error });
  }
}
