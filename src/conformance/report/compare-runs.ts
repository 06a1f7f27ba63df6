import type { Mode } from '../result/recorded-contract.ts';
import type { Finding } from '../result/finding.ts';
import { worstOutcome, type Outcome } from '../result/result.ts';
import { gatherRun, outcomeOf, type ReportedCase, type ReportedRun } from './report.ts';
import type { RunEvent } from '../result/run-event.ts';

/** A finding and the case that it was found in. */
export interface PlacedFinding {
  readonly group: string;
  readonly mode: Mode;
  readonly finding: Finding;
}

/** What an earlier run and a later one differ in. */
export interface RunComparison {
  readonly before: ReportedRun;
  /** Found now and not before. */
  readonly appeared: readonly PlacedFinding[];
  /** Found before, and the case was played again without it. */
  readonly gone: readonly PlacedFinding[];
  /** Found both times. */
  readonly stayed: readonly PlacedFinding[];
  /** Cases whose outcome is another one now; `undefined` where the case was not played. */
  readonly changed: readonly {
    readonly case: string;
    readonly before: Outcome | undefined;
    readonly now: Outcome | undefined;
  }[];
}

/**
 * By what a finding is known again in another run: case, mode, rule and the line as written. Its number may have moved,
 * and what was received may hold addresses that no two runs share.
 */
export function findingKey(
  { group, mode }: { readonly group: string; readonly mode: Mode },
  finding: Pick<Finding, 'rule' | 'source'>,
): string {
  return [group, mode, finding.rule, finding.source].join('\0');
}

/** Compares a run with an earlier one. */
export function compareRuns(now: readonly RunEvent[], before: readonly RunEvent[]): RunComparison {
  const [runNow, runBefore] = [gatherRun(now), gatherRun(before)];
  const found = findingsOf(runNow);
  const foundBefore = findingsOf(runBefore);
  const outcomesNow = outcomesOf(runNow.cases);
  const outcomesBefore = outcomesOf(runBefore.cases);
  const played = new Set([...outcomesBefore.keys(), ...outcomesNow.keys()]);
  return {
    before: runBefore,
    appeared: [...found].flatMap(([key, one]) => (foundBefore.has(key) ? [] : [one])),
    stayed: [...found].flatMap(([key, one]) => (foundBefore.has(key) ? [one] : [])),
    gone: [...foundBefore].flatMap(([key, one]) =>
      !found.has(key) && outcomesNow.has(`${one.group} @${one.mode}`) ? [one] : [],
    ),
    changed: [...played].flatMap((id) => {
      const [was, is] = [outcomesBefore.get(id), outcomesNow.get(id)];
      return was === is ? [] : [{ case: id, before: was, now: is }];
    }),
  };
}

function findingsOf({ cases }: ReportedRun): ReadonlyMap<string, PlacedFinding> {
  return new Map(
    cases.flatMap(({ started, findings }) =>
      findings.map((finding) => [
        findingKey(started, finding),
        { group: started.group, mode: started.mode, finding },
      ]),
    ),
  );
}

/** Outcomes by case and mode; of several repeats the worst. */
function outcomesOf(cases: readonly ReportedCase[]): ReadonlyMap<string, Outcome> {
  const byCase = Map.groupBy(cases, ({ started }) => `${started.group} @${started.mode}`);
  return new Map([...byCase].map(([id, own]) => [id, worstOutcome(own.map(outcomeOf))]));
}
