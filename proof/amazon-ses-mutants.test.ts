/** Wrong gateways of the second provider, each shown to its suite. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { amazonSes } from '../src/contract/amazon-ses/amazon-ses.ts';
import type { MailboxHost } from '../src/mailbox/mailbox.ts';
import { sesDecisionMutants } from './mutants/amazon-ses-decisions.ts';
import { sesQuotaMutants } from './mutants/amazon-ses-quotas.ts';
import { sesReplyMutants } from './mutants/amazon-ses-replies.ts';
import { openProofMailbox, proveMutants, type Proof } from './prove.ts';
import { loadSuite } from './suite.ts';

const mutants = [...sesReplyMutants, ...sesDecisionMutants, ...sesQuotaMutants];
const scenarios = await loadSuite(amazonSes);

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

test('there are forty at least, each with a name of its own', () => {
  expect(mutants.length).toBeGreaterThanOrEqual(40);
  expect(mutants.map(({ id }) => id)).toEqual([...new Set(mutants.map(({ id }) => id))]);
});

describe('a gateway that is wrong in one way turns the run red for the right reason', () => {
  test.for(mutants)('$id: the gateway $wrong', { timeout: 120_000 }, async ({ id }) => {
    const proof = await proofs.get(id);
    expect(proof, `wrongly red: ${proof?.wronglyRed.join(', ')}`).toMatchObject({
      wronglyRed: [],
      errored: [],
    });
    expect(proof?.hits).toBeGreaterThan(0);
    expect(proof?.right.length, `found instead: ${proof?.otherRule}`).toBeGreaterThan(0);
    for (const { outcome, expected, received } of proof?.right ?? []) {
      expect(outcome).toMatch(/^(?:failed|differs)$/);
      expect(expected).not.toBe(received);
    }
  });
});
