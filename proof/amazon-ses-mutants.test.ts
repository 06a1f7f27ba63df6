/** Wrong gateways of the second provider, each shown to its suite. */
import { describe, expect, test } from 'vitest';
import { amazonSes } from '../src/contract/amazon-ses/amazon-ses.ts';
import { sesDecisionMutants } from './mutants/amazon-ses-decisions.ts';
import { sesQuotaMutants } from './mutants/amazon-ses-quotas.ts';
import { sesReplyMutants } from './mutants/amazon-ses-replies.ts';
import { proveForTests } from './proven-for-tests.ts';
import { loadSuite } from './suite.ts';

const mutants = [...sesReplyMutants, ...sesDecisionMutants, ...sesQuotaMutants];
const scenarios = await loadSuite(amazonSes);
const proven = proveForTests(mutants, scenarios);

test('there are forty at least, each with a name of its own', () => {
  expect(mutants.length).toBeGreaterThanOrEqual(40);
  expect(mutants.map(({ id }) => id)).toEqual([...new Set(mutants.map(({ id }) => id))]);
});

describe('a gateway that is wrong in one way turns the run red for the right reason', () => {
  test.for(mutants)('$id: the gateway $wrong', { timeout: 120_000 }, async ({ id }) => {
    for (const { outcome } of (await proven.caught(id)).right) {
      expect(outcome).toMatch(/^(?:failed|differs)$/);
    }
  });
});
