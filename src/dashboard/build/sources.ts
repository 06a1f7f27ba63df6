import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('..', import.meta.url));
const lock = fileURLToPath(new URL('../../../package-lock.json', import.meta.url));

/** SHA-256 over everything that the built dashboard depends on: its own files and the versions of its packages. */
export async function hashSources(): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  const texts = await Promise.all([...paths, lock].map((path) => readFile(path)));
  const hash = createHash('sha256');
  for (const [at, text] of texts.entries()) {
    hash.update(`${(paths[at] ?? lock).slice(folder.length)}\0${text.length}\0`).update(text);
  }
  return hash.digest('hex');
}
