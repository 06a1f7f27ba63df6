import { outcomes, showOutcome, type Outcome } from '../result/result.ts';
import type { RunEvent } from '../result/run-event.ts';
import { escapeControls } from './escape-controls.ts';

/**
 * Takes the events of a run and keeps one line of a terminal up to date: how far it is, and what went wrong so far. At
 * the end the line is wiped.
 */
export function createProgress(write: (text: string) => void, columns = 80): (event: RunEvent) => void {
  let total = 0;
  const counts = new Map<Outcome, number>();
  return (event) => {
    if (event.kind === 'run-started') total = event.cases;
    if (event.kind === 'run-finished') write('\r\u001b[2K');
    if (event.kind !== 'case-finished') return;
    counts.set(event.outcome, (counts.get(event.outcome) ?? 0) + 1);
    const done = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const wrong = outcomes
      .filter((outcome) => outcome !== 'passed' && counts.has(outcome))
      .map((outcome) => ` · ${counts.get(outcome) ?? 0} ${showOutcome(outcome)}`);
    const line = `${done} of ${total}${wrong.join('')}   ${escapeControls(event.case)}`;
    write(`\r\u001b[2K${line.slice(0, columns - 1)}`);
  };
}
