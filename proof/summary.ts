import { splitCaseId } from '../src/conformance/scenario/case-id.ts';
import type { Requirement } from '../src/contract/requirement.ts';
import type { RuleId } from '../src/contract/rule.ts';
import { mostRuns, type ExplorerProof } from './explore-mutant.ts';
import type { Mutant } from './mutant.ts';
import { isCaught, type Proof } from './prove.ts';

/** One mutant as `reports/mutants.json` tells it. One that was not run is not caught: it stays in the denominator. */
export interface MutantResult {
  readonly id: string;
  readonly rule: RuleId;
  readonly wrong: string;
  readonly hit: boolean;
  readonly caught: boolean;
  /** The rule that was found; the mutant's own where it was caught for the right reason. */
  readonly findingRule: Requirement | undefined;
  /** The cases that caught it. */
  readonly scenarios: readonly string[];
  readonly ms: number;
  /** What generated sessions made of it, where they were let at it. */
  readonly explorer?: ExplorerProof;
}

/** What became of each mutant, run or not. */
export function resultsOf(
  mutants: readonly Mutant[],
  proofs: ReadonlyMap<string, Proof>,
  explored: ReadonlyMap<string, ExplorerProof> = new Map(),
): readonly MutantResult[] {
  return mutants.map(({ id, rule, wrong }) => {
    const proof = proofs.get(id);
    const { right = [], otherRule, hits = 0, ms = 0 } = proof ?? {};
    const explorer = explored.get(id);
    return {
      id,
      rule,
      wrong,
      hit: hits > 0,
      caught: proof !== undefined && isCaught(proof),
      findingRule: right.length > 0 ? rule : otherRule,
      scenarios: [...new Set(right.map((finding) => finding.case))],
      ms,
      ...(explorer === undefined ? {} : { explorer }),
    };
  });
}

/** The scenarios that catch nothing which no other scenario catches; the prover's own checks are no scenarios. */
export function spareScenarios(
  scenarios: readonly string[],
  results: readonly MutantResult[],
): readonly string[] {
  const needed = new Set(
    results.flatMap((result) => {
      const catchers = [...new Set(result.scenarios.map((id) => splitCaseId(id).scenario))];
      return catchers.length === 1 ? catchers : [];
    }),
  );
  return scenarios.filter((scenario) => !needed.has(scenario));
}

/** The results as a table for people. */
export function writeMarkdown(results: readonly MutantResult[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const rows = results.map(({ id, rule, wrong, caught, scenarios, findingRule, explorer }) => {
    const by = caught
      ? scenarios.join(', ')
      : `not caught${findingRule === undefined ? '' : `: ${findingRule}`}`;
    return `| ${caught ? '✓' : '✗'} | ${id} | ${cell(wrong)} | ${rule} | ${cell(by)} | ${showExplorer(explorer)} |`;
  });
  return [
    '# Gateways that are wrong in one way',
    '',
    `${countCaught(results)} of ${results.length} are caught for the right reason.${countExplored(results)}`,
    '',
    '|  | mutant | the gateway … | rule | caught by | by generated sessions |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function showExplorer(explorer: ExplorerProof | undefined): string {
  if (explorer === undefined) return '';
  const { caught, runs, property, findingRule } = explorer;
  if (!caught) return `not within ${runs}`;
  return `${property}, after ${runs}${findingRule === undefined ? '' : `: ${findingRule}`}`;
}

function countExplored(results: readonly MutantResult[]): string {
  const explored = results.flatMap(({ explorer }) => (explorer === undefined ? [] : [explorer]));
  const caught = explored.filter((each) => each.caught);
  const replayed = caught.filter((each) => each.replayed).length;
  const unrepeated = explored.reduce((sum, each) => sum + each.unrepeated, 0);
  return explored.length === 0
    ? ''
    : ` Generated sessions were let at ${explored.length} and found ${caught.length}, each within ${mostRuns}: ` +
        `${replayed} by counterexamples that found the same when they were played again, ${caught.length - replayed} by ` +
        `fuzzing. Counterexamples that did not come again, and count for nothing: ${unrepeated}.`;
}

/** How many are caught for the right reason. */
export function countCaught(results: readonly MutantResult[]): number {
  return results.filter(({ caught }) => caught).length;
}

/** Why a mutant that was run did not pass the gate. */
export function explain({ mutant, hits, right, otherRule, wronglyRed, errored }: Proof): string {
  const reasons = [
    ...(hits === 0 ? ['the fault never came to bear'] : []),
    ...(right.length === 0
      ? [`no finding of ${mutant.rule} where it is covered, but ${otherRule ?? 'none'}`]
      : []),
    ...(wronglyRed.length > 0 ? [`unrelated cases are red: ${wronglyRed.join(', ')}`] : []),
    ...(errored.length > 0 ? [`errored: ${errored.join(', ')}`] : []),
  ];
  return `${mutant.id}: the gateway ${mutant.wrong}\n  ${reasons.join('\n  ')}\n`;
}
