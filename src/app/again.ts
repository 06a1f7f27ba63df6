import { access, constants } from 'node:fs/promises';
import { delimiter, join, sep } from 'node:path';
import type { Command, Option } from 'commander';
import { quoteForShell } from '../conformance/report/quote-for-shell.ts';

/** Options that choose among cases, or that make no sense for one case that is named. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  '--mode',
  '--rule',
  '--grep',
  '--shard',
  '--watch',
  '--last-failed',
  '--list',
  '--open',
]);

/**
 * The options of a command that were typed, as a shell takes them, for a command that plays one case again. A token is
 * a secret: the variable of the environment stands for it. `wanted` leaves out what another command does not know.
 */
export function typedOptions(command: Command, wanted: (flag: string) => boolean = () => true): string {
  return command.options
    .filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli')
    .filter(({ long }) => long !== undefined && long !== null && !LEFT_OUT.has(long) && wanted(long))
    .flatMap((option) => wordsOf(option, command.getOptionValue(option.attributeName())))
    .join(' ');
}

function wordsOf({ long }: Option, value: unknown): readonly string[] {
  const flag = long ?? '';
  if (flag === '--token') return [flag, '"$GAUNTLET_TOKEN"'];
  if (value === true) return [flag];
  if (value === false) return [];
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((one) => [flag, quoteForShell(withoutPassword(String(one)))]);
}

/** A URL may carry a password, which no report shows. */
function withoutPassword(text: string): string {
  return text.replace(/^(https?:\/\/[^/:@\s]*):[^/@\s]*@/, '$1:********@');
}

/** How this program is called in the folder where it was: by its name where the path has it, else through npx. */
export async function nameOfProgram(searchPath: string): Promise<string> {
  const own = join('node_modules', '.bin');
  // a path that npm made has the package's programs on it; the shell of the user has not
  const folders = searchPath
    .split(delimiter)
    .filter((folder) => folder !== '' && !folder.split(sep).join('/').endsWith(own.split(sep).join('/')));
  const found = await Promise.all(
    folders.map((folder) =>
      access(join(folder, 'gauntlet'), constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true) ? 'gauntlet' : 'npx gauntlet';
}

/** The words behind a program's name, without what is not there. */
export function joinWords(...words: readonly string[]): string {
  return words.filter((word) => word !== '').join(' ');
}
