import type { Contract } from '../contract/contract.ts';
import { coveredRules } from '../conformance/scenario/covered-rules.ts';
import { isOwnRequirement } from '../contract/requirement.ts';
import type { SuiteCase } from '../control-api/report-schemas.ts';
import { readScenarios } from './read-scenarios.ts';
import type { Settings } from './settings.ts';

/** The cases of a provider's suite with the rules that each holds, in the order of their ids. */
export async function readSuite(
  settings: Pick<Settings, 'suiteFolder'>,
  contract: Contract,
): Promise<readonly SuiteCase[]> {
  const scenarios = await readScenarios([], settings, contract);
  return scenarios
    .flatMap((scenario) =>
      scenario.withdrawn === undefined ? scenario.cases.map((each) => ({ scenario, each })) : [],
    )
    .map(({ scenario, each }) => ({
      id: each.id,
      title: each.title === scenario.title ? each.title : `${scenario.title}: ${each.title}`,
      rules: coveredRules(contract, each).filter((rule) => !isOwnRequirement(rule)),
      modes: [...each.modes],
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
