import { z } from 'zod';
import type { Contract } from '../../contract/contract.ts';
import type { Mode } from '../../contract/modes.ts';
import type { RuleId } from '../../contract/rule.ts';

export type { Mode, RuleId };

const recordedRule = z
  .object({
    id: z.string().min(1),
    basis: z.enum(['documented', 'standard', 'observed', 'inferred', 'sandbox']),
    level: z.enum(['MUST', 'SHOULD', 'MAY']).optional(),
    /** The promise in a sentence. */
    statement: z.string(),
    /** A sentence of the documentation, the section of an RFC, or a public report. */
    source: z.string(),
    /** What can show it. */
    shownBy: z.enum(['scenario', 'control test']),
  })
  .readonly();

/**
 * The contract of a run as its record carries it, so that every report is a function of the record alone and an old record
 * keeps the sentences that held when it was written.
 */
export const recordedContractSchema = z
  .object({
    id: z.string().min(1),
    version: z.string(),
    /** In the order of the documentation. */
    rules: z.array(recordedRule).readonly(),
    /** In the order in which they are played. */
    modes: z.array(z.string().min(1)).readonly(),
    /** The documented page, which rules with basis `documented` quote. */
    documentedPage: z.string(),
  })
  .readonly();

/** One rule of a recorded contract. */
export type RecordedRule = z.infer<typeof recordedRule>;

/** The contract of a run as its record carries it. */
export type RecordedContract = z.infer<typeof recordedContractSchema>;

/** What a record says of the contract of its run. */
export function recordContract({ id, version, rules, modes, documentedPage }: Contract): RecordedContract {
  return {
    id,
    version,
    rules: Object.entries(rules).map(([rule, entry]) => ({
      id: rule,
      basis: entry.basis,
      ...('level' in entry && entry.level !== undefined ? { level: entry.level } : {}),
      statement: entry.statement,
      source: entry.source,
      shownBy: entry.shownBy,
    })),
    modes: modes.map(({ mode }) => mode),
    documentedPage,
  };
}

/** The contract of a record without a beginning: it says of no rule anything. */
export const noContract: RecordedContract = { id: '', version: '', rules: [], modes: [], documentedPage: '' };

/** A rule of a recorded contract; `undefined` where it has none of this id. */
export function recordedRuleOf({ rules }: RecordedContract, id: RuleId): RecordedRule | undefined {
  return rules.find((rule) => rule.id === id);
}
