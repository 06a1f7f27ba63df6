import type { RunEvent } from '../result/run-event.ts';
import { paintNothing } from './paint.ts';
import { gatherRun, groupCases } from './report.ts';
import { renderFindings } from './terminal-finding.ts';

/** The findings of the cases in these events, as the terminal shows them, without colour. */
export function showCaseFindings(events: readonly RunEvent[], columns = 120): string {
  return groupCases(gatherRun(events))
    .flatMap((group) => renderFindings(group, paintNothing, columns))
    .join('\n');
}
