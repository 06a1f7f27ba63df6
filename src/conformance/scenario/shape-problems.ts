import { z } from 'zod';
import { ruleIdsOf, type Contract } from '../../contract/contract.ts';
import { ownRequirementForms } from '../../contract/requirement.ts';
import { triggerStages } from '../../contract/vocabulary.ts';
import type { Problem } from './problem.ts';
import { loginAccounts } from '../situation/given.ts';
import { largestGroup } from './recipient-groups.ts';
import { fileSchemaOf } from './schema.ts';
import { nearestFirst, suggest } from './suggest.ts';
import { keyPosition, valuePosition, type YamlPath, type YamlSource } from './yaml-source.ts';

/** What the schema found wrong, in words, each at its place: a key at the key, a value at the value. */
export function shapeProblems(
  contract: Contract,
  source: YamlSource,
  issues: readonly z.core.$ZodIssue[],
): readonly Problem[] {
  const schema = fileSchemaOf(contract);
  const problems = issues.flatMap((issue): readonly Problem[] => {
    const path = issue.path.filter((part) => typeof part !== 'symbol');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        code: 'unknown-key',
        sentence: unknownKey(key, path, schema),
        position: keyPosition(source, [...path, key]),
      }));
    }
    if (issue.code === 'invalid_key') {
      const name = String(path.at(-1));
      const sentence = `"${name}" cannot be a name here: ${issue.issues[0]?.message ?? issue.message}. Write ${wordOf(name)}.`;
      return [{ code: 'shape', sentence, position: keyPosition(source, path) }];
    }
    return [wrongValue(contract, source, issue, path)];
  });
  // a key that is only misspelt is not missing too
  return problems.filter(
    ({ sentence }) =>
      !/^"\w+" is missing: /.test(sentence) ||
      !problems.some((other) =>
        other.sentence.includes(`Did you mean ${sentence.replace(/ is missing: .*$/, '?')}`),
      ),
  );
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['string', 'a text'],
  ['array', 'a list'],
  ['object', 'a map of keys and values'],
  ['record', 'a map of names and values'],
]);

/** A key that is not here may belong elsewhere. */
function unknownKey(key: string, path: YamlPath, schema: z.ZodType): string {
  const known = knownKeys(schema, path);
  const near = suggest(key, known);
  const home = HOMES.find((parent) => knownKeys(schema, parent).includes(key));
  if (near === '' && home !== undefined) {
    const where = home.length === 0 ? 'at the beginning of a line' : `under "${home.join('.')}:"`;
    return `There is no key "${key}" here: it belongs ${where}.`;
  }
  return `There is no key "${key}" here.${near} Keys here: ${nearestFirst(key, known)}.`;
}

/** Where a key can belong that stands in a wrong place. */
const HOMES: readonly YamlPath[] = [[], ['given'], ['then'], ['given', 'logins'], ['given', 'rate']];

function wrongValue(
  contract: Contract,
  source: YamlSource,
  issue: z.core.$ZodIssue,
  path: YamlPath,
): Problem {
  const value = source.document.getIn(path);
  const written = typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  const position = valuePosition(source, path);
  const key = path.findLast((part) => typeof part === 'string');
  const told = (code: Problem['code'], sentence: string): Problem => ({ code, sentence, position });
  if (path.length === 0) {
    const what = source.text.trim() === '' ? 'The file is empty' : 'The file is no map of keys and values';
    return told('shape', `${what}: it begins with "title: …" and "about: …", and has a "dialogue: |".`);
  }
  if (value === undefined)
    return told('shape', `"${key}" is missing: ${MISSING.get(key ?? '') ?? 'add it'}.`);
  if (written !== undefined && key === 'about') return told('unknown-rule', unknownAbout(contract, written));
  if (key === 'modes') {
    const isList = path.at(-1) !== 'modes';
    const modes = contract.modes.map(({ mode }) => mode);
    return isList
      ? told(
          'unknown-mode',
          `There is no mode "${written}".${suggest(written ?? '', modes)} Modes are ${modes.join(', ')}.`,
        )
      : told(
          'shape',
          `"modes" is a list: write modes: [${modes.find((mode) => mode === written) ?? '587, 25'}].`,
        );
  }
  const words = written === undefined ? undefined : wordsFor(contract, path, issue);
  if (written !== undefined && words !== undefined) {
    const { what, known, more = '' } = words;
    return told(
      'unknown-word',
      `There is no ${what} "${written}".${suggest(written, known)} Possible: ${nearestFirst(written, known)}${more}.`,
    );
  }
  if (key !== undefined && DURATIONS.has(key))
    return told('shape', `"${key}" is a length of time: write 4999ms, 10s, 5m, 24h or 28d.`);
  if (issue.code === 'too_small')
    return told(
      'shape',
      typeof value === 'string'
        ? `"${key}" is empty: ${MISSING.get(key ?? '') ?? 'write its text'}.`
        : `"${key}" is ${String(issue.minimum)} or more${written === undefined ? '' : `, not ${written}`}.`,
    );
  if (issue.code === 'too_big') return told('shape', `"${key}" is ${String(issue.maximum)} at most.`);
  if (issue.code === 'invalid_type') {
    const kind = KINDS.get(issue.expected) ?? issue.expected;
    return told('shape', `"${key}" must be ${kind}${written === undefined ? '' : `, not "${written}"`}.`);
  }
  return told('shape', `"${key}": ${issue.message}.`);
}

