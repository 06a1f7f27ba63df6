import type { MatrixCase } from '../../src/conformance/scenario/matrix.ts';
import { playCase, type CaseContext, type CaseResult } from '../../src/conformance/runner/play-case.ts';
import type { GatewayProcess } from './gateway-process.ts';
import type { Judgement } from './verdict.ts';

/** Cases played side by side. */
const JOBS = 12;

/** A case is played again with this patience: a machine that is busy must not catch anything. Milliseconds. */
const PATIENT = { replyTimeoutMs: 10_000, caseTimeoutMs: 45_000 };

/**
 * Plays cases on a gateway until one is bad, and is bad again when it is played once more: alone, with nothing beside it,
 * and with more patience.
 */
export async function judgeScripted(
  gateway: GatewayProcess,
  context: CaseContext,
  cases: readonly MatrixCase[],
): Promise<Judgement> {
  const queue = cases.slice();
  let unrepeated = 0;
  let played = 0;
  while (queue.length > 0) {
    const suspects: MatrixCase[] = [];
    const work = async (): Promise<void> => {
      while (suspects.length === 0 && !gateway.gone.aborted) {
        const next = queue.shift();
        if (next === undefined) return;
        const first = await playCase(context, next);
        played += 1;
        if (isBad(first)) suspects.push(next);
      }
    };
    await Promise.all(Array.from({ length: Math.min(JOBS, queue.length) }, work));
    for (const suspect of suspects) {
      const gone = await gateway.whyGone();
      if (gone !== undefined) {
        return { kind: 'caught', how: gone.how, by: suspect.id, rule: undefined, what: gone.message };
      }
      const again = await playCase({ ...context, ...PATIENT }, suspect);
      if (isBad(again)) return tell(suspect, again);
      unrepeated += 1;
    }
    gateway.gone.throwIfAborted();
  }
  return { kind: 'survived', played, unrepeated };
}

/** What makes a run end with 1. */
function isBad({ findings, hasErred }: CaseResult): boolean {
  return hasErred || findings.some(({ outcome }) => outcome === 'failed');
}

function tell({ id }: MatrixCase, { findings, why }: CaseResult): Judgement {
  const [finding] = findings;
  return {
    kind: 'caught',
    how: finding === undefined ? 'errored' : 'finding',
    by: id,
    rule: finding?.rule,
    what:
      finding === undefined
        ? (why ?? 'errored')
        : `expected ${finding.expected}, received ${finding.received}`,
  };
}
