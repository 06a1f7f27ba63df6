import { Command, CommanderError, Help, Option } from 'commander';
import type { Settings } from './settings.ts';

/** The command line before its commands: its name, its version, and where it writes. */
export function beginProgram(settings: Settings): Command {
  const program = new Command('gauntlet')
    .description('Prove that mail gets sent right: a reference SMTP gateway and the scenarios that check it.')
    .version(settings.version, '-v, --version')
    .exitOverride()
    .configureHelp({ optionDescription })
    .configureOutput({
      writeOut: (text) => settings.terminal.write(text),
      writeErr: (text) => settings.terminal.writeError(text),
    });
  // the letter that it had before, which commander gives by itself
  program.addOption(new Option('-V', 'the same').hideHelp()).on('option:V', () => {
    settings.terminal.write(`${settings.version}\n`);
    throw new CommanderError(0, 'commander.version', settings.version);
  });
  return program;
}

/** What the help says of an option: a default of nothing is none. */
function optionDescription(option: Option): string {
  const { defaultValue } = option;
  const isNothing = defaultValue === false || (Array.isArray(defaultValue) && defaultValue.length === 0);
  if (!isNothing) return new Help().optionDescription(option);
  return option.envVar === undefined ? option.description : `${option.description} (env: ${option.envVar})`;
}
