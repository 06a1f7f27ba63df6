import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Contract } from '../../contract/contract.ts';
import { scenarioEnding, splitCaseId } from './case-id.ts';
import { parseScenario, type ScenarioName } from './parse-scenario.ts';
import type { Scenario } from './scenario.ts';
import { ScenarioError } from './scenario-error.ts';
import { suggest } from './suggest.ts';
import { foldersOf, type Suite } from './suite.ts';

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
 * order of their ids. What lies in the working directory may be named without its ending too.
 */
export async function loadScenarios(
  paths: readonly string[],
  { suite, contract }: { readonly suite: Suite; readonly contract: Contract },
): Promise<LoadedScenarios> {
  const errors: ScenarioError[] = [];
  const wanted: Wanted[] = [];
  for (const path of paths.length === 0 ? foldersOf(suite) : paths) {
    const found = await findFiles(path, suite);
    if (found.length === 0 && paths.length > 0)
      errors.push(notFound(path, (await Promise.all(foldersOf(suite).map(filesBelow))).flat(), suite));
    wanted.push(...found);
  }
  const files = inOrder([...new Set(wanted.map(({ file }) => file))], suite);
  const scenarios: Scenario[] = [];
  const fileOfId = new Map<string, string>();
  for (const { file, name } of files) {
    const before = fileOfId.get(name.id);
    if (before !== undefined) errors.push(sameId(name, before));
    fileOfId.set(name.id, name.file);
    const parsed = parseScenario(await readFile(file), {
      ...name,
      contract,
      isShared: suite.shared !== undefined && isBelow(file, suite.shared),
    });
    if (parsed.kind === 'errors') errors.push(...parsed.errors);
    else
      scenarios.push(
        ...choose(
          contract,
          parsed.scenario,
          wanted.filter((one) => one.file === file),
          errors,
        ),
      );
  }
  return { scenarios, errors };
}

/** The files that paths name, each once, in order of their names; those that name none are mistakes. */
export async function listScenarioFiles(
  paths: readonly string[],
  { suite }: { readonly suite: Suite },
): Promise<{ readonly files: readonly string[]; readonly errors: readonly ScenarioError[] }> {
  const found = await Promise.all(
    paths.map(async (path) => ({ path, wanted: await findFiles(path, suite) })),
  );
  return {
    files: [...new Set(found.flatMap(({ wanted }) => wanted.map(({ file }) => file)))].toSorted(),
    errors: found.flatMap(({ path, wanted }) => (wanted.length === 0 ? [notFound(path, [], suite)] : [])),
  };
}

/**
 * What a path names; what lies in the working directory comes before the suite, whose folders count as one: a path into the
 * folder above them is one into each of them.
 */
async function findFiles(path: string, suite: Suite): Promise<readonly Wanted[]> {
  const here = await findBelow('.', path);
  if (here.length > 0) return here;
  const above = dirname(suite.own);
  const within = isBelow(resolve(path), above) ? relative(resolve(above), resolve(path)) : path;
  return (await Promise.all(foldersOf(suite).map((folder) => findBelow(folder, within)))).flat();
}

async function findBelow(root: string, path: string): Promise<readonly Wanted[]> {
  const { scenario, slug, mode } = splitCaseId(path);
  const whole = await firstFile(root, path);
  if (whole !== undefined) return [{ file: whole }];
  const folder = resolve(root, path);
  const found = (await kindOf(folder)) === 'folder' ? await filesBelow(folder) : [];
  if (found.length > 0) return found;
  const file = slug === undefined && mode === undefined ? undefined : await firstFile(root, scenario);
  return file === undefined ? [] : [{ file, slug, mode }];
}

/** The file of this name, written with its ending or without. */
async function firstFile(root: string, path: string): Promise<string | undefined> {
  for (const name of [path, `${path}${scenarioEnding}`]) {
    const file = resolve(root, name);
    if ((await kindOf(file)) === 'file') return file;
  }
  return undefined;
}

async function kindOf(path: string): Promise<'file' | 'folder' | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() === true) return 'file';
  return found?.isDirectory() === true ? 'folder' : undefined;
}

/** The scenario files below a folder; none where there is no such folder. */
async function filesBelow(folder: string): Promise<readonly Wanted[]> {
  if ((await kindOf(folder)) !== 'folder') return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(scenarioEnding))
    .map((entry) => ({ file: join(entry.parentPath, entry.name) }));
}

/** A file from elsewhere has no place in the suite; it is named by the way to it, under which it is found again. */
function nameOf(file: string, suite: Suite): ScenarioName {
  const folder = foldersOf(suite).find((each) => isBelow(file, each)) ?? '.';
  const path = relative(resolve(folder), file).split(sep).join('/');
  return {
    id: path.endsWith(scenarioEnding) ? path.slice(0, -scenarioEnding.length) : path,
    file: relative('.', file).split(sep).join('/'),
  };
}

/** Files in the order of their places in the suite, whichever of its folders they lie in. */
function inOrder(files: readonly string[], suite: Suite) {
  const named = files.map((file) => ({ file, name: nameOf(file, suite) }));
  const place = ({ name }: (typeof named)[number]) => `${name.id}${scenarioEnding}`;
  return named.toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
}

function isBelow(file: string, folder: string): boolean {
  const inside = relative(resolve(folder), file);
  return !isAbsolute(inside) && inside.split(sep)[0] !== '..';
}

function choose(
  contract: Contract,
  scenario: Scenario,
  wanted: readonly Wanted[],
  errors: ScenarioError[],
): readonly Scenario[] {
  const modes = contract.modes.map(({ mode }) => mode);
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
    if (mode !== undefined && !modes.includes(mode)) {
      errors.push(
        new ScenarioError('unknown-mode', `There is no mode "${mode}".${suggest(mode, modes)}`, place),
      );
    }
    const named = scenario.cases.filter((one) => slug === undefined || splitCaseId(one.id).slug === slug);
    const theirs = new Set(named.flatMap((one) => one.modes));
    if (mode !== undefined && modes.includes(mode) && named.length > 0 && !theirs.has(mode)) {
      const sentence = `Nothing here is played in the mode ${mode}, only in ${[...theirs].join(', ')}.`;
      errors.push(new ScenarioError('not-found', sentence, place));
    }
  }
  return cases.length === 0 ? [] : [{ ...scenario, cases }];
}

/** Reports know cases by their ids: of two under one id, the one that failed could hide behind the other. */
function sameId({ id, file }: ScenarioName, before: string): ScenarioError {
  const sentence = `Its id "${id}" is that of ${before} too. Run the two apart, or rename one.`;
  return new ScenarioError('duplicate-id', sentence, { file, line: 1, column: 1 });
}

function notFound(path: string, known: readonly Wanted[], suite: Suite): ScenarioError {
  const ids = known.map(({ file }) => nameOf(file, suite).id);
  const sentence = `"${path}" is no file, no folder with scenarios and no case's id.${suggest(splitCaseId(path).scenario, ids)}`;
  return new ScenarioError('not-found', sentence, { file: path, line: 1, column: 1 });
}
