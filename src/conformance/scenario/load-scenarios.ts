import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { isMode, modes } from '../../contract/modes.ts';
import { scenarioEnding, splitCaseId } from './case-id.ts';
import { parseScenario } from './parse-scenario.ts';
import type { Scenario } from './scenario.ts';
import { ScenarioError } from './scenario-error.ts';
import { suggest } from './suggest.ts';

/** The scenarios that were asked for, and every mistake met on the way. */
export interface LoadedScenarios {
  readonly scenarios: readonly Scenario[];
  readonly errors: readonly ScenarioError[];
}

/** A file to read, and which of its cases are wanted; all of them where nothing is said. */
interface Wanted {
  readonly file: string;
  readonly slug?: string | undefined;
  readonly mode?: string | undefined;
}

/**
 * Loads scenarios. Each path is a file, a folder (every `*.scenario.yaml` below it) or a case's id (`billing/copies`,
 * `billing/copies#bcc-alone`, with ` @mode` if wished); without paths the whole suite. Files are read once each, in
 * order of their names.
 */
export async function loadScenarios(
  paths: readonly string[],
  { suiteFolder }: { readonly suiteFolder: string },
): Promise<LoadedScenarios> {
  const errors: ScenarioError[] = [];
  const wanted: Wanted[] = [];
  for (const path of paths.length === 0 ? [suiteFolder] : paths) {
    const found = await findFiles(path, suiteFolder);
    if (found.length === 0)
      errors.push(notFound(path, await findFiles(suiteFolder, suiteFolder), suiteFolder));
    wanted.push(...found);
  }
  const files = [...new Set(wanted.map(({ file }) => file))].toSorted();
  const scenarios: Scenario[] = [];
  for (const file of files) {
    const parsed = parseScenario(await readFile(file, 'utf8'), nameOf(file, suiteFolder));
    if (parsed.kind === 'errors') errors.push(...parsed.errors);
    else
      scenarios.push(
        ...choose(
          parsed.scenario,
          wanted.filter((one) => one.file === file),
          errors,
        ),
      );
  }
  return { scenarios, errors };
}

async function findFiles(path: string, suiteFolder: string): Promise<readonly Wanted[]> {
  for (const candidate of [resolve(path), resolve(suiteFolder, path)]) {
    const found = await stat(candidate).catch(() => undefined);
    if (found?.isFile() === true) return [{ file: candidate }];
    if (found?.isDirectory() === true) return filesBelow(candidate);
  }
  const { scenario, slug, mode } = splitCaseId(path);
  const file = resolve(suiteFolder, `${scenario}${scenarioEnding}`);
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() === true ? [{ file, slug, mode }] : [];
}

async function filesBelow(folder: string): Promise<readonly Wanted[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(scenarioEnding))
    .map((entry) => ({ file: join(entry.parentPath, entry.name) }));
}

function nameOf(file: string, suiteFolder: string): { id: string; file: string } {
  const inside = relative(resolve(suiteFolder), file);
  // a file from elsewhere has no place in the suite; it is named by itself
  const path = inside.startsWith('..') ? basename(file) : inside.split(sep).join('/');
  return {
    id: path.endsWith(scenarioEnding) ? path.slice(0, -scenarioEnding.length) : path,
    file: inside.startsWith('..') ? relative('.', file) : `${basename(resolve(suiteFolder))}/${path}`,
  };
}

function choose(scenario: Scenario, wanted: readonly Wanted[], errors: ScenarioError[]): readonly Scenario[] {
  if (wanted.some(({ slug, mode }) => slug === undefined && mode === undefined)) return [scenario];
  const cases = scenario.cases.flatMap((one) => {
    const slug = splitCaseId(one.id).slug;
    const asked = wanted.filter((want) => want.slug === undefined || want.slug === slug);
    if (asked.length === 0) return [];
    const inModes = one.modes.filter((mode) =>
      asked.some((want) => want.mode === undefined || want.mode === mode),
    );
    return inModes.length === 0 ? [] : [{ ...one, modes: inModes }];
  });
  const place = { file: scenario.file, line: 1, column: 1 };
  const slugs = scenario.cases.flatMap((one) => splitCaseId(one.id).slug ?? []);
  for (const { slug, mode } of wanted) {
    if (slug !== undefined && !slugs.includes(slug)) {
      errors.push(
        new ScenarioError('not-found', `There is no case "#${slug}" here.${suggest(slug, slugs)}`, place),
      );
    }
    if (mode !== undefined && !isMode(mode)) {
      errors.push(
        new ScenarioError('unknown-mode', `There is no mode "${mode}".${suggest(mode, modes)}`, place),
      );
    }
  }
  return cases.length === 0 ? [] : [{ ...scenario, cases }];
}

function notFound(path: string, suite: readonly Wanted[], suiteFolder: string): ScenarioError {
  const ids = suite.map(({ file }) => nameOf(file, suiteFolder).id);
  const sentence = `"${path}" is no file, no folder with scenarios and no case's id.${suggest(splitCaseId(path).scenario, ids)}`;
  return new ScenarioError('not-found', sentence, { file: path, line: 1, column: 1 });
}
