import type { AutomaticMutant } from './automatic-mutant.ts';
import {
  lookOfKind,
  type LookBook,
  type LookedAt,
  type LookKind,
  type UnreachedPlaces,
} from './looked-at.ts';
import { shareOf, showShare, type Share } from './share.ts';
import { isCaught, type Verdict } from './verdict.ts';

/** A mutant, what became of it, and what was found by whoever looked at it. */
export interface Judged {
  readonly mutant: AutomaticMutant;
  readonly verdict: Verdict;
  readonly lookedAt: LookedAt | undefined;
}

/** How much of a sample was caught. Equivalent and invisible mutants are left out; survivors that nobody looked at are not. */
export interface Score {
  readonly judged: number;
  readonly together: Share;
  readonly scripted: Share;
  readonly equivalent: number;
  readonly invisible: number;
  readonly holes: number;
  readonly unseen: number;
}

/** Puts verdicts, mutants and looks together. */
export function joinJudged(
  mutants: readonly AutomaticMutant[],
  verdicts: ReadonlyMap<string, Verdict>,
  looks: LookBook,
  unreached: UnreachedPlaces = new Map(),
  kinds: readonly LookKind[] = [],
): readonly Judged[] {
  return mutants.flatMap((mutant) => {
    const verdict = verdicts.get(mutant.id);
    if (verdict === undefined) return [];
    const { scripted } = verdict;
    const isReached = scripted.kind === 'caught' || scripted.played > 0;
    const place = isReached ? undefined : unreached.get(mutant.file);
    return [{ mutant, verdict, lookedAt: looks.get(mutant.id) ?? lookOfKind(kinds, mutant) ?? place }];
  });
}

/** The score of a sample. */
export function scoreOf(judged: readonly Judged[]): Score {
  const survivors = judged.filter(({ verdict }) => !isCaught(verdict));
  const count = (kind: LookedAt['kind'] | undefined) =>
    survivors.filter(({ lookedAt }) => lookedAt?.kind === kind).length;
  const equivalent = count('equivalent');
  const invisible = count('invisible');
  const visible = judged.length - equivalent - invisible;
  const scripted = judged.filter(({ verdict }) => verdict.scripted.kind === 'caught').length;
  return {
    judged: judged.length,
    together: shareOf(judged.length - survivors.length, visible),
    scripted: shareOf(scripted, visible),
    equivalent,
    invisible,
    holes: count('hole'),
    unseen: count(undefined),
  };
}

/** The score in one line. */
export function showScore(score: Score): string {
  const { judged, together, scripted, equivalent, invisible, holes, unseen } = score;
  return (
    `${judged} mutants: caught ${showShare(together)}; by the scripted suite alone ${showShare(scripted)}; ` +
    `left out ${equivalent} equivalent and ${invisible} invisible; survivors ${holes} holes and ${unseen} not looked at`
  );
}
