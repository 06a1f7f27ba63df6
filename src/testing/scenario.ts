import type { Contract } from '../contract/contract.ts';
import { buildScenario, type ScenarioDefinition } from '../conformance/scenario/build-scenario.ts';
import { defaultProvider } from '../sandbox/default-provider.ts';
import type { Scenario } from '../conformance/scenario/scenario.ts';

/**
 * Builds the value that a scenario file is read into, with the rules and modes of a contract: the first provider's unless
 * said. Throws a `TypeError` that names every mistake.
 */
export function scenario(
  definition: ScenarioDefinition,
  contract: Contract = defaultProvider.contract,
): Scenario {
  return buildScenario(contract, definition);
}
