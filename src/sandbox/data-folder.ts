import { randomUUID } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const keysSchema = z.object({
  sealingKey: z.base64(),
  dkimKey: z.string(),
  authority: z.object({ certificate: z.string(), privateKey: z.string() }),
});

/** What a sandbox must find again after a restart, beside its database. */
export type SandboxKeys = z.output<typeof keysSchema>;

/** A data folder that cannot be used, and what to do about it. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
}

/** Where a sandbox keeps its state: in memory, or in a folder that outlives it. */
export type DataLocation = { readonly kind: 'memory' } | { readonly kind: 'folder'; readonly path: string };

/** The database's location for the store. */
export function databaseLocation(data: DataLocation): string {
  return data.kind === 'memory' ? ':memory:' : join(data.path, 'gauntlet.db');
}

/**
 * The keys of the folder, made when it is new. Throws {@link DataFolderError} where the folder cannot be used, and has then written nothing. Files can be read by their owner
 * alone, whatever folder they are in: whoever has the keys can open the sealed passwords and vouch for any name.
 */
export async function loadKeys(data: DataLocation, make: () => Promise<SandboxKeys>): Promise<SandboxKeys> {
  if (data.kind === 'memory') return make();
  const file = join(data.path, 'keys.json');
  try {
    const found = await readKeys(file);
    if (found === undefined && (await holdsSomething(databaseLocation(data)))) {
      throw new DataFolderError(
        `${file} is missing, without which the database beside it cannot be read. Put it back, or begin with a new folder.`,
      );
    }
    await mkdir(data.path, { recursive: true, mode: 0o700 });
    const keys = found ?? (await keepKeys(file, await make()));
    await chmod(file, OWNER_ALONE);
    return keys;
  } catch (fault) {
    if (fault instanceof DataFolderError || !(fault instanceof Error) || !('code' in fault)) throw fault;
    throw new DataFolderError(`${data.path} cannot be a data folder: ${fault.message}.`, { cause: fault });
  }
}

/** Does what needs the keys to be those of the database; throws {@link DataFolderError} where they are another's. */
export function withOwnKeys<Result>(data: DataLocation, unseal: () => Result): Result {
  try {
    return unseal();
  } catch (fault) {
    if (data.kind === 'memory') throw fault;
    throw new DataFolderError(
      `${join(data.path, 'keys.json')} holds other keys than those that its database was written with. Put the right ones back, or begin with a new folder.`,
      { cause: fault },
    );
  }
}

/**
 * Writes the authority's certificate beside the keys, for clients to trust: at every start, since they are told this file
 * and it may have been lost, and after all else of the folder was found usable.
 */
export async function writeCertificateAuthority(data: DataLocation, certificate: string): Promise<void> {
  if (data.kind === 'folder') await writeWhole(join(data.path, 'ca.pem'), certificate, rename);
}

/** Read and written by the owner, by nobody else. */
const OWNER_ALONE = 0o600;

async function readKeys(file: string): Promise<SandboxKeys | undefined> {
  const text = await readFile(file, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return undefined;
    throw fault;
  });
  if (text === undefined) return undefined;
  const keys = keysSchema.safeParse(parseJson(text));
  if (keys.success) return keys.data;
  throw new DataFolderError(
    `${file} does not hold the keys of a sandbox, without which its database cannot be read. Put it back, or begin with a new folder.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a file has any octets. */
async function holdsSomething(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found !== undefined && found.size > 0;
}

/** Keeps new keys, or takes those that another start has put there meanwhile. */
async function keepKeys(file: string, keys: SandboxKeys): Promise<SandboxKeys> {
  await writeWhole(file, JSON.stringify(keys, undefined, 2), putWhereNothingIs);
  return (await readKeys(file)) ?? keys;
}

/**
 * Writes a file under another name, waits until the disk has it, and only then gives it its name: whoever reads it, and
 * whenever the process is killed, it is whole or not there.
 */
async function writeWhole(
  file: string,
  text: string,
  place: (from: string, to: string) => Promise<void>,
): Promise<void> {
  // two starts may be in one process: a name by its id would be written by both at once
  const unnamed = `${file}.${randomUUID()}.new`;
  try {
    const handle = await open(unnamed, 'w', OWNER_ALONE);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await place(unnamed, file);
  } finally {
    await rm(unnamed, { force: true });
  }
}

/** Two first starts on one folder at once: a link, unlike a rename, takes no name that is taken. */
async function putWhereNothingIs(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? fault.code : undefined;
    if (code === 'EEXIST') return;
    // a file system without hard links
    await rename(from, to);
  }
}
