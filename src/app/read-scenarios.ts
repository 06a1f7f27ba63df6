import { stat } from 'node:fs/promises';
import type { Scenario } from '../conformance/scenario/scenario.ts';
import { loadScenarios } from '../conformance/scenario/load-scenarios.ts';
import { showScenarioError } from '../conformance/scenario/scenario-error.ts';
import { findStrayFiles } from '../conformance/scenario/stray-files.ts';
import type { Settings } from './settings.ts';
import { UsageError } from './usage-error.ts';

/** The folder that is taken where no path is given. */
export const usualFolder = 'scenarios';

/** Loads scenarios; without paths the suite of the package. Every mistake in them is one line of a UsageError. */
export async function readScenarios(
  paths: readonly string[],
  { suiteFolder }: Pick<Settings, 'suiteFolder'>,
): Promise<readonly Scenario[]> {
  const [{ scenarios, errors }, ...strays] = await Promise.all([
    loadScenarios(paths, { suiteFolder }),
    ...paths.map(findStrayFiles),
  ]);
  const mistakes = [...errors, ...strays.flat()];
  if (mistakes.length > 0) throw new UsageError(mistakes.map(showScenarioError).join('\n'));
  if (scenarios.length === 0)
    throw new UsageError(`There is no scenario in ${paths.join(', ') || suiteFolder}.`);
  return scenarios;
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
