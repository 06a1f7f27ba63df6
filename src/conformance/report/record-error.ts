/** A run's record that cannot be used: which file, which line where there is one, and what to do. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
  readonly code = 'record-unreadable';
  /** Counted from 1; `undefined` where the whole file is meant. */
  readonly line: number | undefined;

  constructor(file: string, line: number | undefined, sentence: string, options?: ErrorOptions) {
    super(`${file}${line === undefined ? '' : `:${line}`}: ${sentence}`, options);
    this.line = line;
  }
}
