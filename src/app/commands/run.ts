import type { Contract } from '../../contract/contract.ts';
import { resolve } from 'node:path';
import { readBaseline, type Baseline } from '../../conformance/report/baseline.ts';
import { createProgress } from '../../conformance/report/progress.ts';
import { writeTerminalReport } from '../../conformance/report/terminal.ts';
import type { RunEvent } from '../../conformance/result/run-event.ts';
import { chooseCases, type CaseChoice } from '../../conformance/runner/choose-cases.ts';
import { runSuite } from '../../conformance/runner/runner.ts';
import { multiplyByModes, type MatrixCase } from '../../conformance/scenario/matrix.ts';
import type { Scenario } from '../../conformance/scenario/scenario.ts';
import { quoteForShell } from '../../conformance/report/quote-for-shell.ts';
import type { Mode } from '../../contract/modes.ts';
import { joinWords, nameOfProgram } from '../again.ts';
import { checkGateway, openTarget, type TargetRequest } from '../gateway-under-test.ts';
import { readLastFailed } from '../last-failed.ts';
import { providers } from '../providers.ts';
import { openInBrowser } from '../open-in-browser.ts';
import { readInputFile } from '../read-input-file.ts';
import { formerContract } from '../read-record.ts';
import { readScenarios, takePaths, warnOf } from '../read-scenarios.ts';
import { besideReports } from '../report-output.ts';
import { openReports, type WantedReport } from '../report-files.ts';
import type { Settings } from '../settings.ts';
import { showFault } from '../show-fault.ts';
import { UsageError } from '../usage-error.ts';
import { watchScenarios } from '../watch-files.ts';
import { counted } from '../../conformance/result/counted.ts';

/** What `gauntlet run` was asked. */
export interface RunRequest extends TargetRequest {
  readonly paths: readonly string[];
  readonly modes: readonly Mode[];
  readonly choice?: CaseChoice;
  readonly jobs: number;
  /** After how many bad cases none is begun any more. */
  readonly bail?: number | undefined;
  readonly caseTimeoutMs?: number | undefined;
  /** Whether what is saved is run again, until somebody interrupts. */
  readonly watch?: boolean;
  /** The record or the summary of an earlier run, whose findings make nothing fail. */
  readonly baseline?: string | undefined;
  /** Reports beside the one on the terminal. */
  readonly reports: readonly WantedReport[];
  readonly requireArranged: boolean;
  /** The record of an earlier run, of which only the cases that went wrong are played. */
  readonly lastFailed?: string | undefined;
  /** Whether the user named the paths. */
  readonly isNamed?: boolean;
  /** Whether the cases are only named, and not played. */
  readonly list?: boolean;
  /** Whether only what went wrong is told, and the last line. */
  readonly quiet?: boolean;
  /** Whether the HTML page is opened in a browser at the end. */
  readonly open?: boolean;
  /** The options as they were typed, for the command that plays a case again. */
  readonly typedOptions?: string;
}

/** Runs scenarios and reports; resolves with the exit code. Throws {@link UsageError} before anything is started. */
export async function runCommand(request: RunRequest, settings: Settings): Promise<number> {
  const taken = await takePaths(request.paths);
  const asked = { ...request, paths: taken.paths, isNamed: taken.told === undefined };
  const { terminal } = besideReports(settings, request.reports).talk;
  // a list and a report on - are for other programs: what is said beside them goes to standard error
  const isForPrograms = request.list === true || request.reports.some(({ path }) => path === '-');
  if (taken.told !== undefined && request.quiet !== true)
    (isForPrograms ? terminal.writeError : terminal.write)(`${taken.told}\n`);
  if (request.watch !== true || request.list === true) return runOnce(asked, settings);
  await using watch = await watchScenarios(asked.paths, settings.suiteFolder);
  let exitCode = await runOnce(asked, settings);
  while (!settings.interrupted.aborted) {
    settings.terminal.write('\nWaiting for a scenario to be saved; Ctrl-C ends.\n');
    const saved = await watch.next(settings.interrupted);
    if (saved === undefined) break;
    exitCode = await runSaved({ ...asked, paths: saved, lastFailed: undefined }, settings);
  }
  return exitCode;
}

/** A mistake in what was just saved ends no watch. */
async function runSaved(request: RunRequest, settings: Settings): Promise<number> {
  try {
    return await runOnce(request, settings);
  } catch (fault) {
    settings.terminal.writeError(`${showFault(fault)}\n`);
    return 2;
  }
}

async function runOnce(asked: RunRequest, given: Settings): Promise<number> {
  const { talk: settings, output } = besideReports(given, asked.reports);
  checkFiles(asked);
  const request = await narrow(asked, settings);
  const { contract } = request.provider ?? providers[0];
  const scenarios = await readScenarios(request.paths, settings, contract);
  const baseline = request.baseline === undefined ? undefined : await readBaselineFile(request.baseline);
  const cases = checkChoice(request, scenarios, contract);
  const { terminal } = settings;
  if (request.list === true) {
    for (const { id } of cases) terminal.write(`${id}\n`);
    return 0;
  }
  checkGateway(request);
  const played = new Set(cases.map(({ scenario }) => scenario));
  warnOf(
    scenarios.filter((scenario) => played.has(scenario)),
    contract,
    terminal,
  );
  const events: RunEvent[] = [];
  const { exitCode } = await play(request, settings, { contract, scenarios, baseline, output }, events);
  const { colour, columns } = terminal;
  const quiet = request.quiet === true;
  terminal.write(writeTerminalReport(events, { colour, columns: Math.min(columns, 140), quiet }));
  const page = request.reports.find(({ kind, path }) => kind === 'html' && path !== '-');
  if (page !== undefined && !quiet) terminal.write(`The transcripts: ${page.path}\n`);
  if (baseline !== undefined) terminal.write(`${describeBaseline(events, baseline)}\n`);
  if (page !== undefined && request.open === true) await openInBrowser(page.path, settings);
  return exitCode;
}

