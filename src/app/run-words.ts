import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import { typedOptions } from './again.ts';
import {
  addChoicesOptions,
  checkChoicesAreOurs,
  chosenBy,
  type ChoicesOptionTexts,
} from './choices-options.ts';
import { runCommand } from './commands/run.ts';
import { collect, parseMailbox, parseModes, parseNumber } from './options.ts';
import { readProjectFile } from './project-file.ts';
import { addProviderOption, providerOfRun, type ProviderText } from './provider-option.ts';
import { parseReports, usualRecord, usualReports } from './report-files.ts';
import { parseBail, parseCaseTimeout, parseChoice, type ChoiceTexts } from './run-choices.ts';
import type { Settings } from './settings.ts';
import { UsageError } from './usage-error.ts';

/** Adds `gauntlet run`. */
export function addRun(program: Command, settings: Settings, done: (exitCode: number) => void): void {
  const command = program
    .command('run')
    .description('Run scenarios')
    .argument(
      '[paths...]',
      'files, folders or case ids; without any ./scenarios, or the suite where there is none',
    );
  addChoiceOptions(command);
  addCourseOptions(command);
  addTargetOptions(command);
  addChoicesOptions(command);
  addProviderOption(command);
  command.action(async (paths: readonly string[], given: RunTexts) => {
    checkChoicesAreOurs(given, given);
    const { file, settings: project } = await readProjectFile(given.config);
    const reports = given.report.length > 0 ? given.report : project.reports;
    const wanted = reports === undefined ? usualReports : parseReports(reports);
    if (given.open && wanted.every(({ kind, path }) => kind !== 'html' || path === '-'))
      throw new UsageError('--open shows the HTML page: name a file for it, as in --report html=run.html.');
    // a gateway that the command line names is the one that is meant
    const target = given.target ?? (given.controlApi === undefined ? project.target : undefined);
    const provider = await providerOfRun(given, target, given.config);
    const { contract } = provider;
    const record = wanted.find(({ kind, path }) => kind === 'ndjson' && path !== '-')?.path;
    const exitCode = await runCommand(
      {
        provider,
        paths: given.suite ? pathsOfSuite(paths, settings) : paths.length > 0 ? paths : (project.paths ?? []),
        modes:
          given.mode.length > 0
            ? parseModes(given.mode, contract)
            : parseModes(project.modes ?? [], contract, `${file}: modes: `),
        choices: await chosenBy(given, given.config),
        lastFailed: given.lastFailed ? (record ?? usualRecord) : undefined,
        list: given.list,
        quiet: given.quiet,
        open: given.open,
        choice: parseChoice(given, contract),
        jobs: parseNumber(given.jobs, '--jobs', 1),
        bail: parseBail(given.bail),
        caseTimeoutMs: parseCaseTimeout(given.caseTimeout),
        watch: given.watch,
        baseline: given.baseline,
        mailbox: parseMailbox(given.mailbox, given.mailboxSmtp, settings),
        reports: wanted,
        seed: given.seed ?? randomBytes(8).toString('hex'),
        requireArranged: given.requireArranged,
        typedOptions: typedOptions(command),
        target,
        controlApi:
          given.controlApi === undefined ? undefined : { url: given.controlApi, token: given.token },
      },
      settings,
    );
    done(exitCode);
  });
}

/** What stands in the suite, whatever stands in the folder where the command is typed; without paths all of it. */
function pathsOfSuite(
  paths: readonly string[],
  { suiteFolder }: Pick<Settings, 'suiteFolder'>,
): readonly string[] {
  return paths.length === 0 ? [suiteFolder] : paths.map((path) => join(suiteFolder, path));
}

function addChoiceOptions(command: Command): void {
  command
    .option('--mode <mode>', 'only this mode; may be given several times', collect, [])
    .option(
      '--rule <id>',
      'only cases that hold this rule, or billing.*; may be given several times',
      collect,
      [],
    )
    .option('--grep <pattern>', 'only cases whose id or title matches this regular expression')
    .option('--shard <i/n>', 'only the i-th of n parts of the cases')
    .option('--last-failed', 'only cases that went wrong in the last run, as its record tells', false)
    .option('--suite', 'the suite of the package, whatever the folder here holds; paths are ids in it', false)
    .option('--list', 'name the cases, a line each, and play none', false)
    .option('--repeat <n>', 'play each case so many times', '1');
}

function addCourseOptions(command: Command): void {
  command
    .option('--jobs <n>', 'cases side by side', '16')
    .option('--bail [n]', 'begin no further case after n bad ones (1)')
    .option('--case-timeout <time>', 'how long a case may take: 500ms, 30s, 2m')
    .option('--watch', 'run again whatever is saved, until Ctrl-C', false)
    .option('--baseline <file>', 'run.ndjson or JSON summary of an earlier run, whose findings fail nothing')
    .option('--require-arranged', 'let cases that could not be arranged fail the run', false)
    .option(
      '--report <kind=path>',
      'what to write, instead of the usual files in reports/; may be given several times',
      collect,
      [],
    )
    .option('--quiet', 'tell only what went wrong, and the last line', false)
    .option('--open', 'open the HTML page in a browser at the end', false)
    .option('--config <file>', 'settings of the project, instead of gauntlet.config.ts or .yaml')
    .option('--seed <text>', 'seed of all that looks random');
}

function addTargetOptions(command: Command): void {
  command
    .option(
      '--mailbox <kind>',
      'auto, program, embedded, container, or the http address of a Mailpit',
      'auto',
    )
    .option('--mailbox-smtp <host:port>', 'where that Mailpit takes mail')
    .option('--target <file>', 'a gateway that runs elsewhere, as a YAML or JSON file describes it')
    .option('--control-api <url>', 'a gateway that runs elsewhere, by its control API')
    .addOption(new Option('--token <token>', 'token of that control API').env('GAUNTLET_TOKEN'));
}

interface RunTexts extends ChoiceTexts, ChoicesOptionTexts, ProviderText {
  readonly lastFailed: boolean;
  readonly suite: boolean;
  readonly list: boolean;
  readonly quiet: boolean;
  readonly open: boolean;
  readonly config?: string;
  readonly mode: readonly string[];
  readonly jobs: string;
  readonly bail?: string | true;
  readonly caseTimeout?: string;
  readonly watch: boolean;
  readonly baseline?: string;
  readonly mailbox: string;
  readonly mailboxSmtp?: string;
  readonly target?: string;
  readonly controlApi?: string;
  readonly token?: string;
  readonly report: readonly string[];
  readonly seed?: string;
  readonly requireArranged: boolean;
}
