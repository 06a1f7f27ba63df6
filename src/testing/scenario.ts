import type { Contract } from '../contract/contract.ts';
import { emailmassivo } from '../contract/emailmassivo/emailmassivo.ts';
import { buildScenario, type ScenarioDefinition } from '../conformance/scenario/build-scenario.ts';
import type { Scenario } from '../conformance/scenario/scenario.ts';

/**
 * Builds the value that a scenario file is read into, with the rules and modes of a contract: the first provider's unless
 * said. Throws a `TypeError` that names every mistake.
 */
export function scenario(definition: ScenarioDefinition, contract: Contract = emailmassivo): Scenario {
  return buildScenario(contract, definition);
}
