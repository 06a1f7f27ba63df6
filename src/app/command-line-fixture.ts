import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The project's folder, in which commands are typed. */
export const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** How a command ended. */
export interface CommandEnd {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Types the command as a user does, with the packaged bin, in the project's folder. */
export function gauntlet(...words: readonly string[]): Promise<CommandEnd> {
  return gauntletIn(projectFolder, ...words);
}

/** The same in a folder of the user's. */
export function gauntletIn(folder: string, ...words: readonly string[]): Promise<CommandEnd> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [`${projectFolder}/bin/gauntlet.cjs`, ...words],
      { cwd: folder, timeout: 60_000, maxBuffer: 1e8 },
      (fault, stdout, stderr) => {
        const code = fault?.code;
        resolve({ exitCode: fault === null ? 0 : typeof code === 'number' ? code : 99, stdout, stderr });
      },
    );
  });
}
