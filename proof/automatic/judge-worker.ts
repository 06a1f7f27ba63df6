/**
 * `node judge-worker.ts TREE`: judges mutants of an instrumented tree, one after another, as its parent tells it. The
 * prover runs here, from the project's own sources; each mutant's gateway is a process of its own.
 */
import { emailmassivo } from '../../src/contract/emailmassivo/emailmassivo.ts';
import { openGauntletTarget } from '../../src/conformance/target/gauntlet-target.ts';
import { TargetError } from '../../src/conformance/target/target.ts';
import type { CaseContext } from '../../src/conformance/runner/play-case.ts';
import { multiplyByModes, type MatrixCase } from '../../src/conformance/scenario/matrix.ts';
import { modes } from '../../src/contract/emailmassivo/transition.ts';
import type { MailboxHost } from '../../src/mailbox/mailbox.ts';
import { followForProof, openProofMailbox } from '../prove.ts';
import { loadSuite } from '../suite.ts';
import { GatewayGone, GatewayProcess } from './gateway-process.ts';
import { judgeGenerated } from './judge-generated.ts';
import { judgeScripted } from './judge-scripted.ts';
import type { Judgement, Verdict } from './verdict.ts';

/** One mutant to judge. */
export interface Task {
  readonly id: string;
  readonly number: string;
  /** The ids of the cases that judge it, the likeliest first. */
  readonly cases: readonly string[];
  /** What the suite made of it, where that is known. */
  readonly scripted: Judgement | undefined;
  /** Generated scenarios of each property, and their seed; none leaves the survivor to another run. */
  readonly generated: { readonly runs: number; readonly seed: string };
}

/** A gateway that never answers is caught sooner than a patient tester would. */
const REPLY_TIMEOUT_MS = 2_500;
const CASE_TIMEOUT_MS = 30_000;
/** How long the second start may take. */
const PATIENT_START_MS = 90_000;

const [tree] = process.argv.slice(2);
if (tree === undefined) throw new Error('The folder of the instrumented tree is missing.');
const cases = new Map(multiplyByModes(await loadSuite(), modes).map((one) => [one.id, one]));
const mailbox = await openProofMailbox();
process.on('message', (task) => {
  // the parent is ours and says nothing else
  judge(task as Task, tree, mailbox, cases).then(
    (verdict) => process.send?.(verdict),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
// what a killed gateway leaves behind in the prover is no fault of the prover
process.on('unhandledRejection', () => undefined);

async function judge(
  task: Task,
  folder: string,
  host: MailboxHost,
  known: ReadonlyMap<string, MatrixCase>,
): Promise<Verdict> {
  const began = performance.now();
  const own = task.cases.flatMap((id) => known.get(id) ?? []);
  const scripted =
    task.scripted ??
    (own.length === 0
      ? ({ kind: 'survived', played: 0, unrepeated: 0 } as const)
      : await onGateway(folder, task, host, 's', (gateway, options) =>
          judgeScripted(gateway, { ...options, emit: () => undefined }, own),
        ));
  const generated =
    scripted.kind === 'caught' || task.generated.runs === 0
      ? undefined
      : await onGateway(folder, task, host, 'g', (gateway, options) =>
          judgeGenerated(gateway, options, task.generated),
        );
  return { id: task.id, scripted, generated, ms: Math.round(performance.now() - began) };
}

type Options = Omit<CaseContext, 'emit'>;

/** Judges on a fresh gateway with the mutant switched on; one that cannot even start is caught. */
async function onGateway(
  folder: string,
  { id, number }: Pick<Task, 'id' | 'number'>,
  host: MailboxHost,
  part: string,
  work: (gateway: GatewayProcess, options: Options) => Promise<Judgement>,
  startMs?: number,
): Promise<Judgement> {
  using gateway = new GatewayProcess(folder, number, startMs);
  let isStarted = false;
  try {
    const controlApi = await gateway.start(host.smtp);
    isStarted = true;
    await using target = await openGauntletTarget({ controlApi, unique: `${part}${id}` });
    await using followed = await followForProof(host);
    return await work(gateway, {
      contract: emailmassivo,
      target,
      mailbox: followed,
      now: () => performance.now(),
      replyTimeoutMs: REPLY_TIMEOUT_MS,
      caseTimeoutMs: CASE_TIMEOUT_MS,
    });
  } catch (error) {
    const gone: unknown = gateway.gone.aborted ? gateway.gone.reason : error;
    // on a busy machine a gateway starts late; one that hangs does so with all the patience in the world
    if (gone instanceof GatewayGone && gone.how === 'hang' && !isStarted && startMs === undefined)
      return await onGateway(folder, { id, number }, host, part, work, PATIENT_START_MS);
    if (gone instanceof GatewayGone)
      return { kind: 'caught', how: gone.how, by: 'start', rule: undefined, what: gone.message };
    if (error instanceof TargetError)
      return { kind: 'caught', how: 'errored', by: 'start', rule: undefined, what: error.message };
    throw error;
  }
}
