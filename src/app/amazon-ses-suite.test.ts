/** What the suite of the second provider covers. It is played by `npm start -- --provider amazon-ses`, a step of the gate. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ruleCoverage } from '../conformance/coverage/coverage.ts';
import { loadScenarios } from '../conformance/scenario/load-scenarios.ts';
import { suiteOf } from '../conformance/scenario/suite.ts';
import { amazonSes } from '../contract/amazon-ses/amazon-ses.ts';

const suite = suiteOf(fileURLToPath(new URL('../../scenarios', import.meta.url)), amazonSes.id);
const { scenarios, errors } = await loadScenarios([], { suite, contract: amazonSes });

test('it can be read, with the scenarios that all providers share', () => {
  expect(errors).toEqual([]);
  const own = scenarios.filter(({ file }) => file.includes('/amazon-ses/'));
  expect(own.flatMap(({ cases }) => cases).length).toBeGreaterThan(100);
  expect(scenarios.length).toBeGreaterThan(own.length + 15);
});

test('it holds every rule that scenarios can show', () => {
  const holes = ruleCoverage(amazonSes, scenarios).filter(({ isHole }) => isHole);
  expect(holes.map(({ rule }) => rule)).toEqual([]);
});
