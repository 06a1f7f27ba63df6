/**
 * Plays scenarios on a target and says what became of each case. It arranges, drives and compares; it knows no gateway
 * by name, prints nothing, and every truth it finds leaves as an event.
 */
import type { Contract } from '../../contract/contract.ts';
import type { Mode } from '../../contract/modes.ts';
import { recordContract } from '../result/recorded-contract.ts';
import { counted } from '../result/counted.ts';
import { outcomes, type Outcome } from '../result/result.ts';
import type { Finding } from '../result/finding.ts';
import { runSchemaVersion, type CaseStarted, type RunEvent, type RunFinished } from '../result/run-event.ts';
import type { DialogueLine } from '../scenario/dialogue.ts';
import { multiplyByModes, type MatrixCase } from '../scenario/matrix.ts';
import { needsOf } from '../scenario/needs.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Target } from '../target/target.ts';
import { impossibleCase, smokeCases } from './built-in-cases.ts';
import { chooseCases, type CaseChoice } from './choose-cases.ts';
import type { CaseMailbox } from './read-copies.ts';
import { longestRunMs, runBounds } from './run-bounds.ts';
import { caseStarted, playCase, type CaseContext, type CaseResult, type CommandOfCase } from './play-case.ts';

/** A run: what is played on whom, and with what. Times in milliseconds. */
export interface RunOptions {
  /** What the target is held to. */
  readonly contract: Contract;
  readonly scenarios: readonly Scenario[];
  readonly modes: readonly Mode[];
  readonly target: Target;
  /** Where delivered mail is read; without one `delivered` is not observed. */
  readonly mailbox?: CaseMailbox | undefined;
  /** How many cases are played side by side; 16 unless said. */
  readonly jobs?: number;
  readonly emit: (event: RunEvent) => void;
  /** Real milliseconds on a clock that never goes back. */
  readonly now: () => number;
  /** How long a reply is waited for in real time; 10 s unless said. */
  readonly replyTimeoutMs?: number;
  readonly seed: string;
  /** What the report says of the run: the suite's name, when it began (ISO 8601, UTC), which Node it ran on. */
  readonly suite: string;
  readonly startedAt: string;
  readonly node: string;
  /** Whether a case that was not arranged makes the run fail. */
  readonly requireArranged?: boolean;
  /** The command that plays a case again; reports show it. */
  readonly again?: CommandOfCase | undefined;
  /** Which of the cases are played; all of them unless said. */
  readonly choice?: CaseChoice;
  /** After how many bad cases no further one is begun. */
  readonly bail?: number | undefined;
  /** How long a whole case may take in real time; {@link runBounds} unless said. */
  readonly caseTimeoutMs?: number | undefined;
  /** Whether a finding is an old one, which makes no run fail. */
  readonly isKnown?: (started: Pick<CaseStarted, 'group' | 'mode'>, finding: Finding) => boolean;
  /** Ends the run before its time; cases that have begun are finished. */
  readonly signal?: AbortSignal;
}

/** How a run ended. `exitCode` as the command line gives it: 0, 1, 2 (nothing can be said), 130 (interrupted). */
export interface RunSummary {
  readonly how: RunFinished['how'];
  readonly exitCode: 0 | 1 | 2 | 130;
  readonly why: string | undefined;
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly cases: number;
  readonly ms: number;
}

