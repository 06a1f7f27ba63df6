import { dirname } from 'node:path/posix';
import { modes } from '../../contract/modes.ts';
import type { CaseStarted, RunEvent } from '../result/run-event.ts';
import { showOutcome, type Outcome } from '../result/result.ts';
import { escapeControls } from './escape-controls.ts';
import { marks, paintAnsi, paintNothing, type Paint } from './paint.ts';
import { gatherRun, groupCases, outcomeOf, type CaseGroup, type ReportedRun } from './report.ts';
import { countRules, ruleVerdicts } from './rule-verdicts.ts';
import { renderFindings } from './terminal-finding.ts';

/** How the report is shown; the caller knows the terminal and NO_COLOR. */
export interface TerminalOptions {
  readonly colour: boolean;
  /** Width in characters; 100 unless said. */
  readonly columns?: number;
}

/**
 * The run for people at a terminal: an outline with a line for each case and a mark for each mode; only what did not
 * pass is opened. The text ends with a line feed.
 */
export function writeTerminalReport(
  events: readonly RunEvent[],
  { colour, columns = 100 }: TerminalOptions,
): string {
  const paint = colour ? paintAnsi : paintNothing;
  const run = gatherRun(events);
  const topics = Map.groupBy(groupCases(run.cases), topicOf);
  const lines = [...topics].flatMap(([topic, groups]) => [
    paint('bold', topic),
    ...groups.flatMap((group) => renderGroup(group, paint, columns)),
    '',
  ]);
  return [...lines, ...renderUnknown(run, paint), ...renderEnd(run, paint), ''].join('\n');
}

/** The scenario's folder, or where it stands in none the first part of the rule's id. */
function topicOf({ first: { started } }: CaseGroup): string {
  const folder = dirname(started.scenario);
  return folder === '.' ? started.about.replace(/\..*$/, '') : folder;
}

function renderGroup(group: CaseGroup, paint: Paint, columns: number): readonly string[] {
  const { about } = group.first.started;
  const shown = modes.map((mode) => group.cases.get(mode));
  const five = shown.map((one) => (one === undefined ? ' ' : renderMark(outcomeOf(one), paint))).join('');
  const isOpen = shown.some((one) => one !== undefined && isBad(outcomeOf(one)));
  const width = columns - 9 - about.length - 2;
  const text = fitTitle(group.first.started, isOpen ? columns - 9 : width);
  const line = isOpen ? `  ${five}  ${text}` : `  ${five}  ${text.padEnd(width)}  ${paint('dim', about)}`;
  return [line, ...renderFindings(group, paint, columns), ...renderErrors(group, paint)];
}

/** Where a title is too long its file's part is cut, for its own part tells it from its neighbours. */
function fitTitle({ title, caseTitle }: CaseStarted, width: number): string {
  const own = caseTitle === undefined ? '' : `: ${escapeControls(caseTitle)}`;
  const shared = escapeControls(title);
  const room = Math.max(12, width - own.length);
  return `${shared.length <= room ? shared : `${shared.slice(0, room - 1)}…`}${own}`;
}

function renderErrors({ cases }: CaseGroup, paint: Paint): readonly string[] {
  const errored = [...cases].filter(([, one]) => outcomeOf(one) === 'errored');
  return [...Map.groupBy(errored, ([, one]) => one.finished?.why ?? 'the run broke off')].map(
    ([why, own]) => {
      const where = own.length === 1 ? `in ${own[0]?.[0]}` : `in ${own.length} modes, first ${own[0]?.[0]}`;
      return `      ${paint('magenta', 'errored')} ${where}: ${escapeControls(why)}`;
    },
  );
}

/** Unknown is never green: what could not be shown is told, with its reason. */
function renderUnknown({ cases }: ReportedRun, paint: Paint): readonly string[] {
  const unknown = cases.filter((one) =>
    ['not-arranged', 'not-observed', 'withdrawn', 'skipped'].includes(outcomeOf(one)),
  );
  if (unknown.length === 0) return [];
  const byWhy = Map.groupBy(unknown, (one) => `${showOutcome(outcomeOf(one))}: ${one.finished?.why ?? ''}`);
  const lines = [...byWhy].map(([why, own]) => {
    const [first] = own;
    const mark = first === undefined ? '' : renderMark(outcomeOf(first), paint);
    const count = own.length === 1 ? '1 case' : `${own.length} cases`;
    return `  ${mark} ${escapeControls(why)}   (${count}, first ${first?.started.case ?? ''})`;
  });
  return [paint('bold', 'not shown'), ...lines, ''];
}

function renderEnd(run: ReportedRun, paint: Paint): readonly string[] {
  const { finished, cases, started } = run;
  const seconds = finished === undefined ? '' : `, ${(finished.ms / 1000).toFixed(1)} s`;
  const noun = cases.length === 1 ? 'case' : 'cases';
  const on =
    started === undefined ? '' : ` on ${escapeControls(`${started.target.name} ${started.target.version}`)}`;
  const why = finished === undefined ? 'The run broke off.' : finished.why;
  return [
    ...(why === undefined ? [] : [paint('red', escapeControls(why))]),
    `${countRules(ruleVerdicts(cases))}   (${cases.length} ${noun}${seconds}${on})`,
  ];
}

function renderMark(outcome: Outcome, paint: Paint): string {
  const { mark, colour } = marks[outcome];
  return paint(colour, mark);
}

function isBad(outcome: Outcome): boolean {
  return outcome === 'failed' || outcome === 'differs' || outcome === 'errored';
}
