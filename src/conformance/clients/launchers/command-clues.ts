import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { libraryOf, type Library } from '../library.ts';

/** Octets read of a file that a command names: enough for a script, which begins with what it imports. */
const READ = 64 * 1024;

/** The library that a command shows by its words, and by the scripts that it names; files are sought from `folder`. */
export async function libraryOfCommand(
  command: readonly string[],
  folder = '.',
): Promise<Library | undefined> {
  const files = await Promise.all(command.map((word) => beginningOf(resolve(folder, word))));
  return libraryOf({ headers: [], output: '', command: [command.join(' '), ...files].join('\n') });
}

/** The beginning of a text file; empty for what is none. */
async function beginningOf(path: string): Promise<string> {
  try {
    // what is no file, such as a pipe, may never open
    if (!(await stat(path)).isFile()) return '';
    await using file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(READ), 0, READ, 0);
    const octets = buffer.subarray(0, bytesRead);
    return octets.includes(0) ? '' : octets.toString('utf8');
  } catch {
    return '';
  }
}
