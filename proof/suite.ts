import { emailmassivo } from '../src/contract/emailmassivo/emailmassivo.ts';
import { fileURLToPath } from 'node:url';
import { loadScenarios } from '../src/conformance/scenario/load-scenarios.ts';
import { suiteOf } from '../src/conformance/scenario/suite.ts';
import type { Scenario } from '../src/conformance/scenario/scenario.ts';

/** The scenarios that are put to the proof: all that are shipped. */
export async function loadSuite(): Promise<readonly Scenario[]> {
  const suiteFolder = fileURLToPath(new URL('../scenarios', import.meta.url));
  const { scenarios, errors } = await loadScenarios([], {
    suite: suiteOf(suiteFolder, emailmassivo.id),
    contract: emailmassivo,
  });
  if (errors.length > 0)
    throw new Error(`The suite has ${errors.length} mistakes; \`gauntlet lint\` shows them.`);
  return scenarios;
}
