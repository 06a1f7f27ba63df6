import { Argument, type Command } from 'commander';
import type { Contract } from '../contract/contract.ts';
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
import { providersCommand } from './commands/providers.ts';
import { initCommand } from './commands/init.ts';
import { showCommand } from './commands/show.ts';
import { addExplore, addReplay } from './explore-words.ts';
import { beginProgram } from './begin-program.ts';
import { readProjectFile } from './project-file.ts';
import { addProviderOption, chosenProvider, type ProviderText } from './provider-option.ts';
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
  addProviders(program, settings, done);
  return program;
}

function addCoverage(program: Command, settings: Settings, done: (exitCode: number) => void): void {
  addProviderOption(program.command('coverage'))
    .description('Show which scenarios hold which rule')
    .argument('[paths...]', 'files, folders or case ids; the suite without any')
    .option('--replies <run.ndjson>', 'show instead which documented reply came in which mode of a run')
    .option('--dimensions', 'show instead in which dimensions each rule is tried, and the empty cells', false)
    .option('--mutants <mutants.json>', 'beside it which wrong gateways of each rule were caught')
    .option('--explored <explored.json>', 'and which rules generated sessions came through')
    .action(async (paths: readonly string[], given: CoverageTexts) => {
      const { replies, dimensions, mutants, explored } = given;
      const { contract } = await chosenProvider(given);
      if (replies !== undefined) done(await repliesCommand(replies, contract, settings));
      else if (dimensions) done(await dimensionsCommand(paths, contract, settings));
      else if (mutants === undefined && explored === undefined)
        done(await coverageCommand(paths, contract, settings));
      else done(await proofCommand(paths, { mutants, explored }, contract, settings));
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
  addProviderOption(program.command('lint'))
    .description('Read scenarios and name their mistakes, without running them')
    .argument('[paths...]', 'files or folders; without any ./scenarios, or the suite where there is none')
    .action(async (paths: readonly string[], given: ProviderText) => {
      const named = paths.length > 0 ? paths : (await readProjectFile(undefined)).settings.paths;
      const taken = await takePaths(named ?? []);
      const { contract } = await chosenProvider(given);
      const scenarios = await readScenarios(taken.paths, settings, contract);
      if (taken.told !== undefined) settings.terminal.write(`${taken.told}\n`);
      warnOf(scenarios, contract, settings.terminal);
      settings.terminal.write(`${counted(scenarios.length, 'scenario file')}, no mistakes.\n`);
      done(0);
    });
}

function addShow(program: Command, settings: Settings, done: (exitCode: number) => void): void {
  addProviderOption(program.command('show'))
    .description(
      'Print scenarios with the places of their files, those of the package and the built-in ones too',
    )
    .argument('<names...>', 'case ids, files or folders; smoke and impossible are what every run begins with')
    .action(async (names: readonly string[], given: ProviderText) =>
      done(await showCommand(names, (await chosenProvider(given)).contract, settings)),
    );
}

function addFormat(program: Command, settings: Settings, done: (exitCode: number) => void): void {
  addProviderOption(program.command('format'))
    .description('Bring scenario files into their one form')
    .argument('[paths...]', 'files or folders; the folder scenarios without any')
    .option('--check', 'write nothing; end with 1 where a file has another form', false)
    .action(async (paths: readonly string[], given: ProviderText & { readonly check: boolean }) => {
      const { contract } = await chosenProvider(given);
      const { check } = given;
      done(await formatCommand(paths.length === 0 ? ['scenarios'] : paths, { check, contract }, settings));
    });
}

function addChoices(program: Command, settings: Settings, done: (exitCode: number) => void): void {
  addChoicesOptions(
    addProviderOption(program.command('choices')).description(
      'Print what the documentation leaves open and this gateway declares',
    ),
  ).action(async (given: ChoicesOptionTexts & ProviderText) => {
    const provider = await chosenProvider(given);
    settings.terminal.write(
      `${describeChoices(provider, await chosenBy(given))}\n${describeChecks(provider.sandbox.checks)}`,
    );
    done(0);
  });
}

function addExplain(program: Command, settings: Settings, done: (exitCode: number) => void): void {
  addProviderOption(program.command('explain'))
    .description('Tell what a word of the scenario language, a rule, a reply or a choice means')
    .argument(
      '[word...]',
      'such as given.balance, "W: buy", error.450, "450 Balance not enough", rateLimit; the whole language without any',
    )
    .action(async (words: readonly string[], given: ProviderText) =>
      done(explainCommand(words, await chosenProvider(given), settings)),
    );
}

function addProviders(program: Command, settings: Settings, done: (exitCode: number) => void): void {
  program
    .command('providers')
    .description('List the providers whose promise can be played, checked and explored')
    .option('--json', 'as JSON', false)
    .action((given: { readonly json: boolean }) => done(providersCommand(given, settings)));
}

const schemas: Readonly<Record<string, (contract: Contract) => unknown>> = {
  scenario: scenarioJsonSchema,
  summary: summaryJsonSchema,
  run: runEventJsonSchema,
  'client-card': cardJsonSchema,
};

function addSchema(program: Command, settings: Settings, done: (exitCode: number) => void): void {
  addProviderOption(program.command('schema'))
    .description(
      'Print a JSON Schema: of scenario files for editors, of the summary, of the lines of a record, or of the card of check-client',
    )
    .addArgument(new Argument('[what]', 'which').choices(Object.keys(schemas)).default('scenario'))
    .action(async (what: string, given: ProviderText) => {
      const { contract } = await chosenProvider(given);
      settings.terminal.write(`${JSON.stringify(schemas[what]?.(contract), undefined, 2)}\n`);
      done(0);
    });
}

interface CoverageTexts extends ProviderText {
  readonly dimensions: boolean;
  readonly replies?: string;
  readonly mutants?: string;
  readonly explored?: string;
}
