import { escapeControls } from '../../conformance/report/escape-controls.ts';
import { playCase } from '../../conformance/runner/play-case.ts';
import { multiplyByModes } from '../../conformance/scenario/matrix.ts';
import { openGauntletTarget } from '../../conformance/target/gauntlet-target.ts';
import { openMailboxClient } from '../../mailbox/client.ts';
import { parseModes } from '../options.ts';
import { providers } from '../providers.ts';
import { readScenarios } from '../read-scenarios.ts';
import { chooseGateway, openGateway, type GatewayRequest } from '../gateway-choice.ts';
import type { Settings } from '../settings.ts';

/** What `gauntlet replay` was asked. */
export interface ReplayRequest extends Omit<GatewayRequest, 'seed'> {
  readonly paths: readonly string[];
}

/** How long a reply is waited for, in milliseconds. */
const REPLY_TIMEOUT_MS = 10_000;

/** Plays counterexamples again and says what became of each: fixed, still fails, errored. Resolves with the exit code. */
export async function replayCommand(request: ReplayRequest, settings: Settings): Promise<number> {
  const paths = request.paths.length === 0 ? ['reports/counterexamples'] : request.paths;
  const { contract } = request.provider ?? providers[0];
  const scenarios = await readScenarios(paths, settings, contract);
  await using gateway = await openGateway({ ...request, seed: 'replay' }, chooseGateway(request), settings);
  const { url: controlApi, token } = gateway.controlApi;
  await using target = await openGauntletTarget({
    controlApi,
    unique: `y${Date.now().toString(36)}`,
    ...(token === undefined ? {} : { token }),
  });
  const context = {
    contract,
    target,
    mailbox: openMailboxClient(gateway.mailboxApi),
    now: () => performance.now(),
    replyTimeoutMs: REPLY_TIMEOUT_MS,
    emit: () => undefined,
  };
  let bad = 0;
  for (const matrixCase of multiplyByModes(scenarios, parseModes([], contract))) {
    const { outcome, findings, why } = await playCase(context, matrixCase);
    const [finding] = findings;
    const word = outcome === 'passed' ? 'fixed' : outcome === 'failed' ? 'still fails' : outcome;
    if (outcome !== 'passed') bad += 1;
    const more =
      finding === undefined
        ? why
        : `${finding.file}:${finding.line}:${finding.column}: expected ${finding.expected}, received ${finding.received} (${finding.rule})`;
    settings.terminal.write(`${word.padEnd(12)}${matrixCase.id}\n`);
    if (more !== undefined) settings.terminal.write(`            ${escapeControls(more)}\n`);
  }
  return bad > 0 ? 1 : 0;
}
