import { readFile, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { formatScenario } from '../../conformance/scenario/format-scenario.ts';
import { listScenarioFiles } from '../../conformance/scenario/load-scenarios.ts';
import { showScenarioError } from '../../conformance/scenario/scenario-error.ts';
import { suiteOf } from '../../conformance/scenario/suite.ts';
import type { Contract } from '../../contract/contract.ts';
import type { Settings } from '../settings.ts';
import { UsageError } from '../usage-error.ts';
import { counted } from '../../conformance/result/counted.ts';

/**
 * Formats scenario files, or only says which have another form; resolves with the exit code. Throws {@link UsageError}
 * where a path names nothing, or a file is no YAML; the others are formatted all the same.
 */
export async function formatCommand(
  paths: readonly string[],
  { check, contract }: { readonly check: boolean; readonly contract: Contract },
  { terminal, suiteFolder }: Pick<Settings, 'terminal' | 'suiteFolder'>,
): Promise<number> {
  const { files, errors } = await listScenarioFiles(paths, { suite: suiteOf(suiteFolder, contract.id) });
  if (errors.length > 0) throw new UsageError(errors.map(showScenarioError).join('\n'));
  const other: string[] = [];
  const unreadable: string[] = [];
  for (const file of files) {
    const text = await readFile(file, 'utf8');
    const formatted = formatScenario(text);
    if (formatted === undefined) unreadable.push(relative('.', file));
    else if (formatted !== text) {
      other.push(relative('.', file));
      if (!check) await writeFile(file, formatted);
    }
  }
  for (const file of other) terminal.write(`${check ? 'has another form' : 'formatted'}: ${file}\n`);
  const count = counted(files.length, 'scenario file');
  terminal.write(`${count}, ${other.length} ${check ? 'to be formatted' : 'formatted'}.\n`);
  if (unreadable.length > 0)
    throw new UsageError(
      `No scenario that could be formatted: ${unreadable.join(', ')}. \`gauntlet lint\` tells why.`,
    );
  return check && other.length > 0 ? 1 : 0;
}
