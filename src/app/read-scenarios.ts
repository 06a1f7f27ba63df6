import type { Scenario } from '../conformance/scenario/scenario.ts';
import { loadScenarios } from '../conformance/scenario/load-scenarios.ts';
import { showScenarioError } from '../conformance/scenario/scenario-error.ts';
import type { Settings } from './settings.ts';
import { UsageError } from './usage-error.ts';

/** Loads scenarios; without paths the suite of the package. Every mistake in them is one line of a UsageError. */
export async function readScenarios(
  paths: readonly string[],
  { suiteFolder }: Pick<Settings, 'suiteFolder'>,
): Promise<readonly Scenario[]> {
  const { scenarios, errors } = await loadScenarios(paths, { suiteFolder });
  if (errors.length > 0) throw new UsageError(errors.map(showScenarioError).join('\n'));
  if (scenarios.length === 0)
    throw new UsageError(`There is no scenario in ${paths.join(', ') || suiteFolder}.`);
  return scenarios;
}
