import { runEventSchema, type RunEvent } from '../result/run-event.ts';

/** Takes the events of a run and writes each as one line of JSON, at once: what was played is on record. */
export function createNdjsonWriter(write: (text: string) => void): (event: RunEvent) => void {
  return (event) => write(`${escapeLine(JSON.stringify(event))}\n`);
}

/** A line of a run's record that cannot be used. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
  readonly code = 'record-unreadable';
  readonly line: number;

  constructor(line: number, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.line = line;
  }
}

/** Reads a run's record back; throws {@link RecordError} at the first line that is no event of a run. */
export function readRunEvents(text: string): readonly RunEvent[] {
  return text.split('\n').flatMap((line, at) => {
    if (line === '') return [];
    try {
      return [runEventSchema.parse(JSON.parse(line))];
    } catch (error) {
      throw new RecordError(at + 1, `Line ${at + 1} is no event of a run of this version.`, { cause: error });
    }
  });
}

// JSON lets DEL, the C1 controls and Unicode's line separators stand; a terminal that shows the file would act on them
function escapeLine(json: string): string {
  return json.replaceAll(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => String.raw`\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
