import { emailmassivo } from '../src/contract/emailmassivo/emailmassivo.ts';
import type { Contract } from '../src/contract/contract.ts';
import { fileURLToPath } from 'node:url';
import { loadScenarios } from '../src/conformance/scenario/load-scenarios.ts';
import { suiteOf } from '../src/conformance/scenario/suite.ts';
import type { Scenario } from '../src/conformance/scenario/scenario.ts';

/** The scenarios that are put to the proof: all that are shipped for a provider. */
export async function loadSuite(contract: Contract = emailmassivo): Promise<readonly Scenario[]> {
  const suiteFolder = fileURLToPath(new URL('../scenarios', import.meta.url));
  const { scenarios, errors } = await loadScenarios([], {
    suite: suiteOf(suiteFolder, contract.id),
    contract,
  });
  if (errors.length > 0)
    throw new Error(`The suite has ${errors.length} mistakes; \`gauntlet lint\` shows them.`);
  return scenarios;
}
