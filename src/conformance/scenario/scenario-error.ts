/** Every way in which a scenario file or the choice of scenarios can be wrong; the strings are stable. */
const scenarioErrorCodes = [
  'encoding',
  'layout',
  'yaml',
  'shape',
  'unknown-key',
  'unknown-word',
  'unknown-rule',
  'unknown-mode',
  'unknown-recipient',
  'unknown-message',
  'unknown-variable',
  'broken-line',
  'broken-text',
  'duplicate-title',
  'duplicate-id',
  'duplicate-name',
  'no-session',
  'idle-session',
  'time-runs-back',
  'not-found',
  'stray-file',
] as const;
export type ScenarioErrorCode = (typeof scenarioErrorCodes)[number];

/** Where in which file; line and column are counted from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A mistake in a scenario file, in words for the tester who wrote it, at the place where it stands. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly code: ScenarioErrorCode;
  readonly file: string;
  readonly line: number;
  readonly column: number;

  constructor(code: ScenarioErrorCode, sentence: string, place: Place) {
    super(sentence);
    this.code = code;
    this.file = place.file;
    this.line = place.line;
    this.column = place.column;
  }
}

/** The error as one line: `file:line:column: sentence`. */
export function showScenarioError(error: ScenarioError): string {
  return `${error.file}:${error.line}:${error.column}: ${error.message}`;
}
