import { emailmassivoModel } from '../src/conformance/property/emailmassivo/model.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { explore } from '../src/conformance/property/explore.ts';
import { openGauntletTarget } from '../src/conformance/target/gauntlet-target.ts';
import { openMailboxClient } from '../src/mailbox/client.ts';
import type { MailboxHost } from '../src/mailbox/mailbox.ts';
import { createSandbox } from '../src/sandbox/sandbox.ts';
import { sessionMutants } from './mutants/in-sessions.ts';
import { openProofMailbox } from './prove.ts';

let mailbox: MailboxHost;
beforeAll(async () => {
  mailbox = await openProofMailbox();
});
afterAll(() => mailbox[Symbol.asyncDispose]());

/** Generated scenarios of the property until one must have found it. */
const RUNS = 900;

test.each(sessionMutants.map(([property, mutant]) => ({ property, mutant, ...mutant })))(
  '$property finds that the gateway $wrong',
  { timeout: 180_000 },
  async ({ property, mutant, id, rule, alsoTouches }) => {
    const parts = mutant.parts(() => undefined, mailbox.smtp);
    await using sandbox = await createSandbox({ smarthost: mailbox.smtp, parts });
    await using target = await openGauntletTarget({
      controlApi: sandbox.controlUrl,
      unique: `s${id.slice(0, 20)}x`,
    });
    const { counterexample } = await explore({
      model: emailmassivoModel,
      target,
      mailbox: openMailboxClient(mailbox.api),
      property,
      runs: RUNS,
      seed: 'of the test',
      today: '2026-01-01',
      now: () => performance.now(),
      replyTimeoutMs: 3_000,
      jobs: 8,
      shrinks: false,
    });
    expect([rule, ...alsoTouches]).toContain(counterexample?.finding.rule);
  },
);