/** Leaves only the cases that went wrong last time, where they are asked for and there are any. */
async function narrow(request: RunRequest, { terminal }: Settings): Promise<RunRequest> {
  const { lastFailed, choice = {}, list, quiet } = request;
  if (lastFailed === undefined) return request;
  const ids = await readLastFailed(lastFailed);
  const told =
    ids.length === 0
      ? `Nothing went wrong in the run of ${lastFailed}: all is played.`
      : `Only what went wrong in the run of ${lastFailed}: ${counted(ids.length, 'case')}.`;
  if (quiet !== true) (list === true ? terminal.writeError : terminal.write)(`${told}\n`);
  if (ids.length === 0) return request;
  // where no path was named the record says where the cases are
  return { ...request, paths: request.isNamed === false ? ids : request.paths, choice: { ...choice, ids } };
}

function checkFiles({ baseline, reports }: RunRequest): void {
  const same = reports.find(({ path }) => baseline !== undefined && resolve(path) === resolve(baseline));
  if (same === undefined) return;
  throw new UsageError(
    `The baseline ${same.path} would be overwritten by a report. Keep it under another name, or name the reports with --report.`,
  );
}

/** The cases to play; throws {@link UsageError} where there is none. */
function checkChoice(
  { modes, choice = {} }: RunRequest,
  scenarios: readonly Scenario[],
  contract: Contract,
): readonly MatrixCase[] {
  const cases = multiplyByModes(scenarios, modes);
  if (cases.length === 0)
    throw new UsageError(`No case of these scenarios is played in the mode ${modes.join(' or ')}.`);
  const chosen = chooseCases(contract, cases, choice);
  if (chosen.length > 0) return chosen;
  const { shard: part, ...rest } = choice;
  const whole = chooseCases(contract, cases, rest).length;
  if (part === undefined || whole === 0)
    throw new UsageError(`Of ${counted(cases.length, 'case')} none is left by ${narrowing(choice)}.`);
  throw new UsageError(
    `The shard ${part.index}/${part.of} is empty: there ${whole === 1 ? 'is' : 'are'} ${counted(whole, 'case')}. Cut them in ${counted(whole, 'part')} at most.`,
  );
}

/** The options that left cases out, as they are typed. */
function narrowing({ ids, rules, grep }: CaseChoice): string {
  const named = [
    ...(rules === undefined ? [] : ['--rule']),
    ...(grep === undefined ? [] : ['--grep']),
    ...(ids === undefined ? [] : ['--last-failed']),
  ];
  return named.join(' and ');
}

async function readBaselineFile(file: string): Promise<Baseline> {
  return readBaseline(await readInputFile(file), { file, former: formerContract });
}

function describeBaseline(events: readonly RunEvent[], { size }: Baseline): string {
  const found = events.filter((event) => event.kind === 'finding');
  const known = found.filter((event) => event.known === true).length;
  return `Baseline: ${counted(found.length - known, 'new finding')}, ${known} known of the ${size} that it has.`;
}

async function play(
  request: RunRequest,
  settings: Settings,
  {
    contract,
    scenarios,
    baseline,
    output,
  }: {
    readonly contract: Contract;
    readonly scenarios: readonly Scenario[];
    readonly baseline: Baseline | undefined;
    readonly output: (text: string) => void;
  },
  events: RunEvent[],
): Promise<{ readonly exitCode: number }> {
  const began = new Date();
  // every run's addresses are its own, the same seed or not: runs on one mailbox never find each other's mail
  const unique = `r${began.getTime().toString(36)}${request.seed.replaceAll(/[^a-z0-9]/g, '').slice(0, 6)}`;
  await using gateway = await openTarget(request, settings, unique);
  const { target, mailbox } = gateway;
  // old reports are replaced only by a run that begins
  await using reports = await openReports(request.reports, output);
  const progress = settings.terminal.isTty
    ? createProgress((text) => settings.terminal.write(text), settings.terminal.columns)
    : () => undefined;
  const emit = (event: RunEvent): void => {
    events.push(event);
    progress(event);
    reports.write(event);
  };
  if (request.quiet !== true)
    settings.terminal.write(
      `Gateway ${target.name} ${target.version}; mailbox: ${gateway.mailboxDescription}\n\n`,
    );
  const summary = await runSuite({
    contract,
    scenarios,
    modes: request.modes,
    target,
    mailbox,
    jobs: request.jobs,
    bail: request.bail,
    caseTimeoutMs: request.caseTimeoutMs,
    ...(request.choice === undefined ? {} : { choice: request.choice }),
    ...(baseline === undefined ? {} : { isKnown: baseline.knows }),
    emit,
    now: () => performance.now(),
    seed: request.seed,
    suite: 'gateway',
    startedAt: began.toISOString(),
    node: settings.node,
    requireArranged: request.requireArranged,
    again: againBy(await nameOfProgram(settings.searchPath), request),
    signal: settings.interrupted,
  });
  await reports.finish({ events });
  return summary;
}

/** The command that plays one case of this run again. */
function againBy(
  program: string,
  { paths, typedOptions = '' }: RunRequest,
): (matrixCase: MatrixCase) => string {
  return ({ scenario, scenarioCase, mode }) => {
    // what is built in is played by every run, under no name
    const names = scenario.file.startsWith('(') ? paths : [scenarioCase.id];
    return joinWords(program, 'run', ...names.map(quoteForShell), `--mode ${mode}`, typedOptions);
  };
}
