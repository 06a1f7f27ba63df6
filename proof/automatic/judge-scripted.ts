import type { MatrixCase } from '../../src/conformance/scenario/matrix.ts';
import { playCase, type CaseContext, type CaseResult } from '../../src/conformance/runner/play-case.ts';
import type { GatewayProcess } from './gateway-process.ts';
import type { Judgement } from './verdict.ts';

/** Cases played side by side. */
const JOBS = 12;

/** Plays cases on a gateway until one is bad, and is bad again when it is played once more. */
export async function judgeScripted(
  gateway: GatewayProcess,
  context: CaseContext,
  cases: readonly MatrixCase[],
): Promise<Judgement> {
  const queue = cases.slice();
  let caught: Judgement | undefined;
  let unrepeated = 0;
  let played = 0;
  const work = async (): Promise<void> => {
    for (
      let next = queue.shift();
      next !== undefined && caught === undefined && !gateway.gone.aborted;
      next = queue.shift()
    ) {
      const first = await playCase(context, next);
      played += 1;
      // another one may have been found meanwhile
      if (!isBad(first) || caught !== undefined) continue;
      const gone = await gateway.whyGone();
      if (gone !== undefined) {
        caught ??= { kind: 'caught', how: gone.how, by: next.id, rule: undefined, what: gone.message };
        return;
      }
      const again = await playCase(context, next);
      if (isBad(again)) caught ??= tell(next, again);
      else unrepeated += 1;
    }
  };
  await Promise.all(Array.from({ length: Math.min(JOBS, cases.length) }, work));
  if (caught === undefined) gateway.gone.throwIfAborted();
  return caught ?? { kind: 'survived', played, unrepeated };
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
