/**
 * Generated sessions against a target: plans are drawn from a seed, written as scenarios, and played by the ordinary
 * runner. What fails is shrunk until nothing can be left out; the scenario that is left is the counterexample.
 */
import fc from 'fast-check';
import { modes as allModes } from '../../contract/modes.ts';
import type { MailboxClient } from '../../mailbox/client.ts';
import type { Finding } from '../result/finding.ts';
import { planOf } from './arbitraries.ts';
import { playText, type Played } from './play-text.ts';
import type { Plan } from './plan.ts';
import { properties, type PropertyName } from './properties.ts';
import { noReach, type Reach } from './reach.ts';
import type { SessionNumber } from './draft.ts';
import type { Step } from './step.ts';
import type { SearchOptions } from './search-options.ts';
import { seedNumber } from './seed-number.ts';
import { writeScenario, type Origin } from './write-scenario.ts';

/** What to explore, and with what. Times in milliseconds. */
export interface ExploreOptions extends SearchOptions {
  readonly mailbox: MailboxClient | undefined;
  readonly property: PropertyName;
  /** Generated scenarios at most. */
  readonly runs: number;
  /** The day that stands in a counterexample, `2026-01-15`. */
  readonly today: string;
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
  readonly property: PropertyName;
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
/** Plays that fast-check's shrinking may take: a number, so that a slow machine comes to the same as a fast one. */
const SHRINK_PLAYS = 1_000;
/** Milliseconds that it may take where each play waits for a reply that never comes. */
const SHRINK_MS = 120_000;

/** Explores one property until its runs or its time are over, or until it finds something. */
export async function explore(options: ExploreOptions): Promise<Exploration> {
  const { property, seed, now, jobs = 16 } = options;
  const began = now();
  const reach = noReach();
  const errored: string[] = [];
  let runs = 0;
  let sessions = 0;
  let failure: Failure | undefined;
  const over = () =>
    failure !== undefined ||
    options.signal?.aborted === true ||
    (options.timeMs !== undefined && now() - began >= options.timeMs);
  for (let draw = 0; runs < options.runs && !over(); draw += 1) {
    const plans = fc.sample(arbitraryOf(options), {
      numRuns: Math.min(DRAW, options.runs - runs),
      seed: seedNumber(seed, property, draw),
    });
    const queue = plans.map((plan, index): Drawn => ({ plan, draw, index }));
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
  readonly plan: Plan;
  readonly draw: number;
  readonly index: number;
}

interface Failure extends Drawn {
  readonly finding: Finding;
}

function arbitraryOf({ property, modes = allModes }: ExploreOptions): fc.Arbitrary<Plan> {
  return planOf(properties[property].weights, modes);
}

function originOf({ property, seed, today }: ExploreOptions, path: string): Origin {
  return { property, seed, path, date: today };
}

async function play(
  options: ExploreOptions,
  { plan, draw, index }: Drawn,
  reach: Reach,
): Promise<Played & { readonly sessions: number }> {
  const { text, states, holds } = writeScenario(plan, originOf(options, `${draw}:${index}`));
  const result = await playText(options, text, (event) => reach.hear(event));
  const sessions = text.match(/^ {2}C\d?: <(?:session|open|connect)/gm)?.length ?? 0;
  if (result.kind !== 'passed') return { ...result, sessions };
  for (const state of states) reach.states.add(state);
  for (const rule of holds) reach.rules.add(rule);
  return { ...result, sessions };
}

async function counterexampleOf(options: ExploreOptions, failure: Failure): Promise<Counterexample> {
  const path = `${failure.draw}:${failure.index}`;
  const shrunk = options.shrinks === false ? failure.plan : await shrink(options, failure);
  const origin = originOf(options, path);
  const { text } = writeScenario(shrunk, origin);
  const last = await playText(options, text);
  const lines = text.split('\n').filter((line) => /^ {2}[CSTW]\d?[:>?] /.test(line)).length;
  return { origin, text, finding: last.kind === 'failed' ? last.finding : failure.finding, lines };
}

/** fast-check's own shrinking, and then each step left out that can be while the same rule is broken. */
async function shrink(options: ExploreOptions, failure: Failure): Promise<Plan> {
  const fails = async (plan: Plan): Promise<boolean> => {
    const { text } = writeScenario(plan, originOf(options, 'shrinking'));
    const result = await playText(options, text);
    return result.kind === 'failed' && result.finding.rule === failure.finding.rule;
  };
  let plays = 0;
  const checked = await fc.check(
    fc.asyncProperty(arbitraryOf(options), async (plan) => {
      plays += 1;
      return plays > SHRINK_PLAYS || !(await fails(plan));
    }),
    {
      seed: seedNumber(options.seed, options.property, failure.draw),
      path: String(failure.index),
      numRuns: 1,
      interruptAfterTimeLimit: SHRINK_MS,
      markInterruptAsFailure: false,
    },
  );
  let plan = checked.counterexample?.[0] ?? failure.plan;
  for (const simpler of [withSmallSteps(plan), withoutLimits(plan), withoutLimits(withSmallSteps(plan))]) {
    if (await fails(simpler)) plan = simpler;
  }
  for (let at = plan.steps.length - 1; at >= 0; at -= 1) {
    const without = { ...plan, steps: plan.steps.toSpliced(at, 1) };
    if (await fails(without)) plan = without;
  }
  return plan;
}

/** The same with steps that say one thing each, so that what is useless in one can be left out. */
function withSmallSteps(plan: Plan): Plan {
  return { ...plan, steps: plan.steps.flatMap((step) => smallSteps(step, plan.roles.length)) };
}

/** What a step says, verb by verb; one that names everybody names as many as there are roles. */
function smallSteps(step: Step, everybody: number): readonly Step[] {
  if (step.kind === 'auth' || step.kind === 'burst') {
    return Array.from({ length: step.times }, () => ({ ...step, times: 1 }));
  }
  if (step.kind === 'cut') {
    return [
      ...envelopeSteps(
        step.at,
        Array.from({ length: everybody }, (_, index) => index),
      ),
      step,
    ];
  }
  if (step.kind !== 'transaction' || step.pipelined) return [step];
  const { at, recipients, message, interlude } = step;
  return [...envelopeSteps(at, recipients), { kind: 'data', at, message, interlude }];
}

function envelopeSteps(at: SessionNumber, recipients: readonly number[]): readonly Step[] {
  return [
    { kind: 'mail', at, plan: { path: 'own', parameter: 'none' } },
    ...recipients.map((recipient): Step => ({ kind: 'rcpt', at, recipient, form: 'plain' })),
  ];
}

function withoutLimits(plan: Plan): Plan {
  return { ...plan, rate: undefined, sizeLimit: undefined, recipientLimit: undefined, sendLimit: undefined };
}
