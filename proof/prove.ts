import { randomBytes } from 'node:crypto';
import type { CaseMailbox } from '../src/conformance/runner/read-copies.ts';
import { runSuite, type RunSummary } from '../src/conformance/runner/runner.ts';
import type { Finding } from '../src/conformance/result/finding.ts';
import type { RunEvent } from '../src/conformance/result/run-event.ts';
import { coveredRules } from '../src/conformance/scenario/covered-rules.ts';
import type { Scenario, ScenarioCase } from '../src/conformance/scenario/scenario.ts';
import { openGauntletTarget } from '../src/conformance/target/gauntlet-target.ts';
import { ruleOf } from '../src/contract/contract.ts';
import type { Mode } from '../src/contract/modes.ts';
import type { Requirement } from '../src/contract/requirement.ts';
import type { RuleId } from '../src/contract/rule.ts';
import { openMailboxClient } from '../src/mailbox/client.ts';
import { followMailbox } from '../src/mailbox/followed-mailbox.ts';
import { openMailbox, type MailboxHost } from '../src/mailbox/mailbox.ts';
import { emailmassivoSandbox } from '../src/sandbox/policy/emailmassivo/provider.ts';
import type { SandboxProvider } from '../src/sandbox/policy/provider.ts';
import { createSandbox, type SandboxParts } from '../src/sandbox/sandbox.ts';
import type { Mutant } from './mutant.ts';
import { openNextHost } from './next-host.ts';
import { leakedSecrets } from './secrets.ts';

/** How much of the suite a mutant is shown: what covers its rule and a sample of the rest, or everything everywhere. */
export type Breadth = 'sample' | 'everything';

/** What a suite said of a gateway. */
export interface Verdict {
  readonly summary: RunSummary;
  readonly events: readonly RunEvent[];
}

/** A finding, and the case that made it. */
export type CaseFinding = Pick<Finding, 'outcome' | 'expected' | 'received'> & {
  readonly case: string;
  /** Where in a scenario it was expected; a control test has no such place. */
  readonly place: Pick<Finding, 'file' | 'line' | 'column'> | undefined;
};

/** What became of one mutant. */
export interface Proof {
  readonly mutant: Mutant;
  /** How often the fault came to bear. */
  readonly hits: number;
  /** Findings of the mutant's rule, in cases that cover it. */
  readonly right: readonly CaseFinding[];
  /** The rule of the first finding where none is right. */
  readonly otherRule: Requirement | undefined;
  /** Cases that have nothing to do with the fault and did not pass, each with what was found first. */
  readonly wronglyRed: readonly string[];
  /** Cases of which nobody could find out. */
  readonly errored: readonly string[];
  readonly ms: number;
}

/** The cases of unrelated rules that each mutant is shown. */
const SAMPLE = 12;
/** Sooner than a patient tester gives a gateway up, and later than one of several in a busy process answers. */
const REPLY_TIMEOUT_MS = 8_000;

/** Whether the suite passed the gate on a mutant: hit, caught, for the right reason, and nothing else turned red. */
export function isCaught({ hits, right, wronglyRed, errored }: Proof): boolean {
  return hits > 0 && right.length > 0 && wronglyRed.length === 0 && errored.length === 0;
}

/** Runs scenarios on a gateway with these parts in place of its own. */
export async function runOn(
  parts: SandboxParts,
  scenarios: readonly Scenario[],
  modes: readonly Mode[],
  mailbox: MailboxHost,
  provider: SandboxProvider = emailmassivoSandbox,
): Promise<Verdict> {
  const seed = randomBytes(6).toString('hex');
  await using sandbox = await createSandbox({ provider, smarthost: mailbox.smtp, seed, parts });
  await using target = await openGauntletTarget({ controlApi: sandbox.controlUrl, unique: `p${seed}` });
  await using followed = await followForProof(mailbox);
  const events: RunEvent[] = [];
  const summary = await runSuite({
    contract: provider.contract,
    scenarios,
    modes,
    target,
    mailbox: followed,
    emit: (event) => events.push(event),
    now: () => performance.now(),
    replyTimeoutMs: REPLY_TIMEOUT_MS,
    seed,
    suite: 'proof',
    startedAt: new Date().toISOString(),
    node: process.version,
  });
  return { summary, events };
}

