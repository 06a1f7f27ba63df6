import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { configuration, outputFolder } from './configuration.ts';
import { hashSources } from './sources.ts';

/** Beside the built files: the hash of the sources that they were built from. */
export const BUILT_FROM = 'built-from.txt';

/** Builds the dashboard into {@link outputFolder}; where the sources are those of the last build, does nothing. */
export async function buildDashboard(): Promise<void> {
  const sources = await hashSources();
  if ((await builtFrom()) === sources) return;
  await build(configuration);
  await writeFile(join(outputFolder, BUILT_FROM), sources);
}

/** The hash of the sources that the built files come from; `undefined` where nothing is built. */
export async function builtFrom(): Promise<string | undefined> {
  return readFile(join(outputFolder, BUILT_FROM), 'utf8').catch(() => undefined);
}
