import type { Contract } from '../../contract/contract.ts';
import { Document, Scalar } from 'yaml';
import { parseScenario } from './parse-scenario.ts';
import type { Scenario } from './scenario.ts';
import { showScenarioError } from './scenario-error.ts';
import type { ScenarioFile } from './schema.ts';
import type { ThenFile } from './then-schema.ts';

/** A `then` as a program writes it, filtered histories included. */
export type ThenDefinition = ThenFile & {
  readonly [key: `history(${string})`]: Readonly<Record<string, string | string[]>>;
};

/** A dialogue: its text, or its lines. */
export type DialogueDefinition = string | readonly string[];

/** A scenario as a program writes it: the keys of a file, their values typed. */
export interface ScenarioDefinition extends Omit<ScenarioFile, 'dialogue' | 'then' | 'cases'> {
  /** Its id in reports, and in place of a path. */
  readonly id: string;
  readonly dialogue?: DialogueDefinition;
  readonly then?: ThenDefinition;
  readonly cases?: readonly CaseDefinition[];
}

/** One of several dialogues over one `given`. */
export interface CaseDefinition extends Omit<
  NonNullable<ScenarioFile['cases']>[number],
  'dialogue' | 'then'
> {
  readonly dialogue: DialogueDefinition;
  readonly then?: ThenDefinition;
}

/**
 * Builds the value that parsing a file yields, for those who need loops. Messages are taken as in a literal block: a
 * line feed goes out as CRLF, unless there is a CR in the text already. Throws a `TypeError` with every mistake; its
 * lines are those of the text that a file would have.
 */
export function buildScenario(contract: Contract, definition: ScenarioDefinition): Scenario {
  const { id } = definition;
  const parsed = parseScenario(writeScenario(definition), { id, file: `(built)/${id}`, contract });
  if (parsed.kind === 'scenario') return parsed.scenario;
  throw new TypeError(`This is no scenario:\n${parsed.errors.map(showScenarioError).join('\n')}`);
}

/** The text of the file that a definition stands for. */
export function writeScenario({ id: _id, ...definition }: ScenarioDefinition): string {
  const { dialogue, cases, messages, ...rest } = definition;
  const file = {
    ...rest,
    ...(messages && {
      messages: Object.fromEntries(Object.entries(messages).map(([name, text]) => [name, messageOf(text)])),
    }),
    ...(dialogue !== undefined && { dialogue: blockOf(dialogue) }),
    ...(cases && { cases: cases.map((one) => ({ ...one, dialogue: blockOf(one.dialogue) })) }),
  };
  return new Document(file).toString({ lineWidth: 0 });
}

function blockOf(dialogue: DialogueDefinition): Scalar {
  const text = typeof dialogue === 'string' ? dialogue : dialogue.join('\n');
  return scalar(text.endsWith('\n') ? text : `${text}\n`, Scalar.BLOCK_LITERAL);
}

/** What a literal block cannot hold, its own line ends above all, stands between quotes. */
function messageOf(text: string): Scalar {
  return text.endsWith('\n') && !text.includes('\r') && !text.startsWith(' ')
    ? scalar(text, Scalar.BLOCK_LITERAL)
    : scalar(text.includes('\r') ? text : text.replaceAll('\n', '\r\n'), Scalar.QUOTE_DOUBLE);
}

function scalar(value: string, type: Scalar.Type): Scalar {
  const made = new Scalar(value);
  made.type = type;
  return made;
}
