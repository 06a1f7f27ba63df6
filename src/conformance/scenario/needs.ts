import type { Given } from '../situation/given.ts';
import type { Needs } from '../situation/needs.ts';
import type { DialogueLine } from './dialogue.ts';
import type { Scenario, ScenarioCase } from './scenario.ts';

/** Derives the needs of a case. */
export function needsOf(scenario: Scenario, scenarioCase: ScenarioCase): Needs {
  const { dialogue } = scenarioCase;
  const changes = [...new Set(dialogue.flatMap((line) => (line.kind === 'world' ? [line.change.kind] : [])))];
  return {
    ...scenario.given,
    ownListeners: scenario.given.ownListeners || movesWholeGateway(scenario.given, dialogue),
    changes,
  };
}

/** Maintenance, the session limit, the mechanisms of AUTH and triggers before the login belong to a listener, not to an account. */
function movesWholeGateway(given: Given, dialogue: readonly DialogueLine[]): boolean {
  const early: ReadonlySet<string> = new Set(['connect', 'EHLO', 'STARTTLS', 'AUTH']);
  return (
    given.sessionLimit !== undefined ||
    given.mechanisms !== undefined ||
    given.triggers.some((trigger) => early.has(trigger.stage) || trigger.tls !== undefined) ||
    dialogue.some((line) => line.kind === 'world' && line.change.kind === 'maintenance')
  );
}
