import { resolve } from 'node:path';
import { readBaseline, type Baseline } from '../../conformance/report/baseline.ts';
import { createProgress } from '../../conformance/report/progress.ts';
import { writeTerminalReport } from '../../conformance/report/terminal.ts';
import type { RunEvent } from '../../conformance/result/run-event.ts';
import { chooseCases, type CaseChoice } from '../../conformance/runner/choose-cases.ts';
import { runSuite } from '../../conformance/runner/runner.ts';
import { multiplyByModes } from '../../conformance/scenario/matrix.ts';
import type { Scenario } from '../../conformance/scenario/scenario.ts';
import { openGauntletTarget } from '../../conformance/target/gauntlet-target.ts';
import type { Mode } from '../../contract/modes.ts';
import { openMailboxClient } from '../../mailbox/client.ts';
import type { MailboxChoice } from '../../mailbox/mailbox.ts';
import type { SandboxParts } from '../../sandbox/sandbox.ts';
import { openOwnGateway } from '../own-gateway.ts';
import { readInputFile } from '../read-input-file.ts';
import { readScenarios } from '../read-scenarios.ts';
import { openReports, type WantedReport } from '../report-files.ts';
import type { Settings } from '../settings.ts';
import { showFault, UsageError } from '../usage-error.ts';
import { watchScenarios } from '../watch-files.ts';

/** What `gauntlet run` was asked. */
export interface RunRequest {
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
  readonly mailbox: MailboxChoice;
  /** Reports beside the one on the terminal. */
  readonly reports: readonly WantedReport[];
  readonly seed: string;
  readonly requireArranged: boolean;
  /** A gateway that runs elsewhere; without one our own is started. */
  readonly controlApi: { readonly url: string; readonly token: string | undefined } | undefined;
  /** Parts put in place of our gateway's own: for proof. */
  readonly parts?: SandboxParts;
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
  const choice = chooseGateway(request);
  const events: RunEvent[] = [];
  const { exitCode } = await play(request, choice, settings, { scenarios, baseline }, events);
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
    throw new UsageError(`Of ${cases.length} cases none is left by --rule and --grep.`);
  throw new UsageError(
    `The shard ${part.index}/${part.of} is empty: there are ${whole} cases. Cut them in ${whole} parts at most.`,
  );
}

async function readBaselineFile(file: string): Promise<Baseline> {
  return readBaseline(await readInputFile(file), file);
}

function describeBaseline(events: readonly RunEvent[], { size }: Baseline): string {
  const found = events.filter((event) => event.kind === 'finding');
  const known = found.filter((event) => event.known === true).length;
  return `Baseline: ${found.length - known} new ${found.length - known === 1 ? 'finding' : 'findings'}, ${known} known of the ${size} that it has.`;
}

async function play(
  request: RunRequest,
  choice: GatewayChoice,
  settings: Settings,
  {
    scenarios,
    baseline,
  }: { readonly scenarios: readonly Scenario[]; readonly baseline: Baseline | undefined },
  events: RunEvent[],
): Promise<{ readonly exitCode: number }> {
  await using gateway = await openGateway(request, choice, settings);
  const began = new Date();
  // every run's addresses are its own, the same seed or not: runs on one mailbox never find each other's mail
  const unique = `r${began.getTime().toString(36)}${request.seed.replaceAll(/[^a-z0-9]/g, '').slice(0, 6)}`;
  const { url: controlApi, token } = gateway.controlApi;
  await using target = await openGauntletTarget({
    controlApi,
    unique,
    ...(token === undefined ? {} : { token }),
  });
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
    mailbox: openMailboxClient(gateway.mailboxApi),
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

/** What a run is about: its control API, and the mailbox that it delivers to. */
export interface GatewayUnderTest extends AsyncDisposable {
  readonly controlApi: { readonly url: string; readonly token: string | undefined };
  readonly mailboxApi: string;
  readonly mailboxDescription: string;
}

/** A gateway elsewhere with the mailbox that it delivers to; `undefined` where our own is started. */
export type GatewayChoice =
  { readonly controlApi: GatewayUnderTest['controlApi']; readonly mailboxApi: string } | undefined;

/** Which gateway is asked for; throws {@link UsageError} where its mailbox is not. */
export function chooseGateway({
  controlApi,
  mailbox,
}: Pick<RunRequest, 'controlApi' | 'mailbox'>): GatewayChoice {
  if (controlApi === undefined) return undefined;
  if (mailbox.kind === 'url') return { controlApi, mailboxApi: mailbox.api };
  throw new UsageError(
    '--control-api needs --mailbox with the http address of the Mailpit that the gateway delivers to.',
  );
}

/** Opens our own gateway where none was chosen; it ends with what is given back. */
export async function openGateway(
  request: Pick<RunRequest, 'mailbox' | 'seed' | 'parts'>,
  choice: GatewayChoice,
  settings: Settings,
): Promise<GatewayUnderTest> {
  if (choice !== undefined) {
    return {
      ...choice,
      mailboxDescription: choice.mailboxApi,
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }
  const own = await openOwnGateway(request.mailbox, {
    seed: request.seed,
    version: settings.version,
    onFault: (fault) => settings.terminal.writeError(`${describe(fault)}\n`),
    ...(request.parts === undefined ? {} : { parts: request.parts }),
  });
  return {
    controlApi: { url: own.sandbox.controlUrl, token: undefined },
    mailboxApi: own.mailbox.api,
    mailboxDescription: own.mailbox.description,
    [Symbol.asyncDispose]: () => own[Symbol.asyncDispose](),
  };
}

function describe(fault: unknown): string {
  return `The gateway met a fault of its own: ${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}`;
}
