import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { cardReports, type CardReport } from '../../conformance/clients/card/reports.ts';
import { terminalCard } from '../../conformance/clients/card/terminal.ts';
import {
  checkThrough,
  chooseCases,
  ClientCheckError,
  type ClientCheck,
} from '../../conformance/clients/check-client.ts';
import { exitCodeOf } from '../../conformance/clients/check-clients.ts';
import { isBad } from '../../conformance/clients/grade.ts';
import { commandLauncher, type CommandError } from '../../conformance/clients/launchers/command-launcher.ts';
import { libraryOfCommand } from '../../conformance/clients/launchers/command-clues.ts';
import { showCases, type Card } from '../../conformance/clients/card/card.ts';
import type { MailboxChoice } from '../../mailbox/mailbox.ts';
import { openOwnGateway } from '../own-gateway.ts';
import type { Provider } from '../providers.ts';
import { besideReports } from '../report-output.ts';
import type { Settings } from '../settings.ts';
import { UsageError } from '../usage-error.ts';

/** What `gauntlet check-client` was asked. */
export interface CheckClientRequest {
  readonly provider: Provider;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly check: Omit<ClientCheck, 'send' | 'controlApi' | 'token' | 'signal' | 'onGraded'>;
  readonly reports: readonly WantedCardReport[];
  readonly controlApi: { readonly url: string; readonly token: string | undefined } | undefined;
}

/** A report of the card that was asked for. */
export interface WantedCardReport {
  readonly kind: CardReport;
  readonly path: string;
}

/** The check needs no mailbox of the user's: what arrives is seen at the gateway. */
const MAILBOX: MailboxChoice = { kind: 'embedded' };

/** Checks a program and shows its card; resolves with the exit code. */
export async function checkClientCommand(request: CheckClientRequest, given: Settings): Promise<number> {
  const { talk: settings, output } = besideReports(given, request.reports);
  const { terminal } = settings;
  if (request.command.length === 0) {
    throw new UsageError('Which program? Write it behind two dashes: gauntlet check-client -- node send.js');
  }
  const cases = chooseCases(request.check);
  terminal.write(`Checking ${request.command.join(' ')}: ${showCases(cases)}.\n`);
  const card = await checkByCommand(request, settings);
  if (settings.interrupted.aborted) return 130;
  await showCard(card, request.reports, settings, output);
  const exitCode = exitCodeOf(card.cases);
  if (exitCode === 2) {
    terminal.writeError('gauntlet: The client cannot send a plain mail, so nothing else was checked.\n');
  }
  return exitCode;
}

/** Shows a card and writes its reports. */
export async function showCard(
  card: Card,
  reports: readonly WantedCardReport[],
  { terminal }: Settings,
  output: (text: string) => void,
): Promise<void> {
  terminal.write(
    `\n${terminalCard(card, { colour: terminal.colour, columns: Math.min(terminal.columns, 140) })}`,
  );
  for (const { kind, path } of reports) {
    if (path === '-') output(cardReports[kind](card));
    else await writeReport(path, cardReports[kind](card));
  }
}

async function checkByCommand(request: CheckClientRequest, settings: Settings): Promise<Card> {
  const { terminal, interrupted } = settings;
  await using gateway = await openCheckGateway(request, settings);
  const unstartable = Promise.withResolvers<never>();
  // it may come when nobody waits any more
  unstartable.promise.catch(() => undefined);
  const stopped = new AbortController();
  const launch = commandLauncher({
    command: request.command,
    environment: request.environment,
    childrenEnd: request.check.profile === 'queue' ? 'with patience' : 'with it',
    onFault: (fault: CommandError) => {
      unstartable.reject(new UsageError(fault.message));
      stopped.abort();
    },
  });
  const progress = progressOf(chooseCases(request.check).length, terminal);
  const card = checkThrough(launch, {
    ...request.check,
    library: await libraryOfCommand(request.command),
    controlApi: gateway.url,
    ...(gateway.token === undefined ? {} : { token: gateway.token }),
    signal: AbortSignal.any([interrupted, stopped.signal]),
    ...progress,
  });
  try {
    return await Promise.race([card, unstartable.promise]);
  } finally {
    progress.onWatching([]);
  }
}

/** A line that says how many cases are graded, with the worst so far, and which are still watched; none where nobody looks on. */
function progressOf(
  total: number,
  { isTty, columns, write }: Settings['terminal'],
): Required<Pick<ClientCheck, 'onGraded' | 'onWatching'>> {
  if (!isTty) return { onGraded: () => undefined, onWatching: () => undefined };
  let graded = 0;
  let bad = 0;
  return {
    onGraded: ({ wire, told }) => {
      graded += 1;
      if (isBad(wire.grade) || isBad(told.grade)) bad += 1;
    },
    onWatching: (ids) => {
      const text = `${graded} of ${total} graded, ${bad} bad${ids.length === 0 ? '' : `; watching ${ids.join(', ')}`}`;
      // the line is written over, and wiped at the end
      write(
        `\r\u001B[K${ids.length === 0 && graded >= total ? '' : text.slice(0, Math.max(20, columns - 1))}`,
      );
    },
  };
}

/** The sandbox that is checked against: one that runs elsewhere, or one of our own. */
export async function openCheckGateway(
  { controlApi, provider }: Pick<CheckClientRequest, 'controlApi' | 'provider'>,
  settings: Settings,
): Promise<AsyncDisposable & { readonly url: string; readonly token: string | undefined }> {
  if (controlApi !== undefined) return { ...controlApi, [Symbol.asyncDispose]: () => Promise.resolve() };
  const configuration = {
    version: settings.version,
    onFault: (fault: unknown) =>
      settings.terminal.writeError(`The gateway met a fault of its own: ${String(fault)}\n`),
  };
  const own = await openOwnGateway(MAILBOX, configuration, provider);
  return {
    url: own.sandbox.controlUrl,
    token: undefined,
    [Symbol.asyncDispose]: () => own[Symbol.asyncDispose](),
  };
}

/** Writes a file; throws {@link ClientCheckError} where it cannot be. */
export async function writeReport(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (fault) {
    const why = fault instanceof Error ? fault.message : String(fault);
    throw new ClientCheckError(`The report ${path} cannot be written: ${why}.`, { cause: fault });
  }
}
