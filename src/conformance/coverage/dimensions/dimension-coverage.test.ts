import { emailmassivo } from '../../../contract/emailmassivo/emailmassivo.ts';
import { describe, expect, test } from 'vitest';
import { isRuleId } from '../../../contract/emailmassivo/transition.ts';
import { parseScenario } from '../../scenario/parse-scenario.ts';
import { dimensionCoverage, emptyCells, writeDimensions } from './dimension-coverage.ts';
import { concernedRules } from './concerned-rules.ts';

const { dimensions } = emailmassivo;

/** The dimensions in which a dialogue asks for rules, as `dimension: rule`. */
function covered(dialogue: string, head = ''): readonly string[] {
  const indented = dialogue.split('\n').map((line) => `  ${line}`);
  const text = `title: a\nabout: error.451.window\n${head}dialogue: |\n${indented.join('\n')}\n`;
  const parsed = parseScenario(text, { file: 'a.scenario.yaml', id: 'a', contract: emailmassivo });
  if (parsed.kind === 'errors') throw new AggregateError(parsed.errors);
  return dimensionCoverage(emailmassivo, [parsed.scenario]).flatMap(({ dimension, cells }) =>
    cells.flatMap(({ rule, heldBy }) => (heldBy.length > 0 ? [`${dimension.id}: ${rule}`] : [])),
  );
}

const mail = 'C: MAIL FROM:<${sender}>\nS: 250 *';

describe('a case covers a cell by what went before its expectation', () => {
  test.each([
    ['a session opened again', `C: <session>\nC: <session>\n${mail}`, 'another session'],
    ['RSET', `C: <session>\nC: RSET\nS: 250 *\n${mail}`, 'behind RSET'],
    ['EHLO', `C: <session>\nC: EHLO a.example\nS: 250 *\n${mail}`, 'behind EHLO'],
    ['a refusal', `C: <session>\nC: XYZZY\nS: 500 *\n${mail}`, 'behind a refusal'],
    ['a cut', `C: <session>\nC: <close>\nC: <session>\n${mail}`, 'behind a cut'],
    ['time', `C: <session>\nT: 10s\n${mail}`, 'a moved clock'],
    ['the same once more', `C: <session>\n${mail}\n${mail}`, 'the second time'],
  ])('%s', (_what, dialogue, dimension) => {
    expect(covered(dialogue)).toContain(`${dimension}: error.451.window`);
    expect(covered(`C: <session>\n${mail}`)).not.toContain(`${dimension}: error.451.window`);
  });

  test('what comes behind the expectation covers nothing', () => {
    expect(covered(`C: <session>\n${mail}\nC: RSET`)).not.toContain('behind RSET: error.451.window');
  });

  test('a refused RSET covers nothing', () => {
    expect(covered(`C: <session>\nC: RSET now\nS: 501 *\n${mail}`)).not.toContain(
      'behind RSET: error.451.window',
    );
  });

  test('a login of another account', () => {
    const head = 'given: { logins: { second: another account, third: same account } }\n';
    const dialogue = `C: <session>\nC2: <session second>\n${mail}`;
    expect(covered(dialogue, head)).toContain('another account: error.451.window');
    expect(covered(dialogue, head)).not.toContain('another connection: error.451.window');
  });
});

test('each pattern of the table means a rule', () => {
  const strange = dimensions.flatMap(({ id, concerns }) =>
    concerns
      .filter((pattern) => !pattern.includes('*') && !isRuleId(pattern))
      .map((each) => `${id}: ${each}`),
  );
  expect(strange).toEqual([]);
  expect(
    dimensions.every((each) => each.concerns.length === 0 || concernedRules(emailmassivo, each).length > 0),
  ).toBe(true);
});

test('empty cells are named, and counted', () => {
  const coverage = dimensionCoverage(emailmassivo, []);
  expect(emptyCells(coverage)).toBeGreaterThan(100);
  expect(writeDimensions(coverage)).toContain('\n    empty: billing.duplicate\n');
});
