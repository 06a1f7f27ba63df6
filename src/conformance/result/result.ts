/**
 * What all provers produce: outcomes, findings and the events of a run, as data that can be written down and read back.
 * It refuses to know how anything was found out, and renders nothing.
 */

/** All outcomes, worst first: the order in which several of them make one. */
export const outcomes = [
  'failed',
  'errored',
  'differs',
  'not-arranged',
  'not-observed',
  'withdrawn',
  'skipped',
  'passed',
] as const;

/**
 * What became of a case. *Failed*: the gateway broke its word. *Differs*: it chose otherwise where nothing binds it.
 * *Errored*: we could not find out. *Not arranged*: the target could not be brought into the situation. *Not observed*:
 * it could not show the end. *Withdrawn*: by the file. *Skipped*: by the user.
 */
export type Outcome = (typeof outcomes)[number];

/** The outcome as people read it: `not arranged`. */
export function showOutcome(outcome: Outcome): string {
  return outcome.replaceAll('-', ' ');
}

/** The worst of several outcomes; `passed` where there is none. */
export function worstOutcome(several: readonly Outcome[]): Outcome {
  return outcomes.find((outcome) => several.includes(outcome)) ?? 'passed';
}
