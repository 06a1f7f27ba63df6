import { spawn } from 'node:child_process';

/** How a program ended. */
export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Milliseconds that a program may take. */
const LIMIT_MS = 15_000;
/** Programs that run side by side. */
const AT_ONCE = 4;
let running = 0;
const waiting: (() => void)[] = [];

/** Runs a program to its end, a few at a time; rejects where it cannot be started or takes too long. */
export async function run(
  command: string,
  args: readonly string[],
  input = '',
  environment: Readonly<Record<string, string>> = {},
  limitMs = LIMIT_MS,
): Promise<Ended> {
  if (running === AT_ONCE) await new Promise<void>((resolve) => void waiting.push(resolve));
  else running += 1;
  try {
    return await spawnToEnd(command, args, input, environment, limitMs);
  } finally {
    // the place goes to the next in line, or is free
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

function spawnToEnd(
  command: string,
  args: readonly string[],
  input: string,
  environment: Readonly<Record<string, string>>,
  limitMs: number,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    // proxies and roots that the environment names must not count
    const child = spawn(command, args, {
      env: { PATH: process.env['PATH'], ...environment },
      signal: AbortSignal.timeout(limitMs),
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('latin1').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('latin1').on('data', (text: string) => (stderr += text));
    child.once('error', (fault) => {
      reject(new Error(`${command} could not be run to its end within ${limitMs} ms.`, { cause: fault }));
    });
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
    // a program that ends early does not read its input to the end
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