/** Runs the suite: the smoke case in each mode, the impossible one, then all cases. A run without a case shows nothing. */
export async function runSuite(options: RunOptions): Promise<RunSummary> {
  const { scenarios, modes, target, now, choice = {} } = options;
  const began = now();
  const cases = chooseCases(options.contract, multiplyByModes(scenarios, modes), choice);
  const emit = markingKnown(options);
  const context: CaseContext = {
    contract: options.contract,
    target,
    mailbox: options.mailbox,
    now,
    replyTimeoutMs: options.replyTimeoutMs ?? 10_000,
    caseTimeoutMs: runBounds.caseMs,
    emit,
    again: options.again,
  };
  emit({
    kind: 'run-started',
    schema: runSchemaVersion,
    target: { name: target.name, version: target.version, declaresChoices: target.declaresChoices },
    contract: recordContract(options.contract),
    suite: options.suite,
    seed: options.seed,
    clock: options.startedAt,
    node: options.node,
    cases: cases.length,
    ...(choice.shard === undefined ? {} : { shard: choice.shard }),
  });
  const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  const finish = (how: RunFinished['how'], exitCode: RunSummary['exitCode'], why?: string): RunSummary => {
    const ms = Math.max(0, Math.round(now() - began));
    emit({ kind: 'run-finished', how, why, ms });
    return { how, exitCode, why, counts, cases: cases.length, ms };
  };
  if (cases.length === 0)
    return finish('finished', 2, 'No case was played: none is left of those that were asked for.');
  const usedModes = modes.filter((mode) => cases.some((one) => one.mode === mode));
  const smoke = await playSmoke(context, usedModes, counts);
  const working = usedModes.find((mode) => !smoke.down.has(mode));
  if (working === undefined) return finish('smoke-failed', 2, smoke.why);
  if (await impossiblePasses(context, working)) {
    return finish(
      'untrustworthy',
      2,
      'A case that no gateway can pass has passed: the target or the runner is lying.',
    );
  }
  // the limit is on the cases that were asked for: whether a mode works at all is another question
  const limited = { ...context, caseTimeoutMs: options.caseTimeoutMs ?? runBounds.caseMs };
  const { bad, left, gaveUp } = await playAll(options, limited, cases, smoke.down, counts);
  const notPlayed = `${left} of ${counted(cases.length, 'case')} ${left === 1 ? 'was' : 'were'} not played`;
  if (options.signal?.aborted === true)
    return finish('interrupted', 130, `The run was interrupted; ${notPlayed}.`);
  if (gaveUp !== undefined) return finish('bailed', 1, `${gaveUp}; ${notPlayed}.`);
  if (left > 0) return finish('bailed', 1, `The run ended after ${counted(bad, 'bad case')}; ${notPlayed}.`);
  const unknown = options.requireArranged === true ? counts['not-arranged'] : 0;
  return finish('finished', bad + smoke.bad + unknown > 0 ? 1 : 0);
}

interface Smoke {
  readonly down: ReadonlyMap<Mode, string>;
  readonly why: string;
  /** How many modes failed or erred. */
  readonly bad: number;
}

/** Plays the smoke case in each mode; what it finds is told only where it does not pass. */
async function playSmoke(
  context: CaseContext,
  modes: readonly Mode[],
  counts: Record<Outcome, number>,
): Promise<Smoke> {
  const down = new Map<Mode, string>();
  let bad = 0;
  await Promise.all(
    smokeCases(context.contract, modes).map(async (matrixCase) => {
      const events: RunEvent[] = [];
      const result = await playCase(
        { ...context, dialogueOnly: true, emit: (event) => events.push(event) },
        matrixCase,
      );
      if (result.outcome === 'passed') return;
      for (const event of events) context.emit(event);
      counts[result.outcome] += 1;
      if (result.outcome === 'failed' || result.hasErred) bad += 1;
      down.set(matrixCase.mode, showSmoke(result));
    }),
  );
  const [mode, why] = [...down][0] ?? [];
  return { down, bad, why: `The smoke case passes in no mode. In ${mode ?? 'none'}: ${why ?? ''}` };
}

function showSmoke({ findings, why, outcome }: CaseResult): string {
  const [finding] = findings;
  return finding === undefined ? (why ?? outcome) : `${finding.message}: ${finding.received}`;
}

async function impossiblePasses(context: CaseContext, mode: Mode): Promise<boolean> {
  const impossible = impossibleCase(context.contract, mode);
  if (impossible === undefined) return false;
  const { outcome } = await playCase({ ...context, emit: () => undefined }, impossible);
  return outcome === 'passed';
}

