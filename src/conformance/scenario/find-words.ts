import type { Contract } from '../../contract/contract.ts';
import { recordKinds } from '../../contract/vocabulary.ts';
import { loginChoices } from '../situation/given.ts';
import { editDistance } from './suggest.ts';
import { languageOf, type PlacedWord } from './language.ts';

/** The words that were asked for as people write them: a name, a use (`W: buy prepaid 7`) or its beginning; none where there is none. */
export function findWords(asked: string, contract: Contract): readonly PlacedWord[] {
  const placedWords = languageOf(contract).words;
  const plain = asked.trim().replaceAll(/\s+/g, ' ').replace(/:$/, '').toLowerCase();
  const named = placedWords.filter((placed) => namesOf(placed).includes(plain));
  if (named.length > 0) return named;
  const used = closest(placedWords.map((placed) => ({ placed, said: saidBy(placed.word.id, plain) })));
  const begun = placedWords.filter((placed) =>
    // "W: buy" asks about both plans
    namesOf(placed).some((name) => name.startsWith(`${plain} `) || name.startsWith(`${plain}: `)),
  );
  // a line that can hold any text says less than a word that begins so
  if (used.length > 0 && (begun.length === 0 || !used.every(({ word }) => ANY_TEXT.has(word.id))))
    return used;
  return begun.length > 0 ? begun : placedWords.filter(({ word }) => lastPart(word.id) === plain);
}

/** The words of which most is said in what was asked. */
function closest(
  words: readonly { readonly placed: PlacedWord; readonly said: number }[],
): readonly PlacedWord[] {
  const most = Math.max(...words.map(({ said }) => said));
  return most < 0 ? [] : words.filter(({ said }) => said === most).map(({ placed }) => placed);
}

/** Words of other kinds that can be asked for beside those of the language. */
export interface Askable {
  /** As it is shown. */
  readonly id: string;
  /** As it may be written. */
  readonly names: readonly string[];
}

/** What is nearest to a word that is none, the nearest first: so many ids. */
export function nearestWords(
  asked: string,
  contract: Contract,
  others: readonly Askable[],
  count: number,
): readonly string[] {
  const placedWords = languageOf(contract).words;
  const plain = asked.trim().toLowerCase();
  const words = placedWords.map((placed) => ({
    id: placed.word.id,
    names: [...namesOf(placed), lastPart(placed.word.id)].flatMap((name) => [name, ...beginningsOf(name)]),
  }));
  return [...words, ...others]
    .map(({ id, names }) => ({
      id,
      distance: Math.min(...names.map((name) => editDistance(plain, name.toLowerCase()))),
    }))
    .toSorted((left, right) => left.distance - right.distance)
    .slice(0, count)
    .map(({ id }) => id);
}

/** `w: buy` of `w: buy prepaid n`. */
function beginningsOf(name: string): readonly string[] {
  const words = name.split(' ');
  return words.slice(2).map((_, at) => words.slice(0, at + 2).join(' '));
}

const ANY_TEXT: ReadonlySet<string> = new Set(['C: TEXT', 'C: <MACRO>', 'S: EXPECTATION', 'S: REPLY']);

/** What stands for something else in the name of a word, and what can stand there. */
const PLACEHOLDERS: ReadonlyMap<string, string> = new Map([
  ['N', String.raw`\d+`],
  ['NAME', String.raw`\S+`],
  ['GROUP', String.raw`[\w-]+`],
  ['LOGIN', loginChoices.slice(1).join('|')],
  ['RECORD', recordKinds.join('|')],
  ['ROLE', String.raw`\S+`],
  ['LENGTH', String.raw`\d+(?:ms|s|m|h|d)`],
  ['INSTANT', String.raw`\d{4}-\S+`],
  ['VERSION', String.raw`\d\.\d`],
  ...[
    'TEXT',
    'MACRO',
    'OCTETS',
    'REPLY',
    'STAGE',
    'RULE',
    'COMMENT',
    'CIPHER',
    'KEYWORD',
    'PATTERN',
    'CHANGE',
    'FILTER',
    'EXPECTATION',
  ].map((name) => [name, '.+'] as const),
]);
const PLACEHOLDER = new RegExp(String.raw`\b(${[...PLACEHOLDERS.keys()].join('|')})\b`);

/** The names of a word in small letters: with its label and brackets, and without. */
function namesOf({ word, section }: PlacedWord): readonly string[] {
  const label = /^([A-Z][:>?]) /.exec(word.id)?.[1];
  const isMacro = section.title.startsWith('Macros') || word.id.startsWith('<');
  return [word.id, ...(word.forms ?? [])]
    .flatMap((form) => [
      form,
      form.replace(/^[A-Z][:>?] /, ''),
      ...(label === undefined ? [] : [`${label} ${form}`, `${label} <${form}>`, label]),
      ...(isMacro ? [`<${form}>`, `c: ${form}`, `c: <${form}>`] : []),
    ])
    .map((name) => name.replace(/:$/, '').toLowerCase());
}

/** How many characters of the word stand in a use of it; -1 where the text is no use. */
function saidBy(id: string, asked: string): number {
  // what stands in brackets is a word of its own, or none
  if (ANY_TEXT.has(id) && /^(?:[cs]: ?)?</.test(asked)) return -1;
  const parts = id.split(PLACEHOLDER);
  if (parts.length === 1) return -1;
  const fixed = parts.filter((_, at) => at % 2 === 0).join('');
  const pattern = parts
    .map((part, at) => (at % 2 === 0 ? escapeText(part.toLowerCase()) : `(?:${PLACEHOLDERS.get(part)})`))
    .join('');
  // what is only a label and any text is no use of anything without its label
  const bare = fixed.length > 4 ? pattern.replace(/^(?:[a-z]: |then\\\.)/, '') : pattern;
  const isUse = [pattern, bare].some((one) => new RegExp(`^(?:${one})$`, 's').test(asked));
  return isUse ? fixed.length : -1;
}

function escapeText(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}

function lastPart(id: string): string {
  return id.slice(id.lastIndexOf('.') + 1);
}
