import { emailmassivo } from '../contract/emailmassivo/emailmassivo.ts';
import { Argument, type Command } from 'commander';
import { counted } from '../conformance/result/counted.ts';
import { summaryJsonSchema } from '../conformance/report/summary-schema.ts';
import { runEventJsonSchema } from '../conformance/result/run-event.ts';
import { scenarioJsonSchema } from '../conformance/scenario/schema.ts';
import { addChoicesOptions, chosenBy, type ChoicesOptionTexts } from './choices-options.ts';
import { cardJsonSchema } from '../conformance/clients/card/card.ts';
import { addCheckClient } from './commands/check-client-options.ts';
import { describeChecks, describeChoices } from './commands/choices.ts';
import { coverageCommand, dimensionsCommand, proofCommand, repliesCommand } from './commands/coverage.ts';
import { explainCommand } from './commands/explain.ts';
import { formatCommand } from './commands/format.ts';
import { initCommand } from './commands/init.ts';
import { showCommand } from './commands/show.ts';
import { addExplore, addReplay } from './explore-words.ts';
import { beginProgram } from './begin-program.ts';
import { readProjectFile } from './project-file.ts';
import { addReport } from './report-words.ts';
import { readScenarios, takePaths, warnOf } from './read-scenarios.ts';
import { addRun } from './run-words.ts';
import { addSandbox } from './sandbox-words.ts';
import type { Settings } from './settings.ts';

/** The command line; each command tells its exit code when it is done. */
export function createProgram(settings: Settings, done: (exitCode: number) => void): Command {
  const program = beginProgram(settings);
  addRun(program, settings, done);
  addReport(program, settings, done);
  addExplore(program, settings, done);
  addReplay(program, settings, done);
  addSandbox(program, settings, done);
  addCoverage(program, settings, done);
  addInit(program, settings, done);
  addLint(program, settings, done);
  addFormat(program, settings, done);
  addShow(program, settings, done);
  addSchema(program, settings, done);
  addCheckClient(program, settings, done);
  addChoices(program, settings, done);
  addExplain(program, settings, done);
  return program;
}

function addCoverage(program: Command, settings: Settings, done: (exitCode: number) => void): void {
  program
    .command('coverage')
    .description('Show which scenarios hold which rule')
    .argument('[paths...]', 'files, folders or case ids; the suite without any')
    .option('--replies <run.ndjson>', 'show instead which documented reply came in which mode of a run')
    .option('--dimensions', 'show instead in which dimensions each rule is tried, and the empty cells', false)
    .option('--mutants <mutants.json>', 'beside it which wrong gateways of each rule were caught')
    .option('--explored <explored.json>', 'and which rules generated sessions came through')
    .action(async (paths: readonly string[], given: CoverageTexts) => {
      const { replies, dimensions, mutants, explored } = given;
      if (replies !== undefined) done(await repliesCommand(replies, settings));
      else if (dimensions) done(await dimensionsCommand(paths, settings));
      else if (mutants === undefined && explored === undefined) done(await coverageCommand(paths, settings));
      else done(await proofCommand(paths, { mutants, explored }, settings));
    });
}

function addInit(program: Command, settings: Settings, done: (exitCode: number) => void): void {
  program
    .command('init')
    .description('Write a first scenario and a CI job into a folder; what is there is left as it is')
    .argument('[folder]', 'which folder', '.')
    .action(async (folder: string) => done(await initCommand(folder, settings)));
}

function addLint(program: Command, settings: Settings, done: (exitCode: number) => void): void {
  program
    .command('lint')
    .description('Read scenarios and name their mistakes, without running them')
    .argument('[paths...]', 'files or folders; without any ./scenarios, or the suite where there is none')
    .action(async (paths: readonly string[]) => {
      const named = paths.length > 0 ? paths : (await readProjectFile(undefined)).settings.paths;
      const taken = await takePaths(named ?? []);
      const scenarios = await readScenarios(taken.paths, settings);
      if (taken.told !== undefined) settings.terminal.write(`${taken.told}\n`);
      warnOf(scenarios, settings.terminal);
      settings.terminal.write(`${counted(scenarios.length, 'scenario file')}, no mistakes.\n`);
      done(0);
    });
}

function addShow(program: Command, settings: Settings, done: (exitCode: number) => void): void {
  program
    .command('show')
    .description(
      'Print scenarios with the places of their files, those of the package and the built-in ones too',
    )
    .argument('<names...>', 'case ids, files or folders; smoke and impossible are what every run begins with')
    .action(async (names: readonly string[]) => done(await showCommand(names, settings)));
}

function addFormat(program: Command, settings: Settings, done: (exitCode: number) => void): void {
  program
    .command('format')
    .description('Bring scenario files into their one form')
    .argument('[paths...]', 'files or folders; the folder scenarios without any')
    .option('--check', 'write nothing; end with 1 where a file has another form', false)
    .action(async (paths: readonly string[], { check }: { readonly check: boolean }) => {
      done(await formatCommand(paths.length === 0 ? ['scenarios'] : paths, { check }, settings));
    });
}

function addChoices(program: Command, settings: Settings, done: (exitCode: number) => void): void {
  addChoicesOptions(
    program
      .command('choices')
      .description('Print what the documentation leaves open and this gateway declares'),
  ).action(async (given: ChoicesOptionTexts) => {
    settings.terminal.write(`${describeChoices(await chosenBy(given))}\n${describeChecks()}`);
    done(0);
  });
}

function addExplain(program: Command, settings: Settings, done: (exitCode: number) => void): void {
  program
    .command('explain')
    .description('Tell what a word of the scenario language, a rule, a reply or a choice means')
    .argument(
      '[word...]',
      'such as given.balance, "W: buy", error.450, "450 Balance not enough", rateLimit; the whole language without any',
    )
    .action((words: readonly string[]) => done(explainCommand(words, settings)));
}

const schemas: Readonly<Record<string, () => unknown>> = {
  scenario: () => scenarioJsonSchema(emailmassivo),
  summary: summaryJsonSchema,
  run: runEventJsonSchema,
  'client-card': cardJsonSchema,
};

function addSchema(program: Command, settings: Settings, done: (exitCode: number) => void): void {
  program
    .command('schema')
    .description(
      'Print a JSON Schema: of scenario files for editors, of the summary, of the lines of a record, or of the card of check-client',
    )
    .addArgument(new Argument('[what]', 'which').choices(Object.keys(schemas)).default('scenario'))
    .action((what: string) => {
      settings.terminal.write(`${JSON.stringify(schemas[what]?.(), undefined, 2)}\n`);
      done(0);
    });
}

interface CoverageTexts {
  readonly dimensions: boolean;
  readonly replies?: string;
  readonly mutants?: string;
  readonly explored?: string;
}