const DURATIONS: ReadonlySet<string> = new Set(['per', 'delay']);

/** What to write where a key is missing or empty. */
const MISSING: ReadonlyMap<string, string> = new Map([
  ['title', 'add a line "title: what it shows"'],
  [
    'about',
    'add a line "about: billing.per-recipient", with the rule that it holds, or a requirement of your own such as SHOP-123',
  ],
  [
    'dialogue',
    'write what the client says (C: …) and what must come (S: …) in the lines below "dialogue: |"',
  ],
  ['stage', `add "stage: RCPT", or another of ${triggerStages.join(', ')}`],
]);

function unknownAbout(contract: Contract, written: string): string {
  if (/^own\b|^[a-z][a-z\d]*[-_ ]?\d+$/i.test(written))
    return `"${written}" is neither a rule nor a requirement of your own. ${ownRequirementForms}`;
  const near = suggest(written, ruleIdsOf(contract));
  const help =
    near === ''
      ? ` Write a rule such as billing.per-recipient; gauntlet coverage lists them all. ${ownRequirementForms}`
      : '';
  return `There is no rule "${written}".${near}${help}`;
}

/** The words that can stand at a path, where they are a closed list. */
function wordsFor(
  { words }: Contract,
  path: YamlPath,
  issue: z.core.$ZodIssue,
): { readonly what: string; readonly known: readonly string[]; readonly more?: string } | undefined {
  if (path.includes('recipients'))
    return {
      what: 'role',
      known: words.roles.map(({ name }) => name),
      more: `; a group is a role and a number, accepts x250 (${largestGroup} at most)`,
    };
  if (path.includes('history'))
    return issue.code === 'invalid_type'
      ? undefined
      : { what: 'status', known: words.emailStatuses.map(({ name }) => name) };
  if (path.includes('logins') && issue.code === 'invalid_union')
    return { what: 'account', known: loginAccounts };
  return issue.code === 'invalid_value'
    ? { what: String(path.at(-1)), known: issue.values.map(String) }
    : undefined;
}

/** A name made of what was meant for one. */
function wordOf(name: string): string {
  const word = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, '-')
    .replace(/^[^a-z]+/, '');
  return word === '' ? '"to"' : `"${word}"`;
}

function knownKeys(schema: z.ZodType, path: YamlPath): readonly string[] {
  let here: unknown = schema;
  for (const part of path) {
    here = unwrap(here);
    if (here instanceof z.ZodObject) here = here.shape[part];
    else if (here instanceof z.ZodArray) here = here.element;
    else if (here instanceof z.ZodRecord) here = here.valueType;
    else return [];
  }
  here = unwrap(here);
  return here instanceof z.ZodObject ? Object.keys(here.shape) : [];
}

/** The schema itself; of a union the map among its members. */
function unwrap(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional) return unwrap(schema.unwrap());
  if (schema instanceof z.ZodUnion)
    return schema.options.map(unwrap).find((option) => option instanceof z.ZodObject);
  return schema;
}

/** What is unknown because `given` cannot be read, and what the schema says of a text that was read, are told once. */
export function withoutConsequences(
  problems: readonly Problem[],
  issues: readonly { readonly code?: string | undefined; readonly path: readonly PropertyKey[] }[],
): readonly Problem[] {
  const hidesNames = issues.some(
    ({ code, path }) => path[0] === 'given' || (path.length === 0 && code === 'unrecognized_keys'),
  );
  const consequences = new Set(hidesNames ? ['unknown-variable', 'unknown-recipient'] : []);
  const texts = problems.filter(({ code }) => code === 'broken-text').map(({ position }) => position);
  return problems.filter(
    ({ code, position }) =>
      !consequences.has(code) &&
      !(
        code === 'shape' &&
        texts.some(({ line, column }) => line === position.line && column === position.column)
      ),
  );
}
