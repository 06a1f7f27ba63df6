import { spawn, type ChildProcess } from 'node:child_process';
import { environmentOf, fillCommand } from '../order.ts';
import { readTold, type Told } from '../told.ts';
import type { Door } from './door.ts';

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

/** What a program is started with. */
export interface CommandDoorOptions {
  readonly command: readonly string[];
  /** The environment under the order's variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where it runs; here unless said. */
  readonly folder?: string;
  readonly onFault: (fault: CommandError) => void;
}

/** Starts the program once for each mail, the order in its environment and its words. */
export function commandDoor({ command, environment, folder, onFault }: CommandDoorOptions): Door {
  return (order, signal) =>
    new Promise((resolve) => {
      const [program = '', ...words] = fillCommand(command, order);
      const child = spawn(program, words, {
        env: { ...environment, ...environmentOf(order) },
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
        signal.removeEventListener('abort', onAbort);
        resolve(told);
      };
      const onAbort = () => {
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

/** Ends a program and what it started: kindly, so that it can tidy up, and soon with force. */
function endGroup(child: ChildProcess): void {
  signalGroup(child, 'SIGTERM');
  const force = setTimeout(() => signalGroup(child, 'SIGKILL'), KINDNESS_MS);
  child.once('exit', () => clearTimeout(force));
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // it ended in this very moment
  }
}
