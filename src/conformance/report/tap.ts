import { showOutcome } from '../result/result.ts';
import type { RunEvent } from '../result/run-event.ts';
import { escapeControls } from './escape-controls.ts';
import { gatherRun, isKnown, outcomeOf, titleOf, type ReportedCase } from './report.ts';

/**
 * The run as TAP 14: a test point for each case in each mode, its findings as diagnostics. What differs and what a
 * baseline knew is a TODO, which fails no run; what was not shown is a SKIP with its reason.
 */
export function* tapPieces(events: readonly RunEvent[]): Generator<string> {
  const { cases, finished } = gatherRun(events);
  const why = finished === undefined ? 'the run broke off' : finished.why;
  const isWhole = finished?.how === 'finished';
  const bail = isWhole || why === undefined ? [] : [`Bail out! ${escapeControls(why)}`];
  // behind a plan of nothing a reader takes no more, and all would be well
  const plan =
    cases.length === 0 && bail.length > 0
      ? []
      : [`1..${cases.length}${cases.length === 0 ? ' # SKIP no case was played' : ''}`];
  for (const line of ['TAP version 14', ...plan]) yield `${line}\n`;
  for (const [at, one] of cases.entries()) yield `${renderCase(one, at + 1).join('\n')}\n`;
  for (const line of bail) yield `${line}\n`;
}

/** The same as one text. */
export function tapReport(events: readonly RunEvent[]): string {
  return [...tapPieces(events)].join('');
}

function renderCase(reported: ReportedCase, number: number): readonly string[] {
  const { started, finished, findings } = reported;
  const outcome = outcomeOf(reported);
  const isOk = outcome !== 'failed' && outcome !== 'errored' && outcome !== 'differs';
  const point = `${isOk ? 'ok' : 'not ok'} ${number} - ${describe(`${titleOf(started)} @${started.mode}${showRepeat(started.repeat)}`)}`;
  const why = finished === undefined ? 'the run broke off' : finished.why;
  return [
    `${point}${directive(reported, why)}`,
    ...(isOk
      ? []
      : block([
          ['case', started.case],
          ['outcome', outcome],
          ...(why === undefined ? [] : [['why', why] as const]),
          ...findings.slice(0, 1).flatMap((finding): readonly (readonly [string, string | number])[] => [
            ['rule', finding.rule],
            ['message', finding.message],
            ['file', finding.file],
            ['line', finding.line],
            ['column', finding.column],
            ['wanted', finding.expected],
            ['found', finding.received],
          ]),
        ])),
  ];
}

function directive(reported: ReportedCase, why: string | undefined): string {
  const outcome = outcomeOf(reported);
  if (outcome === 'passed' || outcome === 'errored') return '';
  if (outcome === 'differs') return ' # TODO differs';
  if (outcome === 'failed') return isKnown(reported) ? ' # TODO known from the baseline' : '';
  return ` # SKIP ${describe(`${showOutcome(outcome)}${why === undefined ? '' : `: ${why}`}`)}`;
}

function showRepeat(repeat: number | undefined): string {
  return repeat === undefined ? '' : ` ~${repeat}`;
}

/** A description, in which `#` would begin a directive and a backslash escapes. */
function describe(text: string): string {
  return escapeControls(text)
    .replaceAll('\\', '\\\\')
    .replaceAll('#', String.raw`\#`);
}

/** Diagnostics in YAML; a string in JSON is one in YAML too. */
function block(entries: readonly (readonly [string, string | number])[]): readonly string[] {
  const value = (one: string | number) =>
    typeof one === 'number' ? String(one) : JSON.stringify(escapeControls(one, 'line feeds'));
  return ['  ---', ...entries.map(([key, one]) => `  ${key}: ${value(one)}`), '  ...'];
}
