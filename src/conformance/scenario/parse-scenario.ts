import type { Contract } from '../../contract/contract.ts';
import type { Mode } from '../../contract/modes.ts';
import { slugOf } from './case-id.ts';
import { capturesOf, checkDialogue, fixedVariables, type Names } from './check-dialogue.ts';
import { decodeScenario } from './decode-scenario.ts';
import type { DialogueLine, Position } from './dialogue.ts';
import { layoutProblem, openedMark } from './layout-problem.ts';
import { defaultClock } from '../situation/defaults.ts';
import { parseGiven } from './parse-given.ts';
import { parseThen } from './parse-then.ts';
import { onceEach, type Problem } from './problem.ts';
import { readDialogue } from './read-dialogue.ts';
import { checkMessages, readMessages, readVars } from './read-texts.ts';
import { groupsOf, namesIn as namesOfAll, type RecipientGroups } from './recipient-groups.ts';
import { readInstant } from './read-time.ts';
import type { Scenario, ScenarioCase, ScenarioMessage } from './scenario.ts';
import { ScenarioError } from './scenario-error.ts';
import { fileSchemaOf, type ScenarioFile } from './schema.ts';
import { shapeProblems, withoutConsequences } from './shape-problems.ts';
import { takeThenExtras, type ThenExtras } from './then-tags.ts';
import { keyPosition, readYaml, textAt, type YamlPath, type YamlSource } from './yaml-source.ts';

/** A scenario, or every mistake in its file. */
export type ParsedScenario =
  | { readonly kind: 'scenario'; readonly scenario: Scenario }
  | { readonly kind: 'errors'; readonly errors: readonly ScenarioError[] };

/** Which file a text is: its id (the path in the suite without ending) and its path as reports show it. */
export interface ScenarioName {
  readonly id: string;
  readonly file: string;
}

/** Which file a text is, and whose rules and modes it may name. */
export interface ScenarioSource extends ScenarioName {
  readonly contract: Contract;
  /**
   * Whether the file is played under every provider: then it may name modes that this one lacks. One without encryption
   * stands for those of its port; one with encryption is left out.
   */
  readonly isShared?: boolean;
}

/** Reads a scenario file, its octets or its text. All of its mistakes are found at once, each with its place. */
export function parseScenario(
  file: string | Uint8Array,
  { contract, isShared = false, ...name }: ScenarioSource,
): ParsedScenario {
  const decoded = typeof file === 'string' ? { kind: 'text' as const, text: file } : decodeScenario(file);
  if (decoded.kind === 'problem') return errorsOf([decoded.problem], name);
  const text = decoded.text.replace(/^\uFEFF/, '');
  // one wrong indentation is one mistake, whatever it makes of the lines below
  const layout = layoutProblem(text);
  if (layout !== undefined) return errorsOf([layout], name);
  const source = readYaml(text);
  const [broken] = source.problems;
  if (broken !== undefined) return errorsOf([openedMark(text) ?? broken], name);
  const problems: Problem[] = [];
  const cases = source.document.getIn(['cases'], true) === undefined ? [[]] : casePaths(source);
  const extras = new Map<string, ThenExtras>();
  for (const path of [[], ...cases]) {
    // what stands deeper is taken out first, so that its tags are its own
    for (const then of [
      [...path, 'then', 'second'],
      [...path, 'then', 'third'],
      [...path, 'then'],
    ]) {
      const key = then.join('.');
      if (!extras.has(key)) extras.set(key, takeThenExtras(contract, source, then));
    }
  }
  const data: unknown = source.document.toJS();
  const shape = fileSchemaOf(contract, isShared).safeParse(data);
  if (!shape.success) problems.push(...shapeProblems(contract, source, shape.error.issues));
  const messages = readMessages(source, problems);
  const names = namesIn(data);
  const vars = readVars(source, names.recipients, problems);
  const dialogues = cases.map((path) => readDialogueAt(contract, source, path, names, messages, problems));
  const variables = [
    ...fixedVariables,
    ...names.recipients,
    ...vars.keys(),
    ...dialogues.flatMap(capturesOf),
  ];
  checkMessages(source, messages, variables, problems);
  if (!shape.success) return errorsOf(withoutConsequences(problems, shape.error.issues), name);
  checkForm(source, shape.data, problems);
  const scenario = build(
    contract,
    source,
    shape.data,
    name,
    { vars, messages },
    { cases, dialogues, extras, variables, logins: names.logins, groups: names.groups },
    problems,
  );
  return problems.length > 0 ? errorsOf(problems, name) : { kind: 'scenario', scenario };
}

type GivenNames = Omit<Names, 'messages'> & { readonly groups: RecipientGroups };

function casePaths(source: YamlSource): readonly YamlPath[] {
  const value: unknown = source.document.get('cases');
  const length =
    value !== null && typeof value === 'object' && 'items' in value && Array.isArray(value.items)
      ? value.items.length
      : 0;
  return Array.from({ length }, (_, at) => ['cases', at]);
}

function readDialogueAt(
  contract: Contract,
  source: YamlSource,
  path: YamlPath,
  names: GivenNames,
  messages: ReadonlyMap<string, ScenarioMessage>,
  problems: Problem[],
): readonly DialogueLine[] {
  const text = textAt(source, [...path, 'dialogue']);
  if (text.kind === 'missing') return [];
  if (text.kind !== 'block') {
    const sentence = 'A dialogue is a literal block: "dialogue: |" and its lines below, indented.';
    problems.push({ code: 'broken-text', sentence, position: text.position });
    return [];
  }
  const read = readDialogue(contract, text.lines, names.groups);
  const known = { ...names, messages: [...messages.keys()] };
  const checked = checkDialogue(read.lines, known, read.problems.length === 0);
  problems.push(...read.problems, ...onceEach(checked));
  return read.lines;
}

