import type { RuleId } from '../../contract/rule.ts';
import { Draft } from './draft.ts';
import type { ModelState } from './model-state.ts';
import { heldRules } from './held-rules.ts';
import { noteStates } from './note-states.ts';
import { situationOf, type Plan } from './plan.ts';
import { takeStep } from './take-step.ts';
import { writeEnd } from './write-end.ts';

/** Where a generated scenario comes from; it stands in the file as its `found`. */
export interface Origin {
  readonly property: string;
  readonly seed: string;
  /** Which of the seed's plans it was, and how it was shrunk. */
  readonly path: string;
  /** A day, `2026-01-15`. */
  readonly date: string;
}

/** A generated scenario: the text of its file, and the model states that it comes through. */
export interface WrittenScenario {
  readonly text: string;
  readonly states: ReadonlySet<ModelState>;
  /** The rules that it holds as a whole, beside those that its lines name. */
  readonly holds: ReadonlySet<RuleId>;
}

/** Writes a plan as a scenario file: its dialogue, and the end that the model has come to. Pure. */
export function writeScenario(plan: Plan, origin: Origin): WrittenScenario {
  const draft = new Draft(situationOf(plan));
  for (const step of plan.steps) {
    takeStep(draft, step);
    noteStates(draft);
  }
  // a dialogue of no lines is none
  if (draft.lines.length === 0) draft.lines.push('C: <open>');
  const { given, mode } = draft.situation;
  const lines = [
    `title: Found by ${origin.property}`,
    `about: ${ABOUT}`,
    `modes: [${JSON.stringify(mode)}]`,
    `found: ${JSON.stringify(origin)}`,
    `given: ${JSON.stringify(given)}`,
    ...(draft.variables.size === 0
      ? []
      : [
          `vars: ${JSON.stringify(Object.fromEntries([...draft.variables].map(([text, name]) => [name, text])))}`,
        ]),
    ...(draft.messages.size === 0 ? [] : ['messages:']),
    ...[...draft.messages].map(([name, text]) => `  ${name}: ${JSON.stringify(text)}`),
    'dialogue: |',
    ...draft.lines.map((line) => `  ${line}`),
    ...writeEnd(draft),
    '',
  ];
  return { text: lines.join('\n'), states: draft.reached, holds: heldRules(draft) };
}

/** What no line's tag and no documented reply says otherwise is about the order in which things are looked at. */
const ABOUT: RuleId = 'order.checks';
