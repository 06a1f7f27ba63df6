import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Task } from './judge-worker.ts';
import type { Verdict } from './verdict.ts';

/** One mutant may take so long: all cases of the suite, and all generated sessions, on a busy machine. */
const MUTANT_MS = 20 * 60_000;
/** How often a mutant is begun again whose worker ended under it. */
const TRIES = 2;

/** What is told of a run of tasks. */
export interface PoolEvents {
  /** A verdict has come. */
  readonly judged: (verdict: Verdict) => void;
  /** Nothing can be said of a mutant: the harness has failed on it. */
  readonly failed: (task: Task, why: string) => void;
}

/** Judges tasks in so many processes until none is left or the signal says so; what has begun is ended then. */
export async function judgeAll(
  tree: string,
  tasks: readonly Task[],
  jobs: number,
  events: PoolEvents,
  signal: AbortSignal,
): Promise<void> {
  const queue = tasks.slice();
  const lane = async (): Promise<void> => {
    let worker: ChildProcess | undefined;
    const end = () => worker?.kill('SIGKILL');
    signal.addEventListener('abort', end);
    for (let task = queue.shift(); task !== undefined && !signal.aborted; task = queue.shift()) {
      let why = '';
      let verdict: Verdict | undefined;
      for (let time = 0; time < TRIES && verdict === undefined && !signal.aborted; time += 1) {
        worker ??= startWorker(tree);
        try {
          verdict = await judgeBy(worker, task);
        } catch (error) {
          why = error instanceof Error ? error.message : String(error);
          worker.kill('SIGKILL');
          worker = undefined;
        }
      }
      if (verdict !== undefined) events.judged(verdict);
      else if (!signal.aborted) events.failed(task, why);
    }
    end();
  };
  await Promise.all(Array.from({ length: Math.min(jobs, tasks.length) }, lane));
}

function startWorker(tree: string): ChildProcess {
  return fork(fileURLToPath(new URL('judge-worker.ts', import.meta.url)), [tree], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

function judgeBy(worker: ChildProcess, task: Task): Promise<Verdict> {
  const { promise, resolve, reject } = Promise.withResolvers<Verdict>();
  const limit = setTimeout(
    () => reject(new Error(`no verdict within ${MUTANT_MS / 60_000} minutes`)),
    MUTANT_MS,
  );
  // the worker is ours and says nothing else
  const onVerdict = (verdict: unknown) => resolve(verdict as Verdict);
  const onExit = (code: number | null, signal: string | null) =>
    reject(new Error(`the worker ended: ${signal ?? `exit code ${code}`}`));
  worker.once('message', onVerdict).once('exit', onExit);
  worker.send(task, () => undefined);
  return promise.finally(() => {
    clearTimeout(limit);
    worker.off('message', onVerdict).off('exit', onExit);
  });
}
