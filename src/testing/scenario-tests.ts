import { fileURLToPath } from 'node:url';
import { dirname, resolve } from 'node:path';
import type { Contract } from '../contract/contract.ts';
import type { Mode } from '../contract/modes.ts';
import type { RunEvent } from '../conformance/result/run-event.ts';
import { showCaseFindings } from '../conformance/report/case-findings.ts';
import { playCase } from '../conformance/runner/play-case.ts';
import { loadScenarios } from '../conformance/scenario/load-scenarios.ts';
import { suiteOf } from '../conformance/scenario/suite.ts';
import { multiplyByModes, type MatrixCase } from '../conformance/scenario/matrix.ts';
import { showScenarioError } from '../conformance/scenario/scenario-error.ts';
import { openGauntletTarget } from '../conformance/target/gauntlet-target.ts';
import type { Target } from '../conformance/target/target.ts';
import { openMailboxClient, type MailboxClient } from '../mailbox/client.ts';
import { defaultProvider } from '../sandbox/default-provider.ts';
import { openTestGateway, type TestGatewayOptions } from './test-gateway.ts';

/** Which scenarios become tests, and on which gateway they are played. */
export interface ScenariosOptions extends TestGatewayOptions {
  /** Files, folders or case ids; the folder `scenarios` unless said. */
  readonly paths?: readonly string[];
  /** All that the provider has unless said. */
  readonly modes?: readonly Mode[];
  /** A gateway that runs elsewhere, by its control API, and the Mailpit that it delivers to; else one is started. */
  readonly gateway?: { readonly controlApi: string; readonly token?: string; readonly mailboxApi: string };
}

/** One case in one mode, as a test. */
export interface ScenarioTest {
  readonly mode: Mode;
  /** The file's title, and the case's own where the file has several. */
  readonly title: string;
  readonly caseTitle: string | undefined;
  /** Plays it; throws {@link ScenarioFailure} where something is found or could not be found out. */
  play(stage: ScenarioStage): Promise<PlayedTest>;
}

/** Played and passed, or why it says nothing. */
export type PlayedTest = { readonly kind: 'passed' } | { readonly kind: 'skipped'; readonly why: string };

/** What scenarios are played on. */
export interface ScenarioStage extends AsyncDisposable {
  readonly target: Target;
  readonly mailbox: MailboxClient;
}

/** A case that did not pass; its stack leads to the line of the scenario, and its message is the terminal's. */
export class ScenarioFailure extends Error {
  override readonly name = 'ScenarioFailure';
  readonly expected: string | undefined;
  readonly actual: string | undefined;

  constructor(
    message: string,
    place: { readonly file: string; readonly line: number; readonly column: number },
    compared: { readonly expected?: string; readonly actual?: string } = {},
  ) {
    super(message);
    this.expected = compared.expected;
    this.actual = compared.actual;
    this.stack = `${this.name}: ${message}\n    at scenario (${place.file}:${place.line}:${place.column})`;
  }
}

const suiteFolder = fileURLToPath(new URL('../../scenarios', import.meta.url));

/** Loads scenarios as tests; throws an error with every mistake in the files. */
export async function loadScenarioTests({
  paths = ['scenarios'],
  modes,
  provider = defaultProvider,
}: ScenariosOptions): Promise<readonly ScenarioTest[]> {
  const { contract } = provider;
  const { scenarios, errors } = await loadScenarios(paths, {
    suite: suiteOf(suiteFolder, contract.id),
    contract,
  });
  if (errors.length > 0) throw new Error(errors.map(showScenarioError).join('\n'));
  return multiplyByModes(scenarios, modes ?? contract.modes.map(({ mode }) => mode)).map((one) => {
    const { scenario, scenarioCase } = one;
    return {
      mode: one.mode,
      title: scenario.title,
      caseTitle: scenario.cases.length > 1 ? scenarioCase.title : undefined,
      play: (stage) => play(stage, one, contract),
    };
  });
}

/** Opens what scenarios are played on: a gateway of their own, or the one that is named. */
export async function openScenarioStage({
  gateway,
  paths: _paths,
  modes: _modes,
  ...own
}: ScenariosOptions): Promise<ScenarioStage> {
  await using opened = new AsyncDisposableStack();
  const started = gateway === undefined ? opened.use(await openTestGateway(own)) : undefined;
  const controlApi = gateway?.controlApi ?? started?.controlUrl ?? '';
  const token = gateway?.token;
  const unique = `v${Date.now().toString(36)}${process.pid}`;
  const target = opened.use(
    await openGauntletTarget({ controlApi, unique, ...(token === undefined ? {} : { token }) }),
  );
  const all = opened.move();
  return {
    target,
    mailbox: openMailboxClient(gateway?.mailboxApi ?? started?.mailboxApi ?? ''),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

async function play(
  { target, mailbox }: ScenarioStage,
  matrixCase: MatrixCase,
  contract: Contract,
): Promise<PlayedTest> {
  const events: RunEvent[] = [];
  const { outcome, why, findings, hasErred } = await playCase(
    {
      contract,
      target,
      mailbox,
      now: () => performance.now(),
      replyTimeoutMs: 10_000,
      emit: (event) => events.push(event),
    },
    matrixCase,
  );
  const { scenario, scenarioCase } = matrixCase;
  const [finding] = findings;
  if (finding !== undefined && outcome === 'failed') {
    const place = { file: pathOf(scenario.file), line: finding.line, column: finding.column };
    const { expected, received: actual } = finding;
    throw new ScenarioFailure(`${finding.message}\n${showCaseFindings(events)}`, place, { expected, actual });
  }
  if (hasErred || outcome === 'not-arranged') {
    // unknown is never green, and on a gateway with a control API all can be arranged
    throw new ScenarioFailure(`${outcome}: ${why ?? 'nobody knows why'}`, {
      file: pathOf(scenario.file),
      ...scenarioCase.position,
    });
  }
  return outcome === 'passed' ? { kind: 'passed' } : { kind: 'skipped', why: `${outcome}: ${why ?? ''}` };
}

/** A file of the package's suite is named by its folder, any other by the way to it. */
function pathOf(file: string): string {
  const inSuite = resolve(dirname(suiteFolder), file);
  return inSuite.startsWith(suiteFolder) ? inSuite : resolve(file);
}
