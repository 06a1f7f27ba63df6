import { emailmassivo } from '../../../contract/emailmassivo/emailmassivo.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { modes } from '../../../contract/emailmassivo/transition.ts';
import { multiplyByModes } from '../../scenario/matrix.ts';
import { parseScenario } from '../../scenario/parse-scenario.ts';
import { allowedPairs, coveringArray, pairName, pairsOf } from '../covering-array.ts';
import { pairDimensions, pairedPlans } from './paired-plans.ts';
import { origin } from './plan-fixture.ts';
import { writeScenario } from './write-scenario.ts';

const coveredBy = (rows: Parameters<typeof pairsOf>[0][]) => new Set(rows.flatMap(pairsOf));

test('every pair that may stand together stands in a row, and no other does', () => {
  const dimensions = fc.array(fc.integer({ min: 2, max: 5 }), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(dimensions, fc.nat(), fc.nat(4), (sizes, seed, last) => {
      const values = Object.fromEntries(
        sizes.map((size, at) => [`d${at}`, Array.from({ length: size }, (_none, value) => `v${value}`)]),
      );
      // the last value of the first dimension stands beside the first value of another alone
      const forbids: Parameters<typeof coveringArray>[0]['forbids'] = (one, other) =>
        one.dimension === 'd0' &&
        one.value === `v${last}` &&
        other.dimension === 'd1' &&
        other.value !== 'v0';
      let state = seed;
      const rows = coveringArray({ values, forbids }, () => {
        state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
        return state / 2 ** 31;
      });
      expect(coveredBy([...rows])).toEqual(new Set(allowedPairs({ values, forbids }).keys()));
    }),
    { seed: 14, numRuns: 100 },
  );
});

test('the dimensions of generated sessions: all pairs in few rows, each of which is a scenario of its mode', () => {
  const plans = pairedPlans('a seed');
  const pairs = allowedPairs(pairDimensions());
  expect(coveredBy(plans.map(({ row }) => row))).toEqual(new Set(pairs.keys()));
  expect(plans.length).toBeLessThan(pairs.size / 8);
  for (const { plan, row } of plans) {
    const parsed = parseScenario(writeScenario(plan, origin).text, {
      id: 'x',
      file: 'x',
      contract: emailmassivo,
    });
    const cases = parsed.kind === 'errors' ? [] : multiplyByModes([parsed.scenario], modes);
    expect({
      errors: parsed.kind === 'errors' ? parsed.errors : [],
      modes: cases.map(({ mode }) => mode),
    }).toEqual({
      errors: [],
      modes: [row['mode']],
    });
  }
});

test('the same seed gives the same rows, and one mode keeps to itself', () => {
  expect(pairedPlans('one')).toEqual(pairedPlans('one'));
  expect(pairedPlans('one')).not.toEqual(pairedPlans('two'));
  expect(new Set(pairedPlans('one', ['25']).map(({ plan }) => plan.mode))).toEqual(new Set(['25']));
});

test('what no client can do is no pair', () => {
  const pairs = allowedPairs(pairDimensions());
  const cell = (dimension: string, value: string) => ({ dimension, value });
  expect(pairs.has(pairName(cell('tls', 'TLS 1.2'), cell('mode', '25')))).toBe(false);
  expect(pairs.has(pairName(cell('mode', '25'), cell('before', 'behind STARTTLS')))).toBe(true);
  expect(pairs.has(pairName(cell('mode', '465+tls'), cell('before', 'behind STARTTLS')))).toBe(false);
});
