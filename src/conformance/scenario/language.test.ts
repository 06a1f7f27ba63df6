import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import { describe, expect, test } from 'vitest';
import { modes } from '../../contract/emailmassivo/transition.ts';
import { connectionStatuses, emailStatuses, roles } from '../../contract/emailmassivo/vocabulary.ts';
import { tlsFaults, triggerStages } from '../../contract/vocabulary.ts';
import { exampleFile } from './example-of-word.ts';
import { findWords } from './find-words.ts';
import { knownBrackets, knownChanges, knownMacros, languageOf } from './language.ts';
import { parseScenario } from './parse-scenario.ts';
import { fixedMacros } from './read-client-line.ts';
import { fixedExpectations } from './read-server-line.ts';
import { fixedChanges } from './read-world.ts';
import { scenarioJsonSchema } from './schema.ts';
import { historyColumns } from './then-schema.ts';
import { showScenarioError } from './scenario-error.ts';

const { sections: language, words: placedWords } = languageOf(emailmassivo);

describe('each example is a scenario that can be read', () => {
  test.each(placedWords.map((placed) => [`${placed.section.title} ${placed.word.id}`, placed] as const))(
    '%s',
    (id, placed) => {
      const parsed = parseScenario(exampleFile(placed), { id, file: 'example', contract: emailmassivo });
      expect(parsed.kind === 'errors' ? parsed.errors.map(showScenarioError) : []).toEqual([]);
    },
  );
});

test('every word has one name, and a meaning that is a sentence', () => {
  const ids = placedWords.map(({ word }) => word.id);
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  expect(placedWords.filter(({ word }) => !/^\S.*[.`]$/s.test(word.meaning))).toEqual([]);
});

test.each([
  ['changes of the world', fixedChanges, knownChanges],
  ['macros', fixedMacros, knownMacros],
  ['expectations', fixedExpectations, knownBrackets],
  ['roles', roles, formsUnder('Roles of recipients')],
  ['modes', modes, formsUnder('Modes')],
  ['statuses', emailStatuses, formsUnder('Statuses of an email')],
  ['columns', historyColumns.map((name) => `row.${name}`), idsUnder('Columns of a row of the history')],
])('the language has all %s', (_what, known, told) => {
  expect(known.filter((one) => !told.includes(one))).toEqual([]);
});

test.each([
  ['given.triggers.stage', triggerStages],
  ['given.triggers.tls', tlsFaults],
  ['then.status', connectionStatuses],
])('%s names all of its values', (id, values) => {
  const meaning = placedWords.find(({ word }) => word.id === id)?.word.meaning ?? '';
  expect(values.filter((value) => !meaning.includes(value))).toEqual([]);
});

test('every property of the schema has a description', () => {
  const bare: string[] = [];
  const walk = (node: unknown, path: string): void => {
    if (node === null || typeof node !== 'object') return;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'properties' && value !== null && typeof value === 'object')
        for (const [name, property] of Object.entries(value))
          if (!(typeof property === 'object' && property !== null && 'description' in property))
            bare.push(`${path}.${name}`);
      walk(value, `${path}.${key}`);
    }
  };
  walk(scenarioJsonSchema(emailmassivo), '');
  expect(bare).toEqual([]);
});

test.each([
  ['given.balance', ['given.balance']],
  ['W: buy', ['W: buy prepaid N', 'W: buy monthly N']],
  ['W: buy prepaid 700', ['W: buy prepaid N']],
  ['buy monthly', ['W: buy monthly N']],
  ['<session>', ['<session>']],
  ['session', ['<session>']],
  ['C: <session second>', ['<session>']],
  ['<send many 1 to 20>', ['<send GROUP N to N>']],
  ['S: <nothing more>', ['S: <nothing more>']],
  ['S?', ['S? REPLY by <STAGE>']],
  ['x3', ['C: <MACRO> xN']],
  ['C2:', ['C2:, S2:']],
  ['C>', ['C> OCTETS']],
  ['settled', ['W: settled']],
  ['T: 10s', ['T: LENGTH']],
  ['charged', ['then.charged']],
  ['role: full', ['role: full']],
  ['Full', ['role: full']],
  ['587+starttls', ['mode: 587+starttls']],
  ['deferred', ['status: deferred']],
  ['repeat', ['repeat N']],
  ['upper', ['${NAME|upper}']],
  ['cc is full', ['W: NAME is ROLE']],
  ['W: second: new password', ['W: LOGIN: CHANGE']],
  ['<send bob>', ['<send NAME>', '<send GROUP>']],
  ['S: 354 *', ['S: EXPECTATION']],
  ['C: NOOP', ['C: TEXT']],
  ['<open with TLS 1.0>', ['<open with TLS VERSION>']],
  ['history(from=2026-01-01T00:00:00Z)', ['then.history(FILTER)']],
  ['no such word', []],
])('%s is found', (asked, ids) => {
  const found = findWords(asked, emailmassivo).map(({ word }) => word.id);
  expect(found.slice(0, Math.max(1, ids.length)).toSorted()).toEqual(ids.toSorted());
});

function formsUnder(title: string): readonly string[] {
  return wordsUnder(title).flatMap(({ forms }) => forms ?? []);
}

function idsUnder(title: string): readonly string[] {
  return wordsUnder(title).map(({ id }) => id);
}

function wordsUnder(title: string) {
  return language.find((section) => section.title === title)?.words ?? [];
}
