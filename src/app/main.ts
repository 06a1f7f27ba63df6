/** The command line: reads the configuration once and wires the parts. Everything a command does can be called without it. */
import { CommanderError, type Command } from 'commander';
import { readSettings, type Settings } from './settings.ts';

const settings = await readSettings(process);
process.exitCode = await run(settings, process.argv.slice(2));

async function run(own: Settings, words: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = await createProgramFor(words, own, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (fault) {
    if (fault instanceof CommanderError) return fault.exitCode === 0 ? 0 : 2;
    const { showFault } = await import('./show-fault.ts');
    own.terminal.writeError(`${showFault(fault)}\n`);
    return 2;
  }
}

/** The command line as far as the words need it: what a command does not use is not loaded for it. */
async function createProgramFor(
  [command]: readonly string[],
  own: Settings,
  done: (exitCode: number) => void,
): Promise<Command> {
  if (command === 'sandbox') return (await import('./sandbox-words.ts')).createSandboxProgram(own, done);
  return (await import('./program.ts')).createProgram(own, done);
}
