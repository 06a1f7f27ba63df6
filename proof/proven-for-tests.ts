import { afterAll, beforeAll, expect } from 'vitest';
import type { MailboxHost } from '../src/mailbox/mailbox.ts';
import type { Mutant } from './mutant.ts';
import { openProofMailbox, proveMutants, type Proof } from './prove.ts';

/** Mutants that are shown to a suite side by side, each awaited by its own test. */
export interface Proven {
  /** The mailbox in which their mail ends; there once the tests run. */
  readonly mailbox: () => MailboxHost;
  /** The proof of a mutant, once it is there; fails where the mutant is not caught, or anything else is red. */
  readonly caught: (id: string) => Promise<Proof>;
}

/** Shows mutants to scenarios before the tests of a file, and ends with them. */
export function proveForTests(
  mutants: readonly Mutant[],
  scenarios: Parameters<typeof proveMutants>[1],
): Proven {
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
  return {
    mailbox: () => mailbox,
    caught: async (id) => {
      const proof = await proofs.get(id);
      if (proof === undefined) throw new Error(`No proof was begun for the mutant ${id}.`);
      expect(proof, `wrongly red: ${proof.wronglyRed.join(', ')}`).toMatchObject({
        wronglyRed: [],
        errored: [],
      });
      expect(proof.hits).toBeGreaterThan(0);
      expect(proof.right.length, `found instead: ${proof.otherRule}`).toBeGreaterThan(0);
      for (const { expected, received } of proof.right) expect(expected).not.toBe(received);
      return proof;
    },
  };
}
