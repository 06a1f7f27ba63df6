import { modes, type Mode } from '../../contract/modes.ts';
import type { CaseGroup, ReportedFinding } from './report.ts';

/** The same finding in one mode or several. */
export interface SharedFinding {
  readonly finding: ReportedFinding;
  readonly modes: readonly [Mode, ...Mode[]];
}

/** The findings of a case's modes, each told once. */
export function shareFindings({ cases }: CaseGroup): readonly SharedFinding[] {
  const shared = new Map<string, SharedFinding>();
  for (const mode of modes) {
    for (const finding of cases.get(mode)?.findings ?? []) {
      // what was received may hold addresses, which no two cases share
      const key = [
        finding.rule,
        finding.file,
        finding.line,
        finding.column,
        finding.message,
        finding.known,
      ].join('\0');
      const before = shared.get(key);
      const inModes: SharedFinding['modes'] =
        before === undefined ? [mode] : before.modes.includes(mode) ? before.modes : [...before.modes, mode];
      shared.set(key, { finding: before?.finding ?? finding, modes: inModes });
    }
  }
  return [...shared.values()];
}

/** `in 587`, or `in 5 modes, first 465+tls`. */
export function showModes([first, ...others]: SharedFinding['modes']): string {
  return others.length === 0 ? `in ${first}` : `in ${others.length + 1} modes, first ${first}`;
}
