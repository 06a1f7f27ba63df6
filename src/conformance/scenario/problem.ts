import type { Position } from './dialogue.ts';
import type { ScenarioErrorCode } from './scenario-error.ts';

/** A mistake found in a part of a file, before anybody says which file it is. */
export interface Problem {
  readonly code: ScenarioErrorCode;
  readonly sentence: string;
  readonly position: Position;
}

/** A line in a loop is wrong once, however often it is played. */
export function onceEach(problems: readonly Problem[]): readonly Problem[] {
  const key = ({ code, position }: Problem) => `${code} ${position.line}:${position.column}`;
  const seen = new Set<string>();
  return problems.filter((one) => {
    const isNew = !seen.has(key(one));
    seen.add(key(one));
    return isNew;
  });
}
