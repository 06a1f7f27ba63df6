import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { explore, type Counterexample, type Exploration } from '../../conformance/property/explore.ts';
import { fuzzWire, type Fuzzing } from '../../conformance/property/fuzz-wire.ts';
import { describeReach, joinReach } from '../../conformance/property/reach.ts';
import { writeViolation } from '../../conformance/property/write-violation.ts';
import { escapeControls } from '../../conformance/report/escape-controls.ts';
import type { ExploredRecord } from '../../conformance/coverage/explored-rules.ts';
import { marks, paintAnsi, paintNothing } from '../../conformance/report/paint.ts';
import { openGauntletTarget } from '../../conformance/target/gauntlet-target.ts';
import type { Target } from '../../conformance/target/target.ts';
import type { Mode } from '../../contract/modes.ts';
import { openMailboxClient, type MailboxClient } from '../../mailbox/client.ts';
import { joinWords, nameOfProgram } from '../again.ts';
import { quoteForShell } from '../../conformance/report/quote-for-shell.ts';
import { chooseGateway, openGateway, type GatewayRequest } from '../gateway-choice.ts';
import { providers } from '../providers.ts';
import type { Settings } from '../settings.ts';
import { counted } from '../../conformance/result/counted.ts';

/** What can be explored beside the properties of generated sessions: the octets below them. */
export const WIRE = 'wire';

/** What `gauntlet explore` was asked. Times in milliseconds. */
export interface ExploreRequest extends GatewayRequest {
  /** Properties of the provider's model, or {@link WIRE}. */
  readonly properties: readonly string[];
  readonly runs: number;
  readonly inputs: number;
  readonly timeMs: number | undefined;
  readonly modes: readonly Mode[];
  readonly jobs: number;
  /** Where counterexamples are kept. */
  readonly folder: string;
  /** The file that tells what was reached. */
  readonly record: string;
  /** The options as they were typed, for the command that plays a counterexample again. */
  readonly typedOptions?: string;
}

/** Explores; resolves with the exit code: 1 where anything was found, or nothing could be said of some runs. */
export async function exploreCommand(request: ExploreRequest, settings: Settings): Promise<number> {
  const choice = chooseGateway(request);
  await using gateway = await openGateway(request, choice, settings);
  const { url: controlApi, token } = gateway.controlApi;
  const began = new Date();
  await using target = await openGauntletTarget({
    controlApi,
    unique: `x${began.getTime().toString(36)}`,
    ...(token === undefined ? {} : { token }),
  });
  const provider = request.provider ?? providers[0];
  const { contract } = provider;
  const model = await provider.loadModel?.();
  const { terminal, interrupted } = settings;
  terminal.write(`Gateway ${target.name} ${target.version}; seed ${request.seed}\n\n`);
  const mailbox = openMailboxClient(gateway.mailboxApi);
  const explorations: Exploration[] = [];
  let bad = 0;
  for (const property of request.properties) {
    if (interrupted.aborted) break;
    const common = commonOptions(request, settings, target, property);
    if (property === WIRE) {
      const fuzzing = await fuzzWire({ ...common, contract, inputs: request.inputs });
      bad += await tellFuzzing(request, settings, fuzzing, began);
    } else if (model !== undefined) {
      const exploration = await exploreOne(
        { ...common, model, mailbox, property, runs: request.runs },
        began,
      );
      explorations.push(exploration);
      bad += await tellExploration(request, settings, exploration);
    }
  }
  if (model !== undefined && explorations.length > 0) {
    const reach = joinReach(
      model,
      explorations.map((each) => each.reach),
    );
    terminal.write(`\n${describeReach(reach)}`);
  }
  await writeRecord(request, explorations);
  if (interrupted.aborted) return 130;
  return bad > 0 ? 1 : 0;
}

/** What was reached, for `gauntlet coverage --explored`. */
async function writeRecord(
  { record, seed }: ExploreRequest,
  explorations: readonly Exploration[],
): Promise<void> {
  const content: ExploredRecord = {
    seed,
    properties: explorations.map(({ property, runs, reach }) => ({
      property,
      runs,
      rules: [...reach.rules].toSorted(),
    })),
  };
  await mkdir(dirname(record), { recursive: true });
  await writeFile(record, `${JSON.stringify(content, undefined, 2)}\n`);
}

