import { emailmassivoModel } from '../src/conformance/property/emailmassivo/model.ts';
import { explore } from '../src/conformance/property/explore.ts';
import { fuzzWire } from '../src/conformance/property/fuzz-wire.ts';
import { playText } from '../src/conformance/property/play-text.ts';
import { propertyNames } from '../src/conformance/property/emailmassivo/properties.ts';
import { openGauntletTarget } from '../src/conformance/target/gauntlet-target.ts';
import type { Requirement } from '../src/contract/requirement.ts';
import { openMailboxClient } from '../src/mailbox/client.ts';
import type { MailboxHost } from '../src/mailbox/mailbox.ts';
import { createSandbox } from '../src/sandbox/sandbox.ts';
import type { Mutant } from './mutant.ts';

/** What generated sessions made of a mutant. */
export interface ExplorerProof {
  readonly caught: boolean;
  /** Generated sessions until it was caught, or all of them; fuzzed ones are not counted. */
  readonly runs: number;
  readonly ms: number;
  /** The property that caught it. */
  readonly property: string | undefined;
  readonly findingRule: Requirement | undefined;
  /** Whether it was a counterexample that, read from its file's text and played again, broke the same rule; else fuzzing. */
  readonly replayed: boolean;
  /** Counterexamples that did not come again when they were played: alarms of a busy machine, which catch nothing. */
  readonly unrepeated: number;
}

/** Generated sessions of one property before the next has its turn, and how often each has one. */
const TURN = 60;
const TURNS = 4;
/** Octets in odd chunks after the first turns, for faults below the grammar. */
const INPUTS = 400;
/** A gateway that never answers is caught sooner than a patient tester would. */
const REPLY_TIMEOUT_MS = 1_200;

/** Generated sessions of a mutant at most. */
export const mostRuns = TURN * TURNS * propertyNames.length;

/** Explores a mutant, each property in turn, until something is found. The same seed draws the same sessions. */
export async function exploreMutant(
  mutant: Mutant,
  mailbox: MailboxHost,
  seed: string,
): Promise<ExplorerProof> {
  const began = performance.now();
  const parts = mutant.parts(() => undefined, mailbox.smtp);
  await using sandbox = await createSandbox({ smarthost: mailbox.smtp, parts });
  await using target = await openGauntletTarget({
    controlApi: sandbox.controlUrl,
    unique: `m${mutant.id.slice(0, 20)}x`,
  });
  const now = () => performance.now();
  const common = {
    contract: emailmassivoModel.contract,
    model: emailmassivoModel,
    target,
    mailbox: openMailboxClient(mailbox.api),
    now,
    replyTimeoutMs: REPLY_TIMEOUT_MS,
    jobs: 8,
  };
  let runs = 0;
  let unrepeated = 0;
  const ended = () => ({ runs, ms: Math.round(performance.now() - began), unrepeated });
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const property of propertyNames) {
      const exploration = await explore({
        ...common,
        property,
        runs: TURN,
        seed: `${seed} ${turn}`,
        today: '2026-01-01',
        shrinks: false,
        // the pairs once, and then what nobody has put together
        beginsWithPairs: turn === 0,
      });
      runs += exploration.runs;
      const { counterexample } = exploration;
      if (counterexample === undefined) continue;
      const again = await playText(common, counterexample.text);
      const findingRule = counterexample.finding.rule;
      if (again.kind === 'failed' && again.finding.rule === findingRule) {
        return { caught: true, ...ended(), property, findingRule, replayed: true };
      }
      unrepeated += 1;
    }
    const { violation } = await fuzzWire({ ...common, inputs: INPUTS, seed: `${seed} ${turn}` });
    if (violation !== undefined) {
      return { caught: true, ...ended(), property: 'wire', findingRule: violation.rule, replayed: false };
    }
  }
  return { caught: false, ...ended(), property: undefined, findingRule: undefined, replayed: false };
}
