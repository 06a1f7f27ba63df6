import { spawn, type ChildProcess } from 'node:child_process';
import { environmentOf, fillCommand } from '../order.ts';
import { readTold, type Told } from '../told.ts';
import type { Launcher } from './launcher.ts';

/** Characters kept of what a program says. */
const OUTPUT_KEPT = 64_000;

/** How long the last words of a program that has ended are waited for, in milliseconds. */
const LAST_WORDS_MS = 500;
/** How long a program that is told to end may take to tidy up, in milliseconds. */
const KINDNESS_MS = 2_000;

/** The command cannot be started at all: a mistake in the command line. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** Secrets of this program's own that the one under check has no use for. */
const KEPT_BACK: ReadonlySet<string> = new Set(['GAUNTLET_TOKEN']);

/** What a program is started with. */
export interface CommandLauncherOptions {
  readonly command: readonly string[];
  /** The environment under the order's variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where it runs; here unless said. */
  readonly folder?: string;
  /** When what it started ends: with it, or with patience, where it hands mail to a queue that works on. */
  readonly childrenEnd: 'with it' | 'with patience';
  readonly onFault: (fault: CommandError) => void;
}

/** Starts the program once for each mail, the order in its environment and its words. */
export function commandLauncher({
  command,
  environment,
  folder,
  childrenEnd,
  onFault,
}: CommandLauncherOptions): Launcher {
  return (order, signal) =>
    new Promise((resolve) => {
      const [program = '', ...words] = fillCommand(command, order);
      const child = spawn(program, words, {
        env: { ...withoutSecrets(environment), ...environmentOf(order) },
        stdio: ['ignore', 'pipe', 'pipe'],
        ...(folder === undefined ? {} : { cwd: folder }),
        // a group of its own, so that what the program started ends with it
        detached: true,
      });
      let stdout = '';
      let stderr = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout = keep(stdout + text)));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = keep(stderr + text)));
      const finish = (told: Told) => {
        if (told.kind === 'running' || childrenEnd === 'with it') {
          signal.removeEventListener('abort', onAbort);
          endGroup(child);
        }
        resolve(told);
      };
      const onAbort = () => {
        // the first word counts: where the program had ended before, only what it left behind ends here
        endGroup(child);
        finish({ kind: 'running', output: [stdout, stderr].join('\n') });
      };
      signal.addEventListener('abort', onAbort, { once: true });
      child.once('error', (fault) => {
        onFault(new CommandError(`${program} cannot be started: ${fault.message}.`, { cause: fault }));
        finish({ kind: 'exit', exitCode: undefined, output: fault.message });
      });
      // what it left behind may hold its output open, so the end of that is not waited for without a limit
      child.once('exit', (exitCode) => {
        const told = () => finish(readTold(exitCode ?? undefined, stdout, stderr));
        const late = setTimeout(told, LAST_WORDS_MS);
        child.once('close', () => {
          clearTimeout(late);
          told();
        });
      });
    });
}

function keep(text: string): string {
  return text.length > OUTPUT_KEPT ? text.slice(-OUTPUT_KEPT) : text;
}

function withoutSecrets(
  environment: CommandLauncherOptions['environment'],
): Readonly<Record<string, string | undefined>> {
  // names of variables have no case on Windows
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !KEPT_BACK.has(name.toUpperCase())),
  );
}

/** Milliseconds between two looks at whether a group has ended. */
const LOOK_MS = 50;

/**
 * Ends a program and what it started, which may outlive it: kindly, so that they can tidy up, and soon with force. A
 * number is not given to another group as long as one process of this is left, so none but these are met.
 */
function endGroup(child: ChildProcess): void {
  if (!signalGroup(child, 'SIGTERM')) return;
  const late = Date.now() + KINDNESS_MS;
  const look = setInterval(() => {
    const isForced = Date.now() >= late;
    if (!signalGroup(child, isForced ? 'SIGKILL' : 0) || isForced) clearInterval(look);
  }, LOOK_MS);
}

/** Whether the group was there to be signalled. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (pid === undefined) return false;
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    // it ended in this very moment
    return false;
  }
}
