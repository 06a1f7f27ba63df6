import type { Position } from './dialogue.ts';
import type { ScenarioErrorCode } from './scenario-error.ts';

/** A mistake found in a part of a file, before anybody says which file it is. */
export interface Problem {
  readonly code: ScenarioErrorCode;
  readonly sentence: string;
  readonly position: Position;
}
