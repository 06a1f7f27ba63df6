import { z } from 'zod';
import { recordedRuleOf, type RecordedContract } from '../result/recorded-contract.ts';
import { isOwnRequirement } from '../result/requirement-schema.ts';
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
  /** What a record of the form before was held to, which it does not say itself. */
  readonly former: RecordedContract;
}

/**
 * Reads a run's record back; one of the form before is brought to this one. Throws {@link RecordError} where it is none,
 * was written in another version's form, holds a line that is no event or names what its contract does not have, or breaks
 * off.
 */
export function readRunEvents(
  text: string,
  { file, unfinished = false, former }: RecordOptions,
): readonly RunEvent[] {
  const lines = text.split('\n');
  checkBeginning(lines[0] ?? '', file);
  const cut = lines.pop();
  if (cut !== '' && !unfinished) {
    const sentence = `The record breaks off in this line. ${WHAT_IS_LEFT}`;
    throw new RecordError(file, lines.length + 1, sentence);
  }
  let contract = former;
  const events = lines.flatMap((line, at): readonly RunEvent[] => {
    if (line === '') return [];
    const event = readEvent(line, { at: at + 1, file, former });
    if (event.kind === 'run-started') ({ contract } = event);
    const foreign = foreignName(event, contract);
    if (foreign === undefined) return [event];
    const sentence = `This line names ${foreign}, which the contract of the run does not have.`;
    throw new RecordError(file, at + 1, sentence);
  });
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
  if (read.data.schema !== runSchemaVersion && read.data.schema !== FORMER_VERSION) {
    const sentence = `The record has the form ${read.data.schema}, and this version reads the forms ${FORMER_VERSION} and ${runSchemaVersion}. Read it with the version that wrote it, or run again.`;
    throw new RecordError(file, 1, sentence);
  }
}

/** The form before this one, whose beginning does not carry the contract. */
const FORMER_VERSION = 2;

const formerBeginning = z.looseObject({ kind: z.literal('run-started'), schema: z.literal(FORMER_VERSION) });

function readEvent(
  line: string,
  { at, file, former }: { readonly at: number; readonly file: string; readonly former: RecordedContract },
): RunEvent {
  const json = tryJson(line);
  const ofFormer = formerBeginning.safeParse(json);
  const read = runEventSchema.safeParse(
    ofFormer.success ? { ...ofFormer.data, schema: runSchemaVersion, contract: former } : json,
  );
  if (read.success) return read.data;
  throw new RecordError(file, at, 'This line is no event of a run.', { cause: read.error });
}

/** The rule or the mode that an event names and the contract of its run does not have. */
function foreignName(event: RunEvent, contract: RecordedContract): string | undefined {
  const rule = rulesIn(event).find(
    (id) => !isOwnRequirement(id) && recordedRuleOf(contract, id) === undefined,
  );
  if (rule !== undefined) return `the rule ${rule}`;
  const isKnown = event.kind !== 'case-started' || contract.modes.includes(event.mode);
  return isKnown ? undefined : `the mode ${event.mode}`;
}

/** The rules and requirements that an event names. */
function rulesIn(event: RunEvent): readonly string[] {
  if (event.kind === 'case-started') return [event.about];
  if (event.kind === 'case-finished') return event.met;
  return event.kind === 'finding' ? [event.finding.rule, ...(event.finding.hints ?? [])] : [];
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
