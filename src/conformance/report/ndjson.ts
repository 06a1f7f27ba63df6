import { z } from 'zod';
import { runEventSchema, runSchemaVersion, type RunEvent } from '../result/run-event.ts';
import { RecordError } from './record-error.ts';

/** Takes the events of a run and writes each as one line of JSON, at once: what was played is on record. */
export function createNdjsonWriter(write: (text: string) => void): (event: RunEvent) => void {
  return (event) => write(`${escapeLine(JSON.stringify(event))}\n`);
}

/** The whole record, line by line. */
export function* recordPieces(events: readonly RunEvent[]): Generator<string> {
  for (const event of events) yield `${escapeLine(JSON.stringify(event))}\n`;
}

/** How a record is read. */
export interface RecordOptions {
  /** The file's name, for messages. */
  readonly file: string;
  /** Whether a record without its end will do: what was written up to there is read. */
  readonly unfinished?: boolean;
}

/**
 * Reads a run's record back. Throws {@link RecordError} where it is none, was written in another version's form, holds
 * a line that is no event, or breaks off.
 */
export function readRunEvents(
  text: string,
  { file, unfinished = false }: RecordOptions,
): readonly RunEvent[] {
  const lines = text.split('\n');
  checkBeginning(lines[0] ?? '', file);
  const cut = lines.pop();
  if (cut !== '' && !unfinished) {
    const sentence = `The record breaks off in this line. ${WHAT_IS_LEFT}`;
    throw new RecordError(file, lines.length + 1, sentence);
  }
  const events = lines.flatMap((line, at) => (line === '' ? [] : [readEvent(line, at + 1, file)]));
  if (!unfinished && events.at(-1)?.kind !== 'run-finished') {
    throw new RecordError(file, undefined, `The record has no end: the run was broken off. ${WHAT_IS_LEFT}`);
  }
  return events;
}

const WHAT_IS_LEFT = 'With --unfinished a report tells what there is.';

const beginning = z.object({ kind: z.literal('run-started'), schema: z.int() });

function checkBeginning(line: string, file: string): void {
  const read = beginning.safeParse(tryJson(line));
  if (!read.success) {
    const sentence =
      'This is no record of a run: its first line does not begin one. `gauntlet run --report ndjson=FILE` writes one.';
    throw new RecordError(file, 1, sentence);
  }
  if (read.data.schema !== runSchemaVersion) {
    const sentence = `The record has the form ${read.data.schema}, and this version reads the form ${runSchemaVersion}. Read it with the version that wrote it, or run again.`;
    throw new RecordError(file, 1, sentence);
  }
}

function readEvent(line: string, at: number, file: string): RunEvent {
  const read = runEventSchema.safeParse(tryJson(line));
  if (read.success) return read.data;
  throw new RecordError(file, at, 'This line is no event of a run.', { cause: read.error });
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// JSON lets DEL, the C1 controls and Unicode's line separators stand; a terminal that shows the file would act on them
function escapeLine(json: string): string {
  return json.replaceAll(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => String.raw`\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
