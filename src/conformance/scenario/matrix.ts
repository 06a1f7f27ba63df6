import type { Mode } from '../../contract/modes.ts';
import { caseIdInMode } from './case-id.ts';
import type { Scenario, ScenarioCase } from './scenario.ts';

/** A dialogue of a scenario in one mode: what is played. */
export interface MatrixCase {
  readonly id: string;
  readonly scenario: Scenario;
  readonly scenarioCase: ScenarioCase;
  readonly mode: Mode;
  /** Which time it is, where the case is played several times; counted from 1. */
  readonly repeat?: number;
}

/** Multiplies scenarios by those of their modes that were asked for; file by file, case by case, mode by mode. */
export function multiplyByModes(
  scenarios: readonly Scenario[],
  modes: readonly Mode[],
): readonly MatrixCase[] {
  return scenarios.flatMap((scenario) =>
    scenario.cases.flatMap((scenarioCase) =>
      scenarioCase.modes
        .filter((mode) => modes.includes(mode))
        .map((mode) => ({ id: caseIdInMode(scenarioCase.id, mode), scenario, scenarioCase, mode })),
    ),
  );
}
