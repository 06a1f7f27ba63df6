/** Folders below the temporary one that go away with their process, or with the next one where it was killed. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that goes away with this. */
export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string;
}

/**
 * Makes a folder whose name begins with `prefix`, and takes away those that earlier processes of this machine left
 * behind: nobody can tidy up who was killed by SIGKILL.
 */
export async function openTemporaryFolder(prefix: string): Promise<TemporaryFolder> {
  // several machines, such as containers, may share the folder, and a process number says nothing on another
  const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
  const own = `${prefix}-${machine}-`;
  await removeAbandoned(own);
  const path = await mkdtemp(join(tmpdir(), `${own}${process.pid}-`));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

async function removeAbandoned(own: string): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = /^(\d+)-/.exec(name.startsWith(own) ? name.slice(own.length) : '')?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    // it may be another user's, who will take it away
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** A process of another user answers with EPERM: it runs. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return !(fault instanceof Error && 'code' in fault && fault.code === 'ESRCH');
  }
}
