import { emailmassivo } from '../../contract/emailmassivo/emailmassivo.ts';
import type { Mode } from '../../contract/modes.ts';
import type { MailboxClient } from '../../mailbox/client.ts';
import type { RunEvent } from '../result/run-event.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { runSuite, type RunOptions, type RunSummary } from './runner.ts';
import { plainMode, startScriptedTarget, type ScriptedOptions } from './scripted-gateway-fixture.ts';

// Plays one scenario on a scripted gateway, for the runner's own tests.

/** What came of it, in short. */
export interface Played {
  readonly summary: RunSummary;
  readonly events: readonly RunEvent[];
  /** `rule line:column expected / received` */
  readonly findings: readonly string[];
  /** `outcome why` of each case. */
  readonly outcomes: readonly string[];
}

/** What a test wants of the gateway, the mailbox and the run. */
export interface Play extends ScriptedOptions {
  readonly modes?: readonly Mode[];
  readonly mailbox?: MailboxClient;
  readonly more?: Partial<RunOptions>;
}

/** Plays a scenario; the gateway lives as long as the run. */
export async function play(scenario: Scenario, options: Play = {}): Promise<Played> {
  await using target = await startScriptedTarget(options);
  const events: RunEvent[] = [];
  let time = 0;
  const summary = await runSuite({
    contract: emailmassivo,
    scenarios: [scenario],
    modes: options.modes ?? [plainMode],
    target,
    mailbox: options.mailbox,
    emit: (event) => events.push(event),
    now: () => (time += 1),
    replyTimeoutMs: 2_000,
    seed: 's',
    suite: 'test',
    startedAt: '2026-01-01T00:00:00.000Z',
    node: 'v24',
    ...options.more,
  });
  return {
    summary,
    events,
    findings: events.flatMap((event) =>
      event.kind === 'finding'
        ? [
            `${event.finding.rule} ${event.finding.line}:${event.finding.column} ${event.finding.expected} / ${event.finding.received}`,
          ]
        : [],
    ),
    outcomes: events.flatMap((event) =>
      event.kind === 'case-finished' ? [[event.outcome, event.why ?? []].flat().join(' ')] : [],
    ),
  };
}

/** Answers by the whole line. */
export const answering =
  (table: Readonly<Record<string, string>>) =>
  (line: string): string | undefined =>
    table[line];
