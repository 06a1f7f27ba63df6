import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { scenarioEnding } from './case-id.ts';
import { ScenarioError } from './scenario-error.ts';

/** Octets of a file that are looked at; a scenario says what it is in its first lines. */
const LOOKED_AT = 4_096;
/** Folders that hold what others wrote. */
const FOREIGN = /(?:^|\/)(?:node_modules|\.git)(?:\/|$)/;

/**
 * Files below a folder that look like scenarios and whose names end otherwise, each as a mistake: nothing would read them,
 * and nobody would notice. A path that is no folder has none.
 */
export async function findStrayFiles(path: string): Promise<readonly ScenarioError[]> {
  const folder = resolve(path);
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !FOREIGN.test(entry.parentPath.slice(folder.length)))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.endsWith(scenarioEnding) && /\.(?:ya?ml|json)$|\.scenario(?:\.|$)/i.test(file));
  const strays = await Promise.all(
    files.toSorted().map(async (file) => ((await isScenario(file)) ? [strayFile(file)] : [])),
  );
  return strays.flat();
}

/** Whether the name says scenario, or the first lines hold what every scenario has. */
async function isScenario(file: string): Promise<boolean> {
  if (/\.scenario\.ya?ml$|\.scenario$/i.test(file)) return true;
  if (!/\.ya?ml$/i.test(file)) return false;
  const head = (await readFile(file, 'latin1')).slice(0, LOOKED_AT);
  return /^title:/m.test(head) && /^(?:about|dialogue|cases):/m.test(head);
}

function strayFile(file: string): ScenarioError {
  const stem = basename(file).replace(/(?:\.scenario)?(?:\.ya?ml)?$/i, '');
  const sentence = `This looks like a scenario, and is not read: the name must end in ${scenarioEnding}. Rename it to ${stem}${scenarioEnding}.`;
  return new ScenarioError('stray-file', sentence, { file: relative('.', file), line: 1, column: 1 });
}
