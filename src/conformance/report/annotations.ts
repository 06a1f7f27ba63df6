import { nameOfHeld, showHeldRule } from '../result/show-held-rule.ts';
import type { RunEvent } from '../result/run-event.ts';
import { escapeControls } from './escape-controls.ts';
import { gatherRun, groupCases, titleOf, type CaseGroup } from './report.ts';
import { shareFindings, showModes, type SharedFinding } from './shared-findings.ts';
import { counted } from '../result/counted.ts';

/** How many annotations GitHub shows of one step. */
const MOST = 10;

interface Place extends SharedFinding {
  readonly group: CaseGroup;
}

/**
 * The run as workflow commands of GitHub: one annotation for each line of a scenario with a finding, worst first, ten at
 * most; where there are more, the tenth tells how many. Nothing where nothing was found.
 */
export function annotationsReport(events: readonly RunEvent[]): string {
  const run = gatherRun(events);
  const found = groupCases(run).flatMap((group) =>
    shareFindings(group).map((shared): Place => ({ ...shared, group })),
  );
  const byLine = [...Map.groupBy(found, ({ finding }) => `${finding.file}:${finding.line}`).values()];
  const worst = byLine
    .flatMap((own) => own.toSorted(byWeight)[0] ?? [])
    .toSorted((a, b) => byWeight(a, b) || b.modes.length - a.modes.length);
  const end = run.finished?.how === 'finished' ? undefined : (run.finished?.why ?? 'The run broke off.');
  const room = end === undefined ? MOST : MOST - 1;
  const shown = worst.length > room ? worst.slice(0, room - 1) : worst;
  const left = worst.length - shown.length;
  return [
    ...(end === undefined ? [] : [`::error title=gauntlet::${data(end)}`]),
    ...shown.map(annotate),
    ...(left === 0
      ? []
      : [
          `::error title=gauntlet::${counted(left, 'more line has', 'more lines have')} findings; the report has all of them.`,
        ]),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function annotate({ group, ...shared }: Place): string {
  const { finding } = shared;
  const { file, line, column, expected, received, message } = finding;
  const level = weight(finding) === 0 ? 'error' : finding.known === true ? 'notice' : 'warning';
  const title = `${nameOfHeld(finding)} ${showModes(shared)}`;
  const text = [
    titleOf(group.first.started),
    `expected ${expected}`,
    `received ${received}`,
    message,
    showHeldRule(finding),
  ].join('\n');
  const place = `file=${property(file)},line=${line},col=${column},title=${property(title)}`;
  return `::${level} ${place}::${data(text)}`;
}

function byWeight(a: SharedFinding, b: SharedFinding): number {
  return weight(a.finding) - weight(b.finding);
}

/** New failures first, then what differs, then what was known. */
function weight({ outcome, known }: SharedFinding['finding']): number {
  if (known === true) return 2;
  return outcome === 'failed' ? 0 : 1;
}

function data(text: string): string {
  return escapeControls(text, 'line feeds').replaceAll('%', '%25').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
