import { ruleNamed } from '../src/contract/emailmassivo/transition.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RuleId } from '../src/contract/rule.ts';
import type { MailboxHost } from '../src/mailbox/mailbox.ts';
import { createSandbox } from '../src/sandbox/sandbox.ts';
import { mutants } from './mutants.ts';
import { openProofMailbox, proveMutants, runOn, type Proof } from './prove.ts';
import { leakedSecrets } from './secrets.ts';
import { loadSuite } from './suite.ts';

const scenarios = await loadSuite();

let mailbox: MailboxHost;
let proofs: ReadonlyMap<string, Promise<Proof>>;
beforeAll(async () => {
  mailbox = await openProofMailbox();
  proofs = proveMutants(mutants, scenarios, mailbox, 'sample');
  // each is awaited by its own test; a fault before that is not unhandled
  void Promise.allSettled(proofs.values());
});
afterAll(async () => {
  await Promise.allSettled(proofs.values());
  await mailbox[Symbol.asyncDispose]();
});

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
    const proof = await proofs.get(id);
    expect(proof, `wrongly red: ${proof?.wronglyRed.join(', ')}`).toMatchObject({
      wronglyRed: [],
      errored: [],
    });
    expect(proof?.hits).toBeGreaterThan(0);
    expect(proof?.right.length, `found instead: ${proof?.otherRule}`).toBeGreaterThan(0);
    for (const finding of proof?.right ?? []) {
      expect(finding.outcome).toBe('failed');
      expect(finding.expected).not.toBe(finding.received);
      const { file, line, column } = finding.place ?? {};
      expect(`${file}:${line}:${column}`).toMatch(placeOf(rule));
    }
  });
});

describe('the right gateway', () => {
  test('turns it green', { timeout: 60_000 }, async () => {
    const { summary } = await runOn({}, scenarios, ['587'], mailbox);
    expect(summary).toMatchObject({ exitCode: 0, counts: { failed: 0, errored: 0, 'not-arranged': 0 } });
  });

  test('shows no secret in its transcripts', async () => {
    await using sandbox = await createSandbox({ smarthost: mailbox.smtp });
    expect(await leakedSecrets(sandbox)).toEqual([]);
  });
});
