/**
 * The door: command line, configuration read once, wiring. Everything a command does can be called without it.
 */
import { createProgram } from './program.ts';
import { CommanderError } from 'commander';
import { readSettings, type Settings } from './settings.ts';
import { showFault } from './usage-error.ts';

const settings = await readSettings(process);
process.exitCode = await run(settings, process.argv.slice(2));

async function run(own: Settings, words: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = createProgram(own, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (fault) {
    if (fault instanceof CommanderError) return fault.exitCode === 0 ? 0 : 2;
    own.terminal.writeError(`${showFault(fault)}\n`);
    return 2;
  }
}
