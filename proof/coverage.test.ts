import { emailmassivo } from '../src/contract/emailmassivo/emailmassivo.ts';
import { expect, test } from 'vitest';
import { ruleIds, ruleNamed } from '../src/contract/emailmassivo/transition.ts';
import type { RuleId } from '../src/contract/rule.ts';
import {
  dimensionCoverage,
  writeDimensions,
} from '../src/conformance/coverage/dimensions/dimension-coverage.ts';
import { mutants } from './mutants.ts';
import { loadSuite } from './suite.ts';

/** Rules that need no mutant, each with its reason. One that has a mutant, or needs none anyway, must go. */
const exceptions: Partial<Record<RuleId, string>> = {};

/** Whether the suite must be shown to catch a breach of a rule: what the page or an RFC says. */
function needsMutant(id: RuleId): boolean {
  const { basis, shownBy } = ruleNamed(id);
  return shownBy === 'scenario' && (basis === 'documented' || basis === 'standard');
}

const withMutant = new Set(mutants.map(({ rule }) => rule));

test('every rule that the page or an RFC gives has a gateway that breaks it', () => {
  const bare = ruleIds.filter((id) => needsMutant(id) && !withMutant.has(id) && exceptions[id] === undefined);
  expect(bare).toEqual([]);
});

test('no exception is kept that is not needed', () => {
  const needless = ruleIds.filter(
    (id) => exceptions[id] !== undefined && (withMutant.has(id) || !needsMutant(id)),
  );
  expect(needless).toEqual([]);
});

test('the suite tries each rule in every dimension in which a fault of it can hide', async () => {
  const table = writeDimensions(dimensionCoverage(emailmassivo, await loadSuite()));
  expect(table.split('\n').filter((line) => line.startsWith('✗') || line.includes('    empty:'))).toEqual([]);
});
