import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
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
 * The keys of the folder, made when it is new; throws {@link DataFolderError} where they cannot be; beside them, for clients to trust, the authority's certificate. The file
 * can be read by its owner alone: whoever has it can open the sealed passwords and vouch for any name.
 */
export async function loadKeys(data: DataLocation, make: () => Promise<SandboxKeys>): Promise<SandboxKeys> {
  if (data.kind === 'memory') return make();
  await mkdir(data.path, { recursive: true, mode: 0o700 }).catch((fault: NodeJS.ErrnoException) => {
    throw new DataFolderError(`${data.path} cannot be a data folder: ${fault.message}.`, { cause: fault });
  });
  const file = join(data.path, 'keys.json');
  const keys = (await readKeys(file)) ?? (await writeKeys(file, await make()));
  // at every start: clients are told this file, and it may have been lost since
  await writeFile(join(data.path, 'ca.pem'), keys.authority.certificate);
  return keys;
}

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

async function writeKeys(file: string, keys: SandboxKeys): Promise<SandboxKeys> {
  await writeFile(file, JSON.stringify(keys, undefined, 2), { mode: 0o600, flag: 'wx' });
  await chmod(file, 0o600);
  return keys;
}
