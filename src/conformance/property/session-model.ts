import fc from 'fast-check';
import type { Contract } from '../../contract/contract.ts';
import type { Mode } from '../../contract/modes.ts';
import type { RuleId } from '../../contract/rule.ts';
import type { Origin } from '../situation/origin.ts';
import type { Row } from './covering-array.ts';

/** A generated scenario: the text of its file, and the model states that it comes through. */
export interface WrittenScenario {
  readonly text: string;
  readonly states: ReadonlySet<string>;
  /** The rules that it holds as a whole, beside those that its lines name. */
  readonly holds: ReadonlySet<RuleId>;
}

/** What sessions will say, before it is written; what it is made of is its provider's own affair. */
export interface GeneratedPlan {
  /** The row of the covering array that it is made of. */
  readonly row?: Row | undefined;
  /** The scenario that it says: dialogue, and the end that the model comes to. Pure. */
  readonly write: (origin: Origin) => WrittenScenario;
  /** Plans that say less, the boldest first; each leads closer to an end. */
  readonly simpler: () => Iterable<GeneratedPlan>;
}

/** How plans are drawn. */
export interface Draw {
  /** One of the model's properties. */
  readonly property: string;
  readonly modes: readonly Mode[];
  readonly count: number;
  /** The same number draws the same. */
  readonly seed: number;
}

/** A provider's half of generated sessions: a model of its rules that writes scenarios. */
export interface SessionModel {
  readonly contract: Contract;
  /** The properties, and on which part of the promise each dwells. */
  readonly properties: Readonly<Record<string, { readonly about: string }>>;
  readonly draw: (draw: Draw) => readonly GeneratedPlan[];
  /** Plans that come before any that is drawn, so that each pair of dimensions stands in one; most properties have none. */
  readonly first: (property: string, seed: string, modes: readonly Mode[]) => readonly GeneratedPlan[];
  /** The states of the model, by name. */
  readonly states: readonly string[];
  /** How many pairs of dimensions there are. */
  readonly pairs: number;
}

/** How one provider's plans are written and made simpler. */
export interface PlanSpeech<Plan> {
  readonly write: (plan: Plan, origin: Origin) => WrittenScenario;
  readonly simpler: (plan: Plan) => Iterable<Plan>;
}

/** A plan with its speech. */
export function spoken<Plan>(speech: PlanSpeech<Plan>, plan: Plan, row?: Row): GeneratedPlan {
  return {
    row,
    write: (origin) => speech.write(plan, origin),
    *simpler() {
      for (const each of speech.simpler(plan)) yield spoken(speech, each);
    },
  };
}

/** So many plans of an arbitrary, with their speech. */
export function drawn<Plan>(
  speech: PlanSpeech<Plan>,
  arbitrary: fc.Arbitrary<Plan>,
  { count, seed }: Pick<Draw, 'count' | 'seed'>,
): readonly GeneratedPlan[] {
  return fc.sample(arbitrary, { numRuns: count, seed }).map((plan) => spoken(speech, plan));
}
