import type { RuleId } from '../../../contract/rule.ts';
import type { Origin } from '../../situation/origin.ts';
import type { WrittenScenario } from '../session-model.ts';
import { Draft } from './draft.ts';
import { heldRules } from './held-rules.ts';
import { noteStates } from './note-states.ts';
import { beginningOf, type Plan } from './plan.ts';
import { takeStep } from './take-step.ts';
import { writeEnd } from './write-end.ts';

/** Writes a plan as a scenario file: its dialogue, and the end that the model has come to. Pure. */
export function writeScenario(plan: Plan, origin: Origin): WrittenScenario {
  const draft = new Draft(beginningOf(plan));
  for (const step of plan.steps) {
    takeStep(draft, step);
    noteStates(draft);
  }
  // a dialogue of no lines is none
  if (draft.lines.length === 0) draft.lines.push('C: <open>');
  const { given, mode } = draft.beginning;
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
