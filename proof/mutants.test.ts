import { ruleNamed } from '../src/contract/emailmassivo/transition.ts';
import { describe, expect, test } from 'vitest';
import type { RuleId } from '../src/contract/rule.ts';
import { createSandbox } from '../src/sandbox/sandbox.ts';
import { mutants } from './mutants.ts';
import { runOn } from './prove.ts';
import { proveForTests } from './proven-for-tests.ts';
import { leakedSecrets } from './secrets.ts';
import { loadSuite } from './suite.ts';

const scenarios = await loadSuite();
const proven = proveForTests(mutants, scenarios);

test('each mutant has a name of its own', () => {
  expect(mutants.map(({ id }) => id)).toEqual([...new Set(mutants.map(({ id }) => id))]);
});

/** Where a finding of the rule must say that it was expected. */
function placeOf(rule: RuleId): RegExp {
  return ruleNamed(rule).shownBy === 'scenario'
    ? /^scenarios\/.+\.scenario\.yaml:[1-9]\d*:[1-9]\d*$/
    : /^undefined:undefined:undefined$/;
}

describe('a gateway that is wrong in one way turns the run red for the right reason', () => {
  test.for(mutants)('$id: the gateway $wrong', { timeout: 120_000 }, async ({ id, rule }) => {
    for (const finding of (await proven.caught(id)).right) {
      expect(finding.outcome).toBe('failed');
      const { file, line, column } = finding.place ?? {};
      expect(`${file}:${line}:${column}`).toMatch(placeOf(rule));
    }
  });
});

describe('the right gateway', () => {
  test('turns it green', { timeout: 60_000 }, async () => {
    const { summary } = await runOn({}, scenarios, ['587'], proven.mailbox());
    expect(summary).toMatchObject({ exitCode: 0, counts: { failed: 0, errored: 0, 'not-arranged': 0 } });
  });

  test('shows no secret in its transcripts', async () => {
    await using sandbox = await createSandbox({ smarthost: proven.mailbox().smtp });
    expect(await leakedSecrets(sandbox)).toEqual([]);
  });
});
