import type { Command } from 'commander';
import { readTargetProvider } from '../conformance/target/target-description.ts';
import { readProjectFile } from './project-file.ts';
import { providerNamed, type Provider } from './providers.ts';
import { readInputFile } from './read-input-file.ts';
import { UsageError } from './usage-error.ts';

/** `--provider`, as it was typed. */
export interface ProviderText {
  readonly provider?: string;
}

/** Adds `--provider`: whose promise a command is about. */
export function addProviderOption(command: Command): Command {
  return command.option(
    '--provider <name>',
    'the provider whose promise is meant; gauntlet providers lists them',
  );
}

/** The provider of the command line, else that of the project's file, else the first; throws {@link UsageError}. */
export async function chosenProvider({ provider }: ProviderText, config?: string): Promise<Provider> {
  return providerNamed(provider ?? (await readProjectFile(config)).settings.provider);
}

/**
 * The provider of a run: as {@link chosenProvider}, and before the project's file that which the target's file names. Throws
 * {@link UsageError} where command line and target's file name two.
 */
export async function providerOfRun(
  { provider }: ProviderText,
  target: string | undefined,
  config?: string,
): Promise<Provider> {
  const described =
    target === undefined ? undefined : readTargetProvider(await readInputFile(target), target);
  if (provider !== undefined && described !== undefined && provider !== described)
    throw new UsageError(
      `${target} describes a gateway of ${described}, and --provider says ${provider}: leave one of the two out.`,
    );
  const named = provider ?? described;
  return chosenProvider(named === undefined ? {} : { provider: named }, config);
}
