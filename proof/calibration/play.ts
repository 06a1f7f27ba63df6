import { emailmassivo } from '../../src/contract/emailmassivo/emailmassivo.ts';
import { fileURLToPath } from 'node:url';
import { runSuite } from '../../src/conformance/runner/runner.ts';
import type { RunEvent } from '../../src/conformance/result/run-event.ts';
import { loadScenarios } from '../../src/conformance/scenario/load-scenarios.ts';
import { suiteOf } from '../../src/conformance/scenario/suite.ts';
import { openDescribedTarget } from '../../src/conformance/target/described-target.ts';
import { readTargetDescription } from '../../src/conformance/target/target-description.ts';
import { isMode } from '../../src/contract/emailmassivo/transition.ts';
import { openMailboxClient } from '../../src/mailbox/client.ts';
import type { CalibrationServer } from './servers.ts';

/** The scenarios that any SMTP server can be held to. */
const protocolScenarios = ['protocol'];

/** Plays scenarios on a server in each of its modes, those of the protocol unless said, and gives all that was found. */
export async function playOn(
  server: CalibrationServer,
  paths: readonly string[] = protocolScenarios,
): Promise<readonly RunEvent[]> {
  const suiteFolder = fileURLToPath(new URL('../../scenarios', import.meta.url));
  const { scenarios, errors } = await loadScenarios(paths, {
    suite: suiteOf(suiteFolder, emailmassivo.id),
    contract: emailmassivo,
  });
  if (errors[0] !== undefined) throw errors[0];
  const description = readTargetDescription(
    JSON.stringify(server.description),
    'the description',
    emailmassivo,
  );
  const { mailbox } = description;
  await using target = openDescribedTarget({
    description,
    certificateAuthority: server.certificateAuthority,
    unique: `c${process.pid}${Date.now().toString(36)}`,
  });
  const events: RunEvent[] = [];
  const summary = await runSuite({
    contract: emailmassivo,
    scenarios,
    modes: Object.keys(description.modes).filter(isMode),
    target,
    mailbox: mailbox === undefined ? undefined : openMailboxClient(mailbox),
    emit: (event) => events.push(event),
    now: () => performance.now(),
    seed: 'calibration',
    suite: 'protocol',
    startedAt: new Date().toISOString(),
    node: process.version,
    replyTimeoutMs: 5_000,
  });
  if (summary.exitCode === 2) throw new Error(summary.why);
  return events;
}
