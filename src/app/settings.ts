import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Where a command writes, and what it may use there. */
export interface Terminal {
  write(text: string): void;
  writeError(text: string): void;
  /** Whether a person watches. */
  readonly isTty: boolean;
  readonly colour: boolean;
  readonly columns: number;
}

/** What commands are told of the world around them; nothing else reads the environment. */
export interface Settings {
  readonly terminal: Terminal;
  /** What a person types. */
  readonly input: NodeJS.ReadableStream;
  /** The shell's PATH, on which Mailpit is looked for. */
  readonly searchPath: string;
  /** All of the environment, for programs that are started and for what a file names as `${NAME}`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The suite that comes with the package. */
  readonly suiteFolder: string;
  readonly version: string;
  readonly node: string;
  /** Aborted when nobody reads the standard output any more; what is written then is lost, without complaint. */
  readonly outputClosed: AbortSignal;
  /** Aborted when somebody presses Ctrl-C or ends the process kindly. */
  readonly interrupted: AbortSignal;
}

const packageSchema = z.object({ version: z.string() });

/** Reads the settings of a process, once. */
export async function readSettings(own: NodeJS.Process): Promise<Settings> {
  const packageFile = new URL('../../package.json', import.meta.url);
  const { version } = packageSchema.parse(JSON.parse(await readFile(packageFile, 'utf8')));
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) own.once(signal, () => interruption.abort());
  const closing = new AbortController();
  own.stdout.on('error', (fault) => onOutputFault(fault, closing));
  own.stderr.on('error', (fault) => onOutputFault(fault, undefined));
  const isTty = own.stdout.isTTY;
  const noColour = own.env['NO_COLOR'] !== undefined && own.env['NO_COLOR'] !== '';
  return {
    terminal: {
      write: (text) => void own.stdout.write(text),
      writeError: (text) => void own.stderr.write(text),
      isTty,
      colour: isTty && !noColour,
      columns: columnsOf(own.stdout.columns),
    },
    input: own.stdin,
    searchPath: own.env['PATH'] ?? '',
    environment: { ...own.env },
    suiteFolder: fileURLToPath(new URL('../../scenarios', import.meta.url)),
    version,
    node: own.version,
    outputClosed: closing.signal,
    interrupted: interruption.signal,
  };
}

/** `gauntlet … | head -1` closes the pipe, which is no fault; any other is one. */
function onOutputFault(fault: NodeJS.ErrnoException, closing: AbortController | undefined): void {
  if (fault.code !== 'EPIPE') throw fault;
  closing?.abort();
}

/** The width of a terminal in characters; one that does not know its own says 0, or nothing. */
export function columnsOf(told: number | undefined): number {
  return told === undefined || told === 0 ? 100 : told;
}
