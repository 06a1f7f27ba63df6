import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { watch } from 'chokidar';
import { scenarioEnding } from '../conformance/scenario/case-id.ts';

/** Milliseconds of quiet after which a save is over: editors write a file in several steps. */
const QUIET_MS = 120;

/** Tells which scenario files were saved, time after time, until it is disposed of. */
export interface FileWatch extends AsyncDisposable {
  /** Waits for the next saves; `undefined` once the signal is aborted. */
  readonly next: (signal: AbortSignal) => Promise<readonly string[] | undefined>;
}

/**
 * Watches what was asked for, and is up when it resolves; a path that is neither file nor folder is a case's id, and means
 * the suite. A file that is replaced by another of its name, as editors do, was saved.
 */
export async function watchScenarios(paths: readonly string[], suiteFolder: string): Promise<FileWatch> {
  const watched = new Set(
    await Promise.all((paths.length === 0 ? [suiteFolder] : paths).map((path) => placeOf(path, suiteFolder))),
  );
  const saved = new Set<string>();
  let wake: () => void = () => undefined;
  const watcher = watch([...watched], {
    ignoreInitial: true,
    ignored: (path, stats) =>
      stats?.isFile() === true && !watched.has(path) && !path.endsWith(scenarioEnding),
  });
  const note = (path: string): void => {
    saved.add(path);
    wake();
  };
  watcher.on('add', note).on('change', note);
  await once(watcher, 'ready');
  const untilWoken = (signal: AbortSignal) =>
    new Promise<void>((done) => {
      wake = done;
      signal.addEventListener('abort', () => done(), { once: true });
    });
  return {
    next: async (signal) => {
      if (saved.size === 0 && !signal.aborted) await untilWoken(signal);
      if (signal.aborted) return undefined;
      await new Promise<void>((done) => void setTimeout(done, QUIET_MS));
      const files = [...saved];
      saved.clear();
      return files;
    },
    [Symbol.asyncDispose]: () => watcher.close(),
  };
}

async function placeOf(path: string, suiteFolder: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined ? suiteFolder : path;
}
