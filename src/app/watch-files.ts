import { watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { scenarioEnding } from '../conformance/scenario/case-id.ts';

/** Milliseconds of quiet after which a save is over: editors write a file in several steps. */
const QUIET_MS = 120;

/** Tells which scenario files were saved, time after time, until it is disposed of. */
export interface FileWatch extends Disposable {
  /** Waits for the next saves; `undefined` once the signal is aborted. */
  readonly next: (signal: AbortSignal) => Promise<readonly string[] | undefined>;
}

/** Watches the folders of what was asked for; a path that is no file is a case's id, and means the suite. */
export async function watchScenarios(paths: readonly string[], suiteFolder: string): Promise<FileWatch> {
  const folders = new Set(await Promise.all((paths.length === 0 ? [suiteFolder] : paths).map(folderOf)));
  const saved = new Set<string>();
  let wake: () => void = () => undefined;
  const watchers = [...folders].map((folder) =>
    watch(folder ?? suiteFolder, { recursive: true }, (_kind, name) => {
      if (name === null || !name.endsWith(scenarioEnding)) return;
      saved.add(join(folder ?? suiteFolder, name));
      wake();
    }),
  );
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
    [Symbol.dispose]: () => {
      for (const watcher of watchers) watcher.close();
    },
  };
}

async function folderOf(path: string): Promise<string | undefined> {
  const whole = resolve(path);
  const found = await stat(whole).catch(() => undefined);
  if (found === undefined) return undefined;
  return found.isDirectory() ? whole : dirname(whole);
}
