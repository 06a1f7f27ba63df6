import type { Contract } from '../../contract/contract.ts';
import type { Requirement } from '../../contract/requirement.ts';
import { coveredRules } from '../scenario/covered-rules.ts';
import type { MatrixCase } from '../scenario/matrix.ts';

/** Which of the cases are played, and how often. What is absent leaves nothing out. */
export interface CaseChoice {
  /** Held against the case's id and its titles. */
  readonly grep?: RegExp | undefined;
  /** Cases of these ids, their mode included. */
  readonly ids?: readonly string[] | undefined;
  /** Cases that hold one of these. */
  readonly rules?: readonly Requirement[] | undefined;
  /** One part of several, so that machines can share the work; `index` is counted from 1. */
  readonly shard?: { readonly index: number; readonly of: number } | undefined;
  /** How often each case is played; the repeats have ids of their own (`… ~2`). */
  readonly repeat?: number | undefined;
}

/** Chooses among cases. Each case is in exactly one shard, and the shards of one choice are of one size, give or take one. */
export function chooseCases(
  contract: Contract,
  cases: readonly MatrixCase[],
  { grep, ids, rules, shard, repeat = 1 }: CaseChoice,
): readonly MatrixCase[] {
  const named = ids === undefined ? undefined : new Set(ids);
  const chosen = cases
    .filter(({ id }) => named === undefined || named.has(id))
    .filter((one) => grep === undefined || matches(one, grep))
    .filter(
      (one) =>
        rules === undefined || coveredRules(contract, one.scenarioCase).some((rule) => rules.includes(rule)),
    )
    .filter((_, at) => shard === undefined || at % shard.of === shard.index - 1);
  if (repeat === 1) return chosen;
  return chosen.flatMap((one) =>
    Array.from({ length: repeat }, (_, at) => ({
      ...one,
      id: at === 0 ? one.id : `${one.id} ~${at + 1}`,
      repeat: at + 1,
    })),
  );
}

function matches({ id, scenario, scenarioCase }: MatrixCase, grep: RegExp): boolean {
  return [id, scenario.title, scenarioCase.title].some((text) => grep.test(text));
}