/** Shows a mutant to the suite. */
export async function proveMutant(
  mutant: Mutant,
  scenarios: readonly Scenario[],
  mailbox: MailboxHost,
  breadth: Breadth,
): Promise<Proof> {
  const began = performance.now();
  let hits = 0;
  const parts = mutant.parts(() => {
    hits += 1;
  }, mailbox.smtp);
  const proof =
    ruleOf(contractOf(mutant), mutant.rule).shownBy === 'control test'
      ? await proveByControl(parts, mailbox)
      : await proveByScenarios(mutant, parts, scenarios, mailbox, breadth);
  return { mutant, hits, ...proof, ms: Math.round(performance.now() - began) };
}

/** One gateway that cannot be shown at all must not take the proofs of all others with it. */
async function proveMutantOrSay(
  mutant: Mutant,
  ...how: [scenarios: readonly Scenario[], mailbox: MailboxHost, breadth: Breadth]
): Promise<Proof> {
  try {
    return await proveMutant(mutant, ...how);
  } catch (fault) {
    const errored = [fault instanceof Error ? fault.message : String(fault)];
    return { mutant, hits: 0, right: [], otherRule: undefined, wronglyRed: [], errored, ms: 0 };
  }
}

/** Mutants shown side by side. */
const JOBS = 4;

/** Shows mutants to the suite, a few at a time; each has its proof as soon as it is there. */
export function proveMutants(
  mutants: readonly Mutant[],
  scenarios: readonly Scenario[],
  mailbox: MailboxHost,
  breadth: Breadth,
): ReadonlyMap<string, Promise<Proof>> {
  const proofs = new Map(mutants.map((mutant) => [mutant.id, Promise.withResolvers<Proof>()]));
  const queue = mutants.slice();
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      proofs.get(next.id)?.resolve(await proveMutantOrSay(next, scenarios, mailbox, breadth));
    }
  };
  for (let job = 0; job < JOBS; job += 1) void work();
  return new Map([...proofs].map(([id, { promise }]) => [id, promise]));
}

/** The mailbox of many gateways side by side. It has room for the mail of all: what it forgets some case may still look for. */
export async function openProofMailbox(): Promise<MailboxHost> {
  const mailbox = await openMailbox({ kind: 'embedded' });
  const nextHost = await openNextHost(mailbox.smtp);
  return {
    ...mailbox,
    smtp: { host: nextHost.host, port: nextHost.port },
    [Symbol.asyncDispose]: async () => {
      await nextHost[Symbol.asyncDispose]();
      await mailbox[Symbol.asyncDispose]();
    },
  };
}

/**
 * Follows the mailbox of many gateways for one of them. Nothing is deleted: while pages are read only the end of the list
 * may move.
 */
export async function followForProof({ api }: MailboxHost): Promise<CaseMailbox & AsyncDisposable> {
  const followed = await followMailbox(openMailboxClient(api), { isOurs: true });
  return { ...followed, forget: () => undefined };
}

type Found = Omit<Proof, 'mutant' | 'hits' | 'ms'>;

