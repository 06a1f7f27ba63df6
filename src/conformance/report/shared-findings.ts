import type { Mode } from '../result/recorded-contract.ts';
import type { CaseGroup, ReportedFinding } from './report.ts';

/** The same finding in one mode or several. */
export interface SharedFinding {
  readonly finding: ReportedFinding;
  readonly modes: readonly [Mode, ...Mode[]];
  /** In how many of the repeats in these modes it was found. */
  readonly times: number;
  /** How often the case was played in these modes; as many as there are modes where nothing was repeated. */
  readonly of: number;
}

/** The findings of a case's modes and repeats, each told once. */
export function shareFindings({ repeats }: CaseGroup): readonly SharedFinding[] {
  const shared = new Map<string, SharedFinding>();
  for (const [mode, played] of repeats) {
    for (const { findings } of played) {
      for (const [key, finding] of new Map(findings.map((each) => [keyOf(each), each]))) {
        const before = shared.get(key);
        const isNewMode = before?.modes.includes(mode) !== true;
        shared.set(key, {
          finding: before?.finding ?? finding,
          modes: before === undefined ? [mode] : isNewMode ? [...before.modes, mode] : before.modes,
          times: (before?.times ?? 0) + 1,
          of: (before?.of ?? 0) + (isNewMode ? played.length : 0),
        });
      }
    }
  }
  return [...shared.values()];
}

/** What makes two findings one; what was received may hold addresses, which no two cases share. */
function keyOf({ rule, file, line, column, message, known }: ReportedFinding): string {
  return [rule, file, line, column, message, known].join('\0');
}

/** `in 587`, or `in 5 modes, first 465+tls`; of a case that was repeated `in 587, 2 of 10 times`. */
export function showModes({ modes: inModes, times, of }: Omit<SharedFinding, 'finding'>): string {
  const [first, ...others] = inModes;
  const where = others.length === 0 ? `in ${first}` : `in ${others.length + 1} modes, first ${first}`;
  return of === inModes.length ? where : `${where}, ${times} of ${of} times`;
}
