import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outputFolder } from './output.ts';
import { pages } from './pages.ts';

const sources = fileURLToPath(new URL('../', import.meta.url));
const lock = fileURLToPath(new URL('../../package-lock.json', import.meta.url));
const record = join(outputFolder, 'built-from.json');

/** What a build was made from: the modules that stand outside the folders of the pages, and a hash over everything. */
interface BuiltFrom {
  readonly modules: readonly string[];
  readonly hash: string;
}

/** Whether what is built comes from the sources as they are now. */
export async function isBuiltFromTheseSources(): Promise<boolean> {
  const built = await readRecord();
  return built !== undefined && built.hash === (await hashSources(built.modules));
}

/** Writes down what the build was made from. `modules` are the ids of the bundler, packages and virtual ones among them. */
export async function recordSources(modules: readonly string[]): Promise<void> {
  const own = modules
    .map((id) => relative(sources, id.replace(/\?.*$/, '')).split(sep).join('/'))
    .filter((path) => !path.startsWith('..') && !path.includes('\0'));
  const named = [...new Set(own)].toSorted();
  const built: BuiltFrom = { modules: named, hash: await hashSources(named) };
  await writeFile(record, `${JSON.stringify(built, undefined, 2)}\n`);
}

/**
 * SHA-256 over everything that the built files depend on: the folders of the dashboard and of the pages, this one, the
 * modules elsewhere that they import, and the versions of their packages.
 */
async function hashSources(modules: readonly string[]): Promise<string> {
  const folders = ['dashboard', 'web', ...pages.map(({ entry }) => dirname(entry))];
  const found = await Promise.all([...new Set(folders)].map(filesBelow));
  const paths = [...new Set([...found.flat(), ...modules])].toSorted();
  const texts = await Promise.all([...paths.map((path) => join(sources, path)), lock].map(readOrEmpty));
  const hash = createHash('sha256');
  for (const [at, text] of texts.entries()) {
    hash.update(`${paths[at] ?? 'lock'}\0${text.length}\0`).update(text);
  }
  return hash.digest('hex');
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(sources, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => relative(sources, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

/** A module that is gone is one that has changed. */
async function readOrEmpty(path: string): Promise<Buffer> {
  return readFile(path).catch(() => Buffer.alloc(0));
}

async function readRecord(): Promise<BuiltFrom | undefined> {
  try {
    // our own file; one of an older build lacks the name or says something else
    return JSON.parse(await readFile(record, 'utf8')) as BuiltFrom;
  } catch {
    return undefined;
  }
}