async function proveByScenarios(
  mutant: Mutant,
  parts: SandboxParts,
  scenarios: readonly Scenario[],
  mailbox: MailboxHost,
  breadth: Breadth,
): Promise<Found> {
  const contract = contractOf(mutant);
  const own = mutant.modes ?? ['587'];
  const modes = breadth === 'everything' ? contract.modes.map(({ mode }) => mode) : own;
  const chosen = breadth === 'everything' ? undefined : chooseCases(mutant, scenarios, own);
  const shown = scenarios.map((each) => ({
    ...each,
    cases: each.cases.filter((one) => chosen?.has(one) ?? true),
  }));
  const { events } = await runOn(parts, shown, modes, mailbox, mutant.provider);
  const covering = new Map(
    scenarios.flatMap(({ cases }) => cases.map((each) => [each.id, new Set(coveredRules(contract, each))])),
  );
  const started = new Map(
    events.flatMap((event) => (event.kind === 'case-started' ? [[event.case, event]] : [])),
  );
  const coveredBy = (id: string) => covering.get(started.get(id)?.group ?? '') ?? new Set<RuleId>();
  const findings = events.flatMap((event) =>
    event.kind === 'finding' ? [{ ...event.finding, place: event.finding, case: event.case }] : [],
  );
  // what is told as the author's own expectation names no rule
  const broken = findings.filter((one) => one.own !== true);
  const finished = events.flatMap((event) => (event.kind === 'case-finished' ? [event] : []));
  // where the mutant takes a mode down, the smoke case tells, and the mode's other cases are not arranged
  const down = new Set(
    finished.flatMap((event) =>
      covering.has(started.get(event.case)?.group ?? '') ? [] : [modeOf(started, event)],
    ),
  );
  const touched = new Set<Requirement>([mutant.rule, ...mutant.alsoTouches]);
  return {
    right: broken.filter((one) => one.rule === mutant.rule && coveredBy(one.case).has(mutant.rule)),
    otherRule: (broken[0] ?? findings[0])?.rule,
    wronglyRed: finished
      .filter((event) => event.outcome !== 'passed' && covering.has(started.get(event.case)?.group ?? ''))
      .filter((event) => event.outcome !== 'not-arranged' || !down.has(modeOf(started, event)))
      .filter((event) => touched.isDisjointFrom(coveredBy(event.case)))
      // what holds in every case is checked in every case: a finding there that names the fault is no false alarm
      .filter((event) => !broken.some((one) => one.case === event.case && touched.has(one.rule)))
      .map((event) => showRed(event.case, findings)),
    errored: finished.filter(({ outcome }) => outcome === 'errored').map((event) => event.case),
  };
}

function showRed(id: string, findings: readonly (CaseFinding & Pick<Finding, 'rule'>)[]): string {
  const first = findings.find((finding) => finding.case === id);
  return first === undefined
    ? id
    : `${id} (${first.rule}: expected ${first.expected}, received ${first.received})`;
}

function modeOf(
  started: ReadonlyMap<string, { readonly mode: Mode }>,
  event: { readonly case: string },
): Mode | undefined {
  return started.get(event.case)?.mode;
}

function contractOf({
  provider = emailmassivoSandbox,
}: Pick<Mutant, 'provider'>): SandboxProvider['contract'] {
  return provider.contract;
}

/** What only the control API shows: the transcripts, in which no secret may stand. */
async function proveByControl(parts: SandboxParts, mailbox: MailboxHost): Promise<Found> {
  await using sandbox = await createSandbox({ smarthost: mailbox.smtp, parts });
  const leaked = await leakedSecrets(sandbox);
  return {
    right: leaked.map((secret) => ({
      case: 'proof/secrets',
      outcome: 'failed',
      place: undefined,
      expected: 'a blank',
      received: secret,
    })),
    otherRule: undefined,
    wronglyRed: [],
    errored: [],
  };
}

/** The cases that cover the mutant's rule, and a sample of those that have nothing to do with it. */
function chooseCases(
  mutant: Mutant,
  scenarios: readonly Scenario[],
  modes: readonly Mode[],
): ReadonlySet<ScenarioCase> {
  const { id, rule, alsoTouches } = mutant;
  const contract = contractOf(mutant);
  const cases = scenarios
    .flatMap((scenario) => scenario.cases)
    .filter((each) => each.modes.some((mode) => modes.includes(mode)));
  const touched = new Set<Requirement>([rule, ...alsoTouches]);
  const unrelated = cases.filter((each) => touched.isDisjointFrom(new Set(coveredRules(contract, each))));
  const sample = unrelated
    .map((each) => ({ each, order: hash(`${id} ${each.id}`) }))
    .toSorted((left, right) => left.order - right.order)
    .slice(0, SAMPLE);
  return new Set([
    ...cases.filter((each) => coveredRules(contract, each).includes(rule)),
    ...sample.map(({ each }) => each),
  ]);
}

/** FNV-1a: the same mutant is always shown the same sample. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return value;
}
