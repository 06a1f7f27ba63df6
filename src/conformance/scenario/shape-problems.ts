import { z } from 'zod';
import { ruleIds } from '../../contract/contract.ts';
import { emailStatuses } from '../../contract/vocabulary.ts';
import { modes } from '../../contract/modes.ts';
import type { Problem } from './problem.ts';
import { suggest } from './suggest.ts';
import { keyPosition, valuePosition, type YamlPath, type YamlSource } from './yaml-source.ts';

/** What the schema found wrong, in words, each at its place: a key at the key, a value at the value. */
export function shapeProblems(
  source: YamlSource,
  schema: z.ZodType,
  issues: readonly z.core.$ZodIssue[],
): readonly Problem[] {
  const problems = issues.flatMap((issue): readonly Problem[] => {
    const path = issue.path.filter((part) => typeof part !== 'symbol');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        code: 'unknown-key',
        sentence: `There is no key "${key}" here.${suggest(key, knownKeys(schema, path))}`,
        position: keyPosition(source, [...path, key]),
      }));
    }
    if (issue.code === 'invalid_key') {
      const sentence = `"${String(path.at(-1))}" cannot be a name here: ${issue.issues[0]?.message ?? issue.message}.`;
      return [{ code: 'shape', sentence, position: keyPosition(source, path) }];
    }
    return [wrongValue(source, issue, path)];
  });
  // a key that is only misspelt is not missing too
  return problems.filter(
    ({ sentence }) =>
      !sentence.endsWith(' is missing.') ||
      !problems.some((other) =>
        other.sentence.includes(`Did you mean ${sentence.replace(/ is missing\.$/, '?')}`),
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

function wrongValue(source: YamlSource, issue: z.core.$ZodIssue, path: YamlPath): Problem {
  const value = source.document.getIn(path);
  const written = typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  const position = valuePosition(source, path);
  const key = path.findLast((part) => typeof part === 'string');
  if (written !== undefined && key === 'about') {
    return {
      code: 'unknown-rule',
      sentence: `There is no rule "${written}".${suggest(written, ruleIds)}`,
      position,
    };
  }
  if (written !== undefined && key === 'modes') {
    const sentence = `There is no mode "${written}".${suggest(written, modes)} Modes are ${modes.join(', ')}.`;
    return { code: 'unknown-mode', sentence, position };
  }
  if (written !== undefined && issue.code === 'invalid_value') {
    const known = issue.values.map(String);
    const sentence = `"${written}" is not possible here.${suggest(written, known)} Possible: ${known.join(', ')}.`;
    return { code: 'unknown-word', sentence, position };
  }
  const where = key === undefined ? 'The file' : `"${key}"`;
  if (value !== undefined && issue.code === 'invalid_type') {
    const sentence = `${where} must be ${KINDS.get(issue.expected) ?? issue.expected}${written === undefined ? '' : `, not "${written}"`}.`;
    return { code: 'shape', sentence, position };
  }
  if (written !== undefined && path.includes('history')) {
    const sentence = `${where}: ${issue.message}.${suggest(written, emailStatuses)}`;
    return { code: 'unknown-word', sentence, position };
  }
  if (value === undefined) return { code: 'shape', sentence: `${where} is missing.`, position };
  return { code: 'shape', sentence: `${where}: ${issue.message}.`, position };
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

function unwrap(schema: unknown): unknown {
  return schema instanceof z.ZodOptional ? unwrap(schema.unwrap()) : schema;
}