/** Plays all cases, so many at a time; those that would move the whole gateway alone, after the others. */
async function playAll(
  { jobs = 16, signal, target, bail = Infinity, isKnown = () => false }: RunOptions,
  context: CaseContext,
  cases: readonly MatrixCase[],
  down: ReadonlyMap<Mode, string>,
  counts: Record<Outcome, number>,
): Promise<{ readonly bad: number; readonly left: number; readonly gaveUp: string | undefined }> {
  let bad = 0;
  let silent = 0;
  let gaveUp: string | undefined;
  let left = cases.length;
  const alone = (one: MatrixCase) =>
    !target.ownListeners && needsOf(one.scenario, one.scenarioCase).ownListeners;
  const queue = cases.filter((one) => !alone(one));
  const workers = target.oneAtATime === true ? 1 : Math.max(1, Math.min(jobs, queue.length));
  const began = context.now();
  const limitMs = longestRunMs(cases.length, workers);
  const play = async (matrixCase: MatrixCase): Promise<void> => {
    if (signal?.aborted === true || bad >= bail) return;
    gaveUp ??= whyGiveUp(silent, context.now() - began, limitMs);
    if (gaveUp !== undefined) return;
    left -= 1;
    const why = down.get(matrixCase.mode);
    if (why !== undefined && matrixCase.scenarioCase.dialogue.some(opensByItself)) {
      skipDownMode(context, matrixCase, why);
      counts['not-arranged'] += 1;
      return;
    }
    const { outcome, findings, hasErred, wasSilent } = await playCase(context, matrixCase);
    silent = wasSilent ? silent + 1 : 0;
    counts[outcome] += 1;
    const facts = { group: matrixCase.scenarioCase.id, mode: matrixCase.mode };
    const isNew = findings.some((finding) => finding.outcome === 'failed' && !isKnown(facts, finding));
    if (hasErred || isNew) bad += 1;
  };
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      // a mailbox that is slow gets no further mail until it keeps up
      await context.mailbox?.keepsUp?.();
      await play(next);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  for (const matrixCase of cases.filter(alone)) await play(matrixCase);
  return { bad, left, gaveUp };
}

/** Why nothing more is played: nobody answers, or the time is up. */
function whyGiveUp(silentCases: number, ms: number, limitMs: number): string | undefined {
  if (silentCases >= runBounds.silentCases)
    return `The run ended after ${silentCases} cases one after another in which the target did not answer in time`;
  return ms > limitMs ? `The run ended after ${Math.round(limitMs / 60_000)} minutes` : undefined;
}

/** Marks the findings that are known on their way out. */
function markingKnown({ emit, isKnown }: RunOptions): RunOptions['emit'] {
  if (isKnown === undefined) return emit;
  const startedOf = new Map<string, CaseStarted>();
  return (event) => {
    if (event.kind === 'case-started') startedOf.set(event.case, event);
    const started = event.kind === 'finding' ? startedOf.get(event.case) : undefined;
    const known = event.kind === 'finding' && started !== undefined && isKnown(started, event.finding);
    emit(known ? { ...event, known } : event);
  };
}

/** Cases that spell the opening out can still be played, for the opening is their subject. */
function opensByItself(line: DialogueLine): boolean {
  return line.kind === 'macro' && (line.macro.kind === 'session' || line.macro.kind === 'open');
}

function skipDownMode({ emit, again }: CaseContext, matrixCase: MatrixCase, reason: string): void {
  const why = `the mode ${matrixCase.mode} is not served: ${reason}`;
  emit(caseStarted(matrixCase, again));
  emit({
    kind: 'case-finished',
    case: matrixCase.id,
    outcome: 'not-arranged',
    why,
    met: [],
    costs: { ms: 0 },
  });
}
