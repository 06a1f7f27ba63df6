import type { Given } from '../situation/given.ts';
import type { WorldChange } from '../situation/world-change.ts';
import type { DialogueLine } from './dialogue.ts';
import type { Scenario, ScenarioCase } from './scenario.ts';

/** All that a case asks of its target beyond speaking SMTP, derived from what it says; nobody writes it down. */
export interface CaseNeeds extends Given {
  /** The kinds of change that its `W:` lines make. */
  readonly changes: readonly WorldChange['kind'][];
}

/** Derives the needs of a case. */
export function needsOf(scenario: Scenario, scenarioCase: ScenarioCase): CaseNeeds {
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
