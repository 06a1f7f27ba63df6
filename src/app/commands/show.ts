import { builtInScenarios } from '../../conformance/runner/built-in-cases.ts';
import { listScenarioFiles } from '../../conformance/scenario/load-scenarios.ts';
import { showScenarioError } from '../../conformance/scenario/scenario-error.ts';
import { suiteOf } from '../../conformance/scenario/suite.ts';
import type { Contract } from '../../contract/contract.ts';
import { readInputFile } from '../read-input-file.ts';
import type { Settings } from '../settings.ts';
import { UsageError } from '../usage-error.ts';

/** Prints scenarios, each below the place of its file; what is built in has none. Throws {@link UsageError}. */
export async function showCommand(
  names: readonly string[],
  contract: Contract,
  settings: Settings,
): Promise<number> {
  const suite = suiteOf(settings.suiteFolder, contract.id);
  for (const name of names) {
    const builtIn = builtInScenarios.get(name);
    const { files, errors } =
      builtIn === undefined ? await listScenarioFiles([name], { suite }) : { files: [], errors: [] };
    if (errors.length > 0) throw new UsageError(errors.map(showScenarioError).join('\n'));
    const texts =
      builtIn === undefined
        ? await Promise.all(files.map(async (file) => `# ${file}\n${await readInputFile(file)}`))
        : [`# built in: every run plays it before all others\n${builtIn(contract)}`];
    for (const text of texts) settings.terminal.write(text);
  }
  return 0;
}
