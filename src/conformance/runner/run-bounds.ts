/** What bounds a run where its user said nothing. Times in milliseconds of real time. */
export const runBounds = {
  /** One case; `--case-timeout` replaces it. */
  caseMs: 10 * 60_000,
  /** The whole run: so long, and so long again for each case that one of the workers plays. */
  runMs: 10 * 60_000,
  runMsForEachCase: 60_000,
  /** Cases one after another in which the target was waited for in vain; after them nobody waits any more. */
  silentCases: 20,
} as const;

/** How long a run may take that plays so many cases by so many workers. */
export function longestRunMs(cases: number, workers: number): number {
  return runBounds.runMs + Math.ceil(cases / workers) * runBounds.runMsForEachCase;
}
