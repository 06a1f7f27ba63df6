import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program that cannot outlive this process, however this process ends. */
export interface TetheredProgram {
  /** Aborted once the program has ended, by itself or because it was asked to. */
  readonly ended: AbortSignal;
  /** The end of what it wrote on its error output, or how it ended. */
  lastWords(): string;
  /** Whether it could not even be run. */
  neverRan(): boolean;
  /** Ends it if it still runs, and resolves when it is gone and its directory is removed. */
  end(): Promise<void>;
}

/**
 * The tether. It runs in a process of its own, so that even a killed parent leaves nothing behind: the pipe on its
 * input closes with the parent, and it then ends the program and removes the directory.
 * It is a process group of its own, so that no signal of a terminal reaches the program or it: what a run has begun is
 * finished with its mailbox there.
 */
const tether = `
const { spawn } = require('node:child_process');
const { rmSync } = require('node:fs');
const [directory, path, ...args] = process.argv.slice(1);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
const child = spawn(path, args, { stdio: ['ignore', 'ignore', 'inherit'] });
const leave = (code) => {
  try { rmSync(directory, { recursive: true, force: true, maxRetries: 3 }); } catch {}
  process.exit(code);
};
const end = () => {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), 2000).unref();
};
child.on('error', (error) => { process.stderr.write(error.message); leave(127); });
child.on('exit', (code) => leave(code === 127 ? 1 : code ?? 1));
process.stdin.on('end', end).on('error', end).resume();
`;

const wordsKept = 500;

/** Starts a program on the tether; `directory` is its scratch space, removed when it ends. */
export function startTethered(path: string, args: readonly string[], directory: string): TetheredProgram {
  const child = spawn(process.execPath, ['-e', tether, '--', directory, path, ...args], {
    // an empty environment: Mailpit takes settings from MP_… variables, and Node options are not for the tether
    env: {},
    // a group of its own: Ctrl-C reaches every process of a terminal's group, and this one must be the last to go
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const gone = new AbortController();
  let words = '';
  let exitCode: number | null = null;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-wordsKept);
  });
  child.on('error', (error) => {
    words = error.message;
    exitCode = 127;
    gone.abort();
  });
  child.on('close', (code) => {
    exitCode ??= code;
    gone.abort();
  });
  // the pipe breaks when the tether ends first; `ended` tells that story
  child.stdin.on('error', () => {});
  return {
    ended: gone.signal,
    lastWords: () => (words.trim() === '' ? `it ended with exit code ${String(exitCode)}` : words.trim()),
    neverRan: () => exitCode === 127,
    end: async () => {
      child.stdin.end();
      if (!gone.signal.aborted) await once(gone.signal, 'abort');
    },
  };
}
