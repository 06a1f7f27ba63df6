import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { reportAboutSchema, type ReportAbout } from '../../control-api/report-schemas.ts';

/** A file that may be a report. */
export interface ReportFile {
  /** Stable as long as the path is. Made of the path, so that no request ever holds one. */
  readonly id: string;
  /** Below the folder, with slashes. */
  readonly path: string;
  readonly octets: number;
  /** Epoch milliseconds. */
  readonly writtenAt: number;
}

/** The HTML reports below a folder. */
export interface ReportFolder extends AsyncDisposable {
  /** The absolute path. */
  readonly path: string;
  /** The files that may be reports, the newest first. */
  list(): Promise<readonly ReportFile[]>;
  /** The file with this id; reads no other file. */
  find(id: string): Promise<ReportFile | undefined>;
  /** The summary at the beginning of a file; `undefined` where it is no report, or is gone. */
  about(file: ReportFile): Promise<ReportAbout | undefined>;
  /** The whole file, as it is read. */
  read(file: ReportFile): AsyncIterable<Uint8Array>;
}

/** Milliseconds of quiet after which the files of a run are all there. */
const QUIET_MS = 100;

/** How deep folders are looked into, and how many files and folders are looked at. */
const DEPTH = 4;
const MOST_ENTRIES = 20_000;

/** Octets at the beginning of a file in which a report says what it is. */
const HEAD = 16 * 1024;

/**
 * Opens a folder, which may not exist yet. It follows no link: every listed file lies in the folder itself. `onChange`
 * tells that a list which was read may be old; the folder is watched from its first list on.
 */
export function openReportFolder(folder: string, onChange: () => void): ReportFolder {
  const root = resolve(folder);
  let watching: Promise<AsyncDisposable> | undefined;
  return {
    path: root,
    list: async () => {
      watching ??= watchPages(root, onChange);
      await watching;
      const files = await Promise.all((await findPages(root)).map((path) => describe(root, path)));
      return files
        .filter((file) => file !== undefined)
        .toSorted((a, b) => b.writtenAt - a.writtenAt || (a.id < b.id ? -1 : 1));
    },
    find: async (id) => {
      const path = (await findPages(root)).find((each) => idOf(each) === id);
      return path === undefined ? undefined : describe(root, path);
    },
    about: async ({ path }) => readAbout(await readHead(join(root, path))),
    read: ({ path }) => createReadStream(join(root, path)),
    [Symbol.asyncDispose]: async () => (await watching)?.[Symbol.asyncDispose](),
  };
}

async function watchPages(root: string, onChange: () => void): Promise<AsyncDisposable> {
  // a sandbox whose reports nobody looks at does not load it
  const { watch } = await import('chokidar');
  const watcher = watch(root, {
    ignoreInitial: true,
    followSymlinks: false,
    depth: DEPTH - 1,
    ignored: (path, stats) => stats?.isFile() === true && !isPage(path),
  });
  let timer: NodeJS.Timeout | undefined;
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, QUIET_MS);
  });
  // where the system gives no more watches, the list is still read when somebody asks for it
  watcher.on('error', () => undefined);
  await once(watcher, 'ready');
  return {
    [Symbol.asyncDispose]: async () => {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}

const isPage = (name: string): boolean => /\.html?$/i.test(name);

async function findPages(root: string): Promise<readonly string[]> {
  const found: string[] = [];
  let looked = 0;
  let folders = [''];
  for (let depth = 0; depth < DEPTH && folders.length > 0; depth += 1) {
    const below: string[] = [];
    for (const folder of folders) {
      for (const entry of await readdir(join(root, folder), { withFileTypes: true }).catch(() => [])) {
        looked += 1;
        if (looked > MOST_ENTRIES) return found;
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (entry.isDirectory()) below.push(path);
        else if (entry.isFile() && isPage(entry.name)) found.push(path);
      }
    }
    folders = below;
  }
  return found;
}

async function describe(root: string, path: string): Promise<ReportFile | undefined> {
  // a run may replace it at this moment
  const found = await stat(join(root, path)).catch(() => undefined);
  if (found === undefined) return undefined;
  return { id: idOf(path), path, octets: found.size, writtenAt: Math.floor(found.mtimeMs) };
}

function idOf(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 24);
}

async function readHead(path: string): Promise<string> {
  try {
    await using file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead).toString('utf8');
  } catch {
    return '';
  }
}

/** Reads the summary. Anybody may have written the file, so it is validated. */
function readAbout(head: string): ReportAbout | undefined {
  const [, words] = /<meta name="gauntlet-report" content="([^"]*)">/.exec(head) ?? [];
  if (words === undefined || words === '') return undefined;
  try {
    return reportAboutSchema.parse(JSON.parse(decodeURIComponent(words)));
  } catch {
    return undefined;
  }
}
