import type { Command } from 'commander';
import type { Choices } from '../sandbox/policy/choices.ts';
import { readChoices } from './choices-setting.ts';
import { readProjectFile } from './project-file.ts';
import { UsageError } from './usage-error.ts';

/** `--choice` and `--choices-file`, as they were typed. */
export interface ChoicesOptionTexts {
  readonly choicesFile?: string;
  readonly choice: readonly string[];
}

/** Adds `--choice` and `--choices-file`: what our own gateway is to choose otherwise than declared. */
export function addChoicesOptions(command: Command): Command {
  return command
    .option('--choices-file <file>', 'JSON with choices to make otherwise; gauntlet choices lists them')
    .option(
      '--choice <name=value>',
      'one of them, as in rateLimit=5; may be given several times',
      (value: string, before: readonly string[]) => [...before, value],
      [],
    );
}

/** The choices of the project's file, and over them those of the command line; throws {@link UsageError}. */
export async function chosenBy(
  { choicesFile, choice }: ChoicesOptionTexts,
  config?: string,
): Promise<Partial<Choices>> {
  const { settings: project } = await readProjectFile(config);
  return { ...project.choices, ...(await readChoices(choicesFile, choice)) };
}

/** Throws {@link UsageError} where choices were typed for a gateway that runs elsewhere, and made its own. */
export function checkChoicesAreOurs(
  { choicesFile, choice }: ChoicesOptionTexts,
  { target, controlApi }: { readonly target?: string | undefined; readonly controlApi?: string | undefined },
): void {
  const typed = choicesFile !== undefined ? '--choices-file' : choice.length > 0 ? '--choice' : undefined;
  const elsewhere =
    controlApi !== undefined ? '--control-api' : target !== undefined ? '--target' : undefined;
  if (typed === undefined || elsewhere === undefined) return;
  throw new UsageError(
    `${typed} is for the gateway that is started here; the one of ${elsewhere} has made its choices: give one of the two.`,
  );
}
