import { createProgress } from '../../conformance/report/progress.ts';
import { writeTerminalReport } from '../../conformance/report/terminal.ts';
import type { RunEvent } from '../../conformance/result/run-event.ts';
import { runSuite } from '../../conformance/runner/runner.ts';
import type { Scenario } from '../../conformance/scenario/scenario.ts';
import { openGauntletTarget } from '../../conformance/target/gauntlet-target.ts';
import type { Mode } from '../../contract/modes.ts';
import { openMailboxClient } from '../../mailbox/client.ts';
import type { MailboxChoice } from '../../mailbox/mailbox.ts';
import type { SandboxParts } from '../../sandbox/sandbox.ts';
import { openOwnGateway } from '../own-gateway.ts';
import { readScenarios } from '../read-scenarios.ts';
import { openRecord, writeReports, type WantedReport } from '../report-files.ts';
import type { Settings } from '../settings.ts';
import { UsageError } from '../usage-error.ts';

/** What `gauntlet run` was asked. */
export interface RunRequest {
  readonly paths: readonly string[];
  readonly modes: readonly Mode[];
  readonly jobs: number;
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
  const scenarios = await readScenarios(request.paths, settings);
  const events: RunEvent[] = [];
  const progress = settings.terminal.isTty
    ? createProgress((text) => settings.terminal.write(text), settings.terminal.columns)
    : () => undefined;
  const records = await Promise.all(
    request.reports.filter(({ kind }) => kind === 'ndjson').map(({ path }) => openRecord(path)),
  );
  const emit = (event: RunEvent): void => {
    events.push(event);
    progress(event);
    for (const record of records) record.write(event);
  };
  const { exitCode } = await play(request, settings, scenarios, emit);
  await Promise.all(records.map((record) => record.close()));
  await writeReports(request.reports, events);
  const { colour, columns } = settings.terminal;
  settings.terminal.write(writeTerminalReport(events, { colour, columns: Math.min(columns, 140) }));
  return exitCode;
}

async function play(
  request: RunRequest,
  settings: Settings,
  scenarios: readonly Scenario[],
  emit: (event: RunEvent) => void,
): Promise<{ readonly exitCode: number }> {
  await using gateway = await openGateway(request, settings);
  const began = new Date();
  // every run's addresses are its own, the same seed or not: runs on one mailbox never find each other's mail
  const unique = `r${began.getTime().toString(36)}${request.seed.replaceAll(/[^a-z0-9]/g, '').slice(0, 6)}`;
  const { url: controlApi, token } = gateway.controlApi;
  await using target = await openGauntletTarget({
    controlApi,
    unique,
    ...(token === undefined ? {} : { token }),
  });
  settings.terminal.write(
    `Gateway ${target.name} ${target.version}; mailbox: ${gateway.mailboxDescription}\n\n`,
  );
  // awaited here: the gateway is closed as soon as this function returns
  return await runSuite({
    scenarios,
    modes: request.modes,
    target,
    mailbox: openMailboxClient(gateway.mailboxApi),
    jobs: request.jobs,
    emit,
    now: () => performance.now(),
    seed: request.seed,
    suite: 'gateway',
    startedAt: began.toISOString(),
    node: settings.node,
    requireArranged: request.requireArranged,
    signal: settings.interrupted,
  });
}

interface GatewayUnderTest extends AsyncDisposable {
  readonly controlApi: { readonly url: string; readonly token: string | undefined };
  readonly mailboxApi: string;
  readonly mailboxDescription: string;
}

async function openGateway(request: RunRequest, settings: Settings): Promise<GatewayUnderTest> {
  if (request.controlApi !== undefined) {
    if (request.mailbox.kind !== 'url') {
      throw new UsageError(
        '--control-api needs --mailbox with the http address of the Mailpit that the gateway delivers to.',
      );
    }
    return {
      controlApi: request.controlApi,
      mailboxApi: request.mailbox.api,
      mailboxDescription: request.mailbox.api,
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
