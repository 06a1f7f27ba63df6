/**
 * The words of the scenario language, once: parsers suggest them, the schema and `gauntlet explain` describe them, and
 * docs/scenario-language.md is printed from them. It reads no file; what is valid is the parsers' matter.
 */
import type { Contract } from '../../contract/contract.ts';
import type { RuleId } from '../../contract/rule.ts';
import { accessWords } from './words-access.ts';
import { expectationWords } from './words-expectations.ts';
import { fileWords } from './words-file.ts';
import { givenWords } from './words-given.ts';
import { lineWords } from './words-lines.ts';
import { macroWords } from './words-macros.ts';
import { modeWords, roleWords, statusWords } from './words-roles.ts';
import { loopWords, variableWords } from './words-texts.ts';
import { columnWords, thenWords } from './words-then.ts';
import { triggerWords } from './words-triggers.ts';
import { timeWords, worldWords } from './words-world.ts';
import type { Word, WordSection } from './word.ts';

/** All words, in the order of the reference page: roles, statuses and modes are the provider's. */
const sectionsOf = (contract: Contract): readonly WordSection[] => [
  {
    title: 'Keys of a file',
    intro:
      'A scenario is a YAML file that ends in `.scenario.yaml`. `title`, `about` and `dialogue` or `cases` are a must.',
    place: 'file',
    words: fileWords,
  },
  {
    title: 'Modes',
    intro: 'A mode is a port with its way of encryption.',
    place: 'file',
    words: modeWords(contract),
  },
  {
    title: 'given: before the dialogue',
    intro: 'Every key may be left out. The runner arranges all of it on an account of the case’s own.',
    place: 'given',
    words: [...givenWords, ...(contract.words.accesses.length === 0 ? [] : accessWords), ...triggerWords],
  },
  {
    title: 'Roles of recipients',
    intro: 'Recipients have roles, not addresses: `recipients: { to: accepts }` makes `${to}`.',
    place: 'given',
    words: roleWords(contract),
  },
  {
    title: 'Lines of a dialogue',
    intro: 'A dialogue is a literal block (`dialogue: |`). Each line begins with a label and one blank.',
    place: 'dialogue',
    words: lineWords,
  },
  {
    title: 'Macros: C: <…>',
    intro:
      'A macro reads the replies that it needs, unless it says otherwise. An `S:` line right behind it asks about the last one.',
    place: 'dialogue',
    words: macroWords,
  },
  {
    title: 'Expectations: S:',
    intro: 'Each line asks about the next reply, or about the session.',
    place: 'dialogue',
    words: expectationWords,
  },
  {
    title: 'Time: T:',
    intro: 'Time is the gateway’s own and stands still until it is moved.',
    place: 'dialogue',
    words: timeWords,
  },
  {
    title: 'Changes of the world: W:',
    intro: 'What happens outside of the session, in the middle of a dialogue. The list is closed.',
    place: 'dialogue',
    words: worldWords,
  },
  {
    title: 'Variables and filters',
    intro: '`${name}` is filled in when the line is played; `|` changes the value.',
    place: 'dialogue',
    words: variableWords,
  },
  {
    title: 'Loops and groups',
    intro: 'A group of recipients is a role and a number: `recipients: { many: accepts x250 }`.',
    place: 'dialogue',
    words: loopWords,
  },
  {
    title: 'then: behind the dialogue',
    intro: 'The runner waits until the account is settled and looks. A key that is there is exhaustive.',
    place: 'then',
    words: thenWords,
  },
  {
    title: 'Columns of a row of the history',
    intro: 'What a map leaves out is not looked at.',
    place: 'then',
    words: columnWords,
  },
  {
    title: 'Statuses of an email',
    intro: 'Rows and statistics name them.',
    place: 'then',
    words: statusWords(contract),
  },
];

/** The id of a word that a key of the schema has. */
export type KeyWordId = (
  | typeof fileWords
  | typeof givenWords
  | typeof accessWords
  | typeof triggerWords
  | typeof thenWords
  | typeof columnWords
)[number]['id'];

const keyWords: ReadonlyMap<string, Word> = new Map(
  [...fileWords, ...givenWords, ...accessWords, ...triggerWords, ...thenWords, ...columnWords].map((word) => [
    word.id,
    word,
  ]),
);

/** The description of a key for the JSON Schema, without the marks of Markdown. */
export function describeKey(id: KeyWordId): { readonly description: string } {
  return { description: (keyWords.get(id)?.meaning ?? '').replaceAll('`', '') };
}

/** Every macro as a suggestion shows it, without its brackets. */
export const knownMacros: readonly string[] = formsOf(macroWords);
/** Every change of the world, without its label. */
export const knownChanges: readonly string[] = formsOf(worldWords);
/** Every expectation in brackets, without them. */
export const knownBrackets: readonly string[] = formsOf(
  expectationWords.filter(({ id }) => id.startsWith('S: <')),
);

function formsOf(words: readonly Word[]): readonly string[] {
  return words.flatMap(({ forms }) => forms ?? []).filter((form) => !form.includes(','));
}

/** A word, where it belongs, and the rule that it arranges or shows, where the contract has one. */
export interface PlacedWord {
  readonly word: Word;
  readonly section: WordSection;
  readonly rule: RuleId | undefined;
}

/** The language as scenarios of one provider are written. */
export interface Language {
  readonly sections: readonly WordSection[];
  /** Every word with its section. */
  readonly words: readonly PlacedWord[];
}

const languages = new WeakMap<Contract, Language>();

/** The language of a contract; made once for each. */
export function languageOf(contract: Contract): Language {
  const made = languages.get(contract) ?? createLanguage(contract);
  languages.set(contract, made);
  return made;
}

function createLanguage(contract: Contract): Language {
  const sections = sectionsOf(contract);
  const ruleOfMode = new Map(contract.modes.map(({ mode, rule }) => [`mode: ${mode}`, rule]));
  const ruleOf = ({ id }: Word) => ruleOfMode.get(id) ?? contract.rulesOfWords[id];
  const words = sections.flatMap((section) =>
    section.words.map((word) => ({ word, section, rule: ruleOf(word) })),
  );
  return { sections, words };
}

/** The words that arrange or show a rule. */
export function wordsOfRule(contract: Contract, rule: RuleId): readonly Word[] {
  return languageOf(contract).words.flatMap((placed) => (placed.rule === rule ? [placed.word] : []));
}
