import type { MatrixCase } from '../../src/conformance/scenario/matrix.ts';
import type { AutomaticMutant } from './automatic-mutant.ts';
import type { Coverage } from './record-coverage.ts';

/**
 * Says which cases judge a mutant, the likeliest to find it first: those that reach it, one mode of each before the others,
 * those first that spend the greatest share of what they reach on the mutant's file.
 */
export function orderCases(
  cases: readonly MatrixCase[],
  coverage: Coverage,
  mutants: readonly AutomaticMutant[],
): (mutant: AutomaticMutant) => readonly string[] {
  const fileOf = new Map(mutants.map(({ number, file }) => [number, file]));
  const always = new Set(coverage.always);
  const red = new Set(coverage.red);
  const known = cases
    .filter(({ id }) => !red.has(id))
    .map(({ id, scenarioCase }) => {
      const reached = new Set(coverage.cases[id]);
      const files = new Map<string, number>();
      for (const number of reached) {
        const file = fileOf.get(number) ?? '';
        files.set(file, (files.get(file) ?? 0) + 1);
      }
      return { id, group: scenarioCase.id, reached, files };
    });
  return ({ number, file }) => {
    const own = known
      .filter(({ reached }) => always.has(number) || reached.has(number))
      .map((each) => ({ ...each, share: (each.files.get(file) ?? 0) / Math.max(1, each.reached.size) }))
      .toSorted((one, other) => other.share - one.share);
    const seen = new Set<string>();
    const firsts = own.filter(({ group }) => !seen.has(group) && seen.add(group));
    const first = new Set(firsts);
    return [...firsts, ...own.filter((each) => !first.has(each))].map(({ id }) => id);
  };
}
