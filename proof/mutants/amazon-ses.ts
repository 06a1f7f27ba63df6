import type { AmazonSesRuleId } from '../../src/contract/amazon-ses/rules.ts';
import type { Policy } from '../../src/sandbox/policy/policy.ts';
import { amazonSesSandbox } from '../../src/sandbox/policy/amazon-ses/provider.ts';
import { policyMutant, type Mutant, type MutantFacts } from '../mutant.ts';

/** The facts of a wrong gateway of the second provider. */
export function sesFacts(
  id: string,
  rule: AmazonSesRuleId,
  wrong: string,
  alsoTouches: readonly AmazonSesRuleId[] = [],
): MutantFacts {
  return { id: `ses-${id}`, rule, wrong, alsoTouches, provider: amazonSesSandbox, modes: ['587+starttls'] };
}

/** A mutant that decides the end of the data on facts that do not hold, wherever `sees` says that it matters. */
export function endOfDataMutant(
  facts: MutantFacts,
  change: (
    asked: Parameters<Policy['endOfData']>[0],
  ) => Partial<Parameters<Policy['endOfData']>[0]> | undefined,
): Mutant {
  return policyMutant(facts, (own, hit) => ({
    endOfData: (asked) => {
      const changed = change(asked);
      if (changed === undefined) return own.endOfData(asked);
      hit();
      return own.endOfData({ ...asked, ...changed });
    },
  }));
}