function exploreOne(
  options: Omit<Parameters<typeof explore>[0], 'today'> & { readonly mailbox: MailboxClient },
  began: Date,
): Promise<Exploration> {
  return explore({ ...options, today: began.toISOString().slice(0, 10) });
}

function commonOptions(
  { seed, timeMs, modes, jobs }: ExploreRequest,
  { terminal, interrupted }: Settings,
  target: Target,
  name: string,
) {
  return {
    target,
    seed,
    timeMs,
    modes,
    jobs,
    now: () => performance.now(),
    signal: interrupted,
    onProgress: terminal.isTty ? (done: number) => terminal.write(`\r  … ${name} ${done}`) : () => undefined,
  };
}

async function tellExploration(
  request: ExploreRequest,
  settings: Settings,
  { property, runs, sessions, ms, counterexample, errored }: Exploration,
): Promise<number> {
  tellLine(
    settings,
    counterexample === undefined && errored.length === 0,
    property,
    `${counted(runs, 'scenario')}, ${counted(sessions, 'session')}`,
    ms,
  );
  for (const why of errored.slice(0, 3)) settings.terminal.write(`      ${escapeControls(why)}\n`);
  if (counterexample === undefined) return errored.length;
  const { origin, text } = counterexample;
  const name = `${property}-${origin.seed}-${origin.path.replaceAll(':', '-')}`;
  const file = await keep(request.folder, name, text);
  const again = await againOf(file, request, settings);
  settings.terminal.write(describeCounterexample(counterexample, again));
  return 1 + errored.length;
}

async function tellFuzzing(
  request: ExploreRequest,
  settings: Settings,
  { inputs, sessions, ms, violation }: Fuzzing,
  began: Date,
): Promise<number> {
  tellLine(
    settings,
    violation === undefined,
    'wire',
    `${counted(inputs, 'input')} in ${counted(sessions, 'session')}`,
    ms,
  );
  if (violation === undefined) return 0;
  const { folder, seed } = request;
  const { path, rule, what } = violation;
  const origin = { property: 'wire', seed, path, date: began.toISOString().slice(0, 10) };
  const file = await keep(
    folder,
    `wire-${seed}-${path.replaceAll(/[^0-9]+/g, '-')}`,
    writeViolation((request.provider ?? providers[0]).contract, violation, origin),
  );
  settings.terminal.write(
    `      ${rule}: ${escapeControls(what)}\n      = again: ${await againOf(file, request, settings)}\n`,
  );
  return 1;
}

function tellLine({ terminal }: Settings, isFine: boolean, name: string, what: string, ms: number): void {
  const { mark, colour } = marks[isFine ? 'passed' : 'failed'];
  const paint = terminal.colour ? paintAnsi : paintNothing;
  const clear = terminal.isTty ? '\r' : '';
  terminal.write(
    `${clear}  ${paint(colour, mark)}  ${name.padEnd(10)}${what.padEnd(44)}${(ms / 1_000).toFixed(1)} s\n`,
  );
}

async function againOf(
  file: string,
  { typedOptions = '' }: ExploreRequest,
  { searchPath }: Settings,
): Promise<string> {
  return joinWords(await nameOfProgram(searchPath), 'run', quoteForShell(file), typedOptions);
}

function describeCounterexample({ finding, lines }: Counterexample, again: string): string {
  return [
    `      expected  ${escapeControls(finding.expected)}`,
    `      received  ${escapeControls(finding.received)}`,
    `      = ${finding.rule}, found by ${counted(lines, 'line')} of dialogue`,
    `      = again: ${again}`,
    '',
  ].join('\n');
}

async function keep(folder: string, name: string, text: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${name.replaceAll(/[^a-zA-Z0-9-]/g, '_')}.scenario.yaml`);
  await writeFile(file, text);
  return file;
}
