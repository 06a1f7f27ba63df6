import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Contract } from '../contract/contract.ts';
import type { Scenario } from '../conformance/scenario/scenario.ts';
import { findRaces } from '../conformance/scenario/find-races.ts';
import { loadScenarios } from '../conformance/scenario/load-scenarios.ts';
import { showScenarioError } from '../conformance/scenario/scenario-error.ts';
import { findStrayFiles } from '../conformance/scenario/stray-files.ts';
import { suiteOf } from '../conformance/scenario/suite.ts';
import type { Settings } from './settings.ts';
import { UsageError } from './usage-error.ts';

/** The folder that is taken where no path is given. */
export const usualFolder = 'scenarios';

/** Loads scenarios of a provider; without paths its suite in the package. Every mistake in them is one line of a UsageError. */
export async function readScenarios(
  given: readonly string[],
  { suiteFolder }: Pick<Settings, 'suiteFolder'>,
  contract: Contract,
): Promise<readonly Scenario[]> {
  // the folder of all suites stands for the provider's: scenarios of another make no sense under it
  const isWhole = given.length === 1 && given.every((path) => resolve(path) === resolve(suiteFolder));
  const paths = isWhole ? [] : given;
  const [{ scenarios, errors }, ...strays] = await Promise.all([
    loadScenarios(paths, { suite: suiteOf(suiteFolder, contract.id), contract }),
    ...paths.map(findStrayFiles),
  ]);
  const mistakes = [...errors, ...strays.flat()];
  if (mistakes.length > 0) throw new UsageError(mistakes.map(showScenarioError).join('\n'));
  if (scenarios.length === 0)
    throw new UsageError(`There is no scenario in ${paths.join(', ') || suiteFolder}.`);
  return scenarios;
}

/** Tells what in the scenarios is allowed and yet hardly meant, a line each; nothing fails for it. */
export function warnOf(
  scenarios: readonly Scenario[],
  contract: Contract,
  terminal: Settings['terminal'],
): void {
  for (const scenario of scenarios)
    for (const { position, sentence } of findRaces(scenario, contract))
      terminal.writeError(
        `gauntlet: warning: ${scenario.file}:${position.line}:${position.column}: ${sentence}\n`,
      );
}

/** The paths that a command takes, and a line that tells them where the user named none. */
export interface TakenPaths {
  /** What to hand to {@link readScenarios}; none is the suite of the package. */
  readonly paths: readonly string[];
  readonly told: string | undefined;
}

/** The paths that were named; without any the folder `scenarios`, and where there is none the suite of the package. */
export async function takePaths(given: readonly string[]): Promise<TakenPaths> {
  if (given.length > 0) return { paths: given, told: undefined };
  const found = await stat(usualFolder).catch(() => undefined);
  return found?.isDirectory() === true
    ? { paths: [usualFolder], told: `Scenarios: those in ./${usualFolder}` }
    : { paths: [], told: `Scenarios: the suite of the package, for there is no folder ./${usualFolder}` };
}