/** The names in `given`, as far as it can be read: the dialogue is checked even where the rest is broken. */
function namesIn(data: unknown): GivenNames {
  const given = field(data, 'given');
  const clock = field(given, 'clock');
  const recipients = field(given, 'recipients');
  const groups = groupsOf(recipients !== null && typeof recipients === 'object' ? { ...recipients } : {});
  return {
    recipients: namesOfAll(namesOf(recipients), groups),
    groups,
    vars: namesOf(field(data, 'vars')),
    logins: namesOf(field(given, 'logins')),
    clock: readInstant(typeof clock === 'string' ? clock : '') ?? defaultClock,
  };
}

function namesOf(map: unknown): readonly string[] {
  return map !== null && typeof map === 'object' ? Object.keys(map) : [];
}

function field(data: unknown, key: string): unknown {
  return data !== null && typeof data === 'object'
    ? Object.getOwnPropertyDescriptor(data, key)?.value
    : undefined;
}

function checkForm(source: YamlSource, file: ScenarioFile, problems: Problem[]): void {
  const at = (key: string): Position => keyPosition(source, [key]);
  if (file.dialogue === undefined && file.cases === undefined) {
    problems.push({
      code: 'shape',
      sentence: 'The file has neither "dialogue" nor "cases": add "dialogue: |" and its lines, indented.',
      position: at('title'),
    });
  }
  if (file.cases !== undefined && file.dialogue !== undefined) {
    const sentence =
      '"cases" and "dialogue" cannot stand side by side: make the dialogue a case, or leave one of them out.';
    problems.push({ code: 'shape', sentence, position: at('dialogue') });
  }
  for (const name of fixedVariables) {
    if (file.given?.recipients?.[name] === undefined) continue;
    const sentence = `"${name}" is a variable of every case and cannot be a recipient.`;
    problems.push({ code: 'shape', sentence, position: keyPosition(source, ['given', 'recipients', name]) });
  }
  const seen = new Map<string, string>();
  for (const [index, { title }] of (file.cases ?? []).entries()) {
    const slug = slugOf(title);
    const before = seen.get(slug);
    if (before !== undefined || slug === '') {
      const sentence = `The title "${title}" makes the id "#${slug}"${before === undefined ? ', which is empty' : `, as "${before}" does`}; titles are unique in a file: give it another one.`;
      problems.push({
        code: 'duplicate-title',
        sentence,
        position: keyPosition(source, ['cases', index, 'title']),
      });
    }
    seen.set(slug, title);
  }
}

interface CaseParts {
  readonly cases: readonly YamlPath[];
  readonly dialogues: readonly (readonly DialogueLine[])[];
  readonly extras: ReadonlyMap<string, ThenExtras>;
  readonly variables: readonly string[];
  readonly logins: readonly string[];
  readonly groups: RecipientGroups;
}

function build(
  contract: Contract,
  source: YamlSource,
  file: ScenarioFile,
  { id, file: path }: ScenarioName,
  { vars, messages }: Pick<Scenario, 'vars' | 'messages'>,
  parts: CaseParts,
  problems: Problem[],
): Scenario {
  const given = parseGiven(file.given ?? {}, contract.words);
  const names = {
    words: contract.words,
    recipients: [...given.recipients.keys()],
    messages: [...messages.keys()],
    logins: parts.logins,
    groups: parts.groups,
    variables: parts.variables,
  };
  const thenOf = (at: YamlPath, then: ScenarioFile['then']) => {
    const thenPath = [...at, 'then'];
    return parseThen(source, thenPath, then ?? {}, (place) => parts.extras.get(place.join('.')), names);
  };
  const shared = thenOf([], file.then);
  problems.push(...shared.problems);
  const cases = parts.cases.map((at, index): ScenarioCase => {
    const own = file.cases?.[index];
    const hasOwnThen = own?.then !== undefined;
    const then = hasOwnThen ? thenOf(at, own.then) : shared;
    if (hasOwnThen) problems.push(...then.problems);
    return {
      id: own === undefined ? id : `${id}#${slugOf(own.title)}`,
      title: own?.title ?? file.title,
      about: own?.about ?? file.about,
      modes: modesOf(contract, own?.modes ?? file.modes),
      dialogue: parts.dialogues[index] ?? [],
      ending: then.expectations,
      position: keyPosition(source, own === undefined ? ['title'] : [...at, 'title']),
    };
  });
  const { title, about, withdrawn, found } = file;
  return {
    id,
    file: path,
    title,
    about,
    given,
    vars,
    messages,
    // what is shared may name no mode that this provider has
    cases: cases.filter(({ modes }) => modes.length > 0),
    withdrawn,
    found: found && { ...found, seed: String(found.seed) },
  };
}

function modesOf({ modes }: Contract, listed: ScenarioFile['modes']): readonly Mode[] {
  if (listed === undefined) return modes.map(({ mode }) => mode);
  const named = new Set(listed.map(String));
  const lacking = new Set([...named].filter((name) => !modes.some(({ mode }) => mode === name)));
  return modes.flatMap(({ mode, port }) => (named.has(mode) || lacking.has(String(port)) ? [mode] : []));
}

function errorsOf(problems: readonly Problem[], { file }: ScenarioName): ParsedScenario {
  const errors = problems
    .toSorted((a, b) => a.position.line - b.position.line || a.position.column - b.position.column)
    .map(({ code, sentence, position }) => new ScenarioError(code, sentence, { file, ...position }));
  return { kind: 'errors', errors };
}
