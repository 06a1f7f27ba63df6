/**
 * Generated sessions against a target: plans are drawn from a seed, written as scenarios, and played by the ordinary
 * runner. What fails is shrunk until nothing can be left out; the scenario that is left is the counterexample.
 */
import type { CaseMailbox } from '../runner/read-copies.ts';
import type { Finding } from '../result/finding.ts';
import { pairsOf } from './covering-array.ts';
import { playText, type Played } from './play-text.ts';
import { noReach, type Reach } from './reach.ts';
import type { SearchOptions } from './search-options.ts';
import { faultOf } from './fault-of.ts';
import { seedNumber } from './seed-number.ts';
import type { Origin } from '../situation/origin.ts';
import type { GeneratedPlan, SessionModel } from './session-model.ts';

/** What to explore, and with what. Times in milliseconds. */
export interface ExploreOptions extends SearchOptions {
  /** Whose sessions are generated. */
  readonly model: SessionModel;
  readonly mailbox: CaseMailbox | undefined;
  /** One of the model's properties. */
  readonly property: string;
  /** Generated scenarios at most. */
  readonly runs: number;
  /** The day that stands in a counterexample, `2026-01-15`. */
  readonly today: string;
  /** Whether what is drawn comes behind the plans with which the model begins; true unless said. */
  readonly beginsWithPairs?: boolean;
  /** Whether a counterexample is made as short as can be; true unless said. */
  readonly shrinks?: boolean;
}

/** A scenario that a target does not pass, as short as it could be made. */
export interface Counterexample {
  readonly origin: Origin;
  /** The text of its file. */
  readonly text: string;
  readonly finding: Finding;
  /** Lines of its dialogue. */
  readonly lines: number;
}

/** What an exploration came to. */
export interface Exploration {
  readonly property: string;
  readonly seed: string;
  /** Generated scenarios that were played, and the sessions that were opened in them. */
  readonly runs: number;
  readonly sessions: number;
  readonly ms: number;
  readonly counterexample: Counterexample | undefined;
  /** Why nothing can be said of some runs: the target was gone, or the runner has a fault. */
  readonly errored: readonly string[];
  readonly reach: Reach;
}

/** Plans drawn from one number; a seed gives as many such draws as are wanted. */
const DRAW = 100;
/** Plays that shrinking may take: a number, so that a slow machine comes to the same as a fast one. */
const SHRINK_PLAYS = 1_000;
/** Milliseconds that it may take where each play waits for a reply that never comes. */
const SHRINK_MS = 120_000;

/** Explores one property until its runs or its time are over, or until it finds something. */
export async function explore(options: ExploreOptions): Promise<Exploration> {
  const { property, seed, now, jobs = 16 } = options;
  const began = now();
  const { model } = options;
  const modes = options.modes ?? model.contract.modes.map(({ mode }) => mode);
  const reach = noReach(model);
  const errored: string[] = [];
  let runs = 0;
  let sessions = 0;
  let failure: Failure | undefined;
  const over = () =>
    failure !== undefined ||
    options.signal?.aborted === true ||
    (options.timeMs !== undefined && now() - began >= options.timeMs);
  for (let draw = 0; runs < options.runs && !over(); draw += 1) {
    const left = options.runs - runs;
    const begins = draw === 0 && options.beginsWithPairs !== false;
    const first = begins ? model.first(property, seed, modes).slice(0, left) : [];
    const plans = model.draw({
      property,
      modes,
      count: Math.max(0, Math.min(DRAW, left) - first.length),
      seed: seedNumber(seed, property, draw),
    });
    const queue = [...first, ...plans].map((plan, index): Drawn => ({ plan, draw, index }));
    const work = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined && !over(); next = queue.shift()) {
        const result = await play(options, next, reach);
        runs += 1;
        sessions += result.sessions;
        options.onProgress?.(runs);
        if (result.kind === 'errored') errored.push(result.why);
        // of several that fail at once the first is told, whatever the timing
        else if (result.kind === 'failed' && (failure === undefined || next.index < failure.index)) {
          failure = { ...next, finding: result.finding };
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(jobs, queue.length) }, work));
  }
  const counterexample = failure && (await counterexampleOf(options, failure));
  return { property, seed, runs, sessions, ms: Math.round(now() - began), counterexample, errored, reach };
}

/** A plan, and where in the seed's draws it stands. */
interface Drawn {
  readonly plan: GeneratedPlan;
  readonly draw: number;
  readonly index: number;
}

interface Failure extends Drawn {
  readonly finding: Finding;
}

function originOf({ property, seed, today }: ExploreOptions, path: string): Origin {
  return { property, seed, path, date: today };
}

async function play(
  options: ExploreOptions,
  { plan, draw, index }: Drawn,
  reach: Reach,
): Promise<Played & { readonly sessions: number }> {
  const { text, states, holds } = plan.write(originOf(options, `${draw}:${index}`));
  const result = await playText({ ...options, contract: options.model.contract }, text, (event) =>
    reach.hear(event),
  );
  const sessions = text.match(/^ {2}C\d?: <(?:session|open|connect)/gm)?.length ?? 0;
  if (result.kind !== 'passed') return { ...result, sessions };
  for (const state of states) reach.states.add(state);
  for (const pair of plan.row === undefined ? [] : pairsOf(plan.row)) reach.pairs.add(pair);
  for (const rule of holds) reach.rules.add(rule);
  return { ...result, sessions };
}

async function counterexampleOf(options: ExploreOptions, failure: Failure): Promise<Counterexample> {
  const path = `${failure.draw}:${failure.index}`;
  const shrunk = options.shrinks === false ? failure.plan : await shrink(options, failure);
  const origin = originOf(options, path);
  const { text } = shrunk.write(origin);
  const last = await playText({ ...options, contract: options.model.contract }, text);
  const lines = text.split('\n').filter((line) => /^ {2}[CSTW]\d?[:>?] /.test(line)).length;
  return { origin, text, finding: last.kind === 'failed' ? last.finding : failure.finding, lines };
}

/**
 * The plan made simpler as long as it shows the same fault. What was played once is not played again, and what writes the
 * same dialogue need not be.
 */
async function shrink(options: ExploreOptions, failure: Failure): Promise<GeneratedPlan> {
  const { now } = options;
  const began = now();
  const played = new Set<string>();
  const fault = faultOf(failure.finding);
  const textOf = (plan: GeneratedPlan) => plan.write(originOf(options, 'shrinking')).text;
  const fails = async (text: string): Promise<boolean> => {
    if (played.has(text) || played.size >= SHRINK_PLAYS || now() - began >= SHRINK_MS) return false;
    played.add(text);
    const result = await playText({ ...options, contract: options.model.contract }, text);
    return result.kind === 'failed' && faultOf(result.finding) === fault;
  };
  const simplify = async (plan: GeneratedPlan): Promise<GeneratedPlan | undefined> => {
    const own = textOf(plan);
    for (const simpler of plan.simpler()) {
      const text = textOf(simpler);
      if (text === own || (await fails(text))) return simpler;
    }
    return undefined;
  };
  let { plan } = failure;
  for (;;) {
    const simpler = await simplify(plan);
    if (simpler === undefined) return plan;
    plan = simpler;
  }
}
