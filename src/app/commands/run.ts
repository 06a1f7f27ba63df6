import { resolve } from 'node:path';
import { readBaseline, type Baseline } from '../../conformance/report/baseline.ts';
import { createProgress } from '../../conformance/report/progress.ts';
import { writeTerminalReport } from '../../conformance/report/terminal.ts';
import type { RunEvent } from '../../conformance/result/run-event.ts';
import { chooseCases, type CaseChoice } from '../../conformance/runner/choose-cases.ts';
import { runSuite } from '../../conformance/runner/runner.ts';
import { multiplyByModes } from '../../conformance/scenario/matrix.ts';
import type { Scenario } from '../../conformance/scenario/scenario.ts';
import type { Mode } from '../../contract/modes.ts';
import { checkGateway, openTarget, type TargetRequest } from '../gateway-under-test.ts';
import { readInputFile } from '../read-input-file.ts';
import { readScenarios } from '../read-scenarios.ts';
import { openReports, type WantedReport } from '../report-files.ts';
import type { Settings } from '../settings.ts';
import { showFault, UsageError } from '../usage-error.ts';
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
}

/** Runs scenarios and reports; resolves with the exit code. Throws {@link UsageError} before anything is started. */
export async function runCommand(request: RunRequest, settings: Settings): Promise<number> {
  if (request.watch !== true) return runOnce(request, settings);
  using watch = await watchScenarios(request.paths, settings.suiteFolder);
  let exitCode = await runOnce(request, settings);
  while (!settings.interrupted.aborted) {
    settings.terminal.write('\nWaiting for a scenario to be saved; Ctrl-C ends.\n');
    const saved = await watch.next(settings.interrupted);
    if (saved === undefined) break;
    exitCode = await runSaved({ ...request, paths: saved }, settings);
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

async function runOnce(request: RunRequest, settings: Settings): Promise<number> {
  checkFiles(request);
  const scenarios = await readScenarios(request.paths, settings);
  const baseline = request.baseline === undefined ? undefined : await readBaselineFile(request.baseline);
  checkChoice(request, scenarios);
  checkGateway(request);
  const events: RunEvent[] = [];
  const { exitCode } = await play(request, settings, { scenarios, baseline }, events);
  const { colour, columns } = settings.terminal;
  settings.terminal.write(writeTerminalReport(events, { colour, columns: Math.min(columns, 140) }));
  for (const { kind, path } of request.reports) {
    if (kind === 'html' && path !== '-') settings.terminal.write(`The transcripts: ${path}\n`);
  }
  if (baseline !== undefined) settings.terminal.write(`${describeBaseline(events, baseline)}\n`);
  return exitCode;
}

function checkFiles({ baseline, reports }: RunRequest): void {
  const same = reports.find(({ path }) => baseline !== undefined && resolve(path) === resolve(baseline));
  if (same === undefined) return;
  throw new UsageError(
    `The baseline ${same.path} would be overwritten by a report. Keep it under another name, or name the reports with --report.`,
  );
}

function checkChoice({ modes, choice = {} }: RunRequest, scenarios: readonly Scenario[]): void {
  const cases = multiplyByModes(scenarios, modes);
  if (cases.length === 0)
    throw new UsageError(`No case of these scenarios is played in the mode ${modes.join(' or ')}.`);
  if (chooseCases(cases, choice).length > 0) return;
  const { shard: part, ...rest } = choice;
  const whole = chooseCases(cases, rest).length;
  if (part === undefined || whole === 0)
    throw new UsageError(`Of ${counted(cases.length, 'case')} none is left by --rule and --grep.`);
  throw new UsageError(
    `The shard ${part.index}/${part.of} is empty: there ${whole === 1 ? 'is' : 'are'} ${counted(whole, 'case')}. Cut them in ${counted(whole, 'part')} at most.`,
  );
}

async function readBaselineFile(file: string): Promise<Baseline> {
  return readBaseline(await readInputFile(file), file);
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
    scenarios,
    baseline,
  }: { readonly scenarios: readonly Scenario[]; readonly baseline: Baseline | undefined },
  events: RunEvent[],
): Promise<{ readonly exitCode: number }> {
  const began = new Date();
  // every run's addresses are its own, the same seed or not: runs on one mailbox never find each other's mail
  const unique = `r${began.getTime().toString(36)}${request.seed.replaceAll(/[^a-z0-9]/g, '').slice(0, 6)}`;
  await using gateway = await openTarget(request, settings, unique);
  const { target, mailbox } = gateway;
  // old reports are replaced only by a run that begins
  await using reports = await openReports(request.reports, settings.terminal);
  const progress = settings.terminal.isTty
    ? createProgress((text) => settings.terminal.write(text), settings.terminal.columns)
    : () => undefined;
  const emit = (event: RunEvent): void => {
    events.push(event);
    progress(event);
    reports.write(event);
  };
  settings.terminal.write(
    `Gateway ${target.name} ${target.version}; mailbox: ${gateway.mailboxDescription}\n\n`,
  );
  const summary = await runSuite({
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
    signal: settings.interrupted,
  });
  await reports.finish({ events });
  return summary;
}
