import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CannotProbe } from '../probe.ts';

/** A folder that goes with the probe. */
export interface ProbeFolder extends AsyncDisposable {
  readonly path: string;
}

/** A new folder. */
export async function temporaryFolder(): Promise<ProbeFolder> {
  const path = await mkdtemp(join(tmpdir(), 'gauntlet-abuse-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Octets of the files of a folder. */
export async function octetsOf(folder: string): Promise<number> {
  const sizes = (await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** A file system of its own of so many octets, in memory. Needs a Linux and root. */
export async function smallFileSystem(octets: number): Promise<ProbeFolder> {
  const folder = await temporaryFolder();
  const run = promisify(execFile);
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${octets}`, 'tmpfs', folder.path]);
  } catch (fault) {
    await folder[Symbol.asyncDispose]();
    throw new CannotProbe(`no small file system can be mounted: ${String(fault)}`);
  }
  return {
    path: folder.path,
    [Symbol.asyncDispose]: async () => {
      await run('umount', ['--lazy', folder.path]);
      await folder[Symbol.asyncDispose]();
    },
  };
}
