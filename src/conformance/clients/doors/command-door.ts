import { spawn } from 'node:child_process';
import { environmentOf, fillCommand } from '../order.ts';
import { readTold, type Told } from '../told.ts';
import type { Door } from './door.ts';

/** Characters kept of what a program says. */
const OUTPUT_KEPT = 64_000;

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
        if (child.pid !== undefined) killGroup(child.pid);
        finish({ kind: 'running', output: [stdout, stderr].join('\n') });
      };
      signal.addEventListener('abort', onAbort, { once: true });
      child.once('error', (fault) => {
        onFault(new CommandError(`${program} cannot be started: ${fault.message}.`, { cause: fault }));
        finish({ kind: 'exit', exitCode: undefined, output: fault.message });
      });
      child.once('exit', (exitCode) => {
        // what it left behind may hold the pipes open; its last words are there in the next turn
        setImmediate(() => finish(readTold(exitCode ?? undefined, stdout, stderr)));
      });
    });
}

function keep(text: string): string {
  return text.length > OUTPUT_KEPT ? text.slice(-OUTPUT_KEPT) : text;
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // it ended in this very moment
  }
}
