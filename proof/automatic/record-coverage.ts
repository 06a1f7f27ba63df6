import { emailmassivo } from '../../src/contract/emailmassivo/emailmassivo.ts';
import { openGauntletTarget } from '../../src/conformance/target/gauntlet-target.ts';
import type { MatrixCase } from '../../src/conformance/scenario/matrix.ts';
import { playCase } from '../../src/conformance/runner/play-case.ts';
import type { MailboxHost } from '../../src/mailbox/mailbox.ts';
import { followForProof } from '../prove.ts';
import { GatewayProcess } from './gateway-process.ts';

/** Which mutants are reached by what: numbers of the instrumented tree. */
export interface Coverage {
  /** While modules are read and while the gateway starts: whatever changes there may change every case. */
  readonly always: readonly string[];
  readonly cases: Readonly<Record<string, readonly string[]>>;
  /** Cases that do not pass although nothing is wrong; they judge nobody. */
  readonly red: readonly string[];
}

/** Gateways that are recorded side by side, each one case at a time. */
const LANES = 3;
/** Nothing is wrong with these gateways: one that is slow to answer is on a busy machine. */
const PATIENCE_MS = 120_000;

/** Plays every case alone on a gateway without a mutant, and records what each reaches. */
export async function recordCoverage(
  tree: string,
  cases: readonly MatrixCase[],
  mailbox: MailboxHost,
): Promise<Coverage> {
  const queue = cases.slice();
  const always = new Set<string>();
  const reached: Record<string, readonly string[]> = {};
  const red: string[] = [];
  const lane = async (_: unknown, number: number): Promise<void> => {
    using gateway = new GatewayProcess(tree, undefined, PATIENCE_MS);
    const controlApi = await gateway.start(mailbox.smtp);
    await using target = await openGauntletTarget({ controlApi, unique: `coverage${number}` });
    await using followed = await followForProof(mailbox);
    const context = {
      contract: emailmassivo,
      target,
      mailbox: followed,
      now: () => performance.now(),
      replyTimeoutMs: 10_000,
      emit: () => undefined,
    };
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      await gateway.beginCase(next.id);
      const first = await playCase(context, next);
      const passed = first.outcome === 'passed' || (await playCase(context, next)).outcome === 'passed';
      if (!passed) red.push(next.id);
    }
    const { load, cases: own } = await gateway.coverage();
    for (const [id, numbers] of Object.entries(own)) if (id !== '') reached[id] = numbers;
    for (const id of [...load, ...(own[''] ?? [])]) always.add(id);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return { always: [...always], cases: reached, red };
}
