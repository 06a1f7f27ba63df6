import { randomBytes } from 'node:crypto';
import { runSuite, type RunSummary } from '../src/conformance/runner/runner.ts';
import type { RunEvent } from '../src/conformance/result/run-event.ts';
import type { Scenario } from '../src/conformance/scenario/scenario.ts';
import { openGauntletTarget } from '../src/conformance/target/gauntlet-target.ts';
import type { Mode } from '../src/contract/modes.ts';
import { openMailboxClient } from '../src/mailbox/client.ts';
import { openMailbox } from '../src/mailbox/mailbox.ts';
import { createSandbox, type SandboxParts } from '../src/sandbox/sandbox.ts';

/** What a suite said of a gateway. */
export interface Verdict {
  readonly summary: RunSummary;
  readonly events: readonly RunEvent[];
}

/** Runs scenarios on a gateway with these parts in place of its own. */
export async function runOn(
  parts: SandboxParts,
  scenarios: readonly Scenario[],
  modes: readonly Mode[],
): Promise<Verdict> {
  await using mailbox = await openMailbox({ kind: 'embedded' });
  const seed = randomBytes(6).toString('hex');
  await using sandbox = await createSandbox({ smarthost: mailbox.smtp, seed, parts });
  await using target = await openGauntletTarget({ controlApi: sandbox.controlUrl, unique: `p${seed}` });
  const events: RunEvent[] = [];
  const summary = await runSuite({
    scenarios,
    modes,
    target,
    mailbox: openMailboxClient(mailbox.api),
    emit: (event) => events.push(event),
    now: () => performance.now(),
    // a gateway that never answers is caught sooner than a patient tester would
    replyTimeoutMs: 3_000,
    seed,
    suite: 'proof',
    startedAt: new Date().toISOString(),
    node: process.version,
  });
  return { summary, events };
}
