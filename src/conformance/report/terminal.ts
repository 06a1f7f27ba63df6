import { dirname } from 'node:path/posix';
import type { Mode } from '../result/recorded-contract.ts';
import { isOwnRequirement, type Requirement } from '../result/requirement-schema.ts';
import type { RunEvent } from '../result/run-event.ts';
import { outcomes, showOutcome, type Outcome } from '../result/result.ts';
import { escapeControls } from './escape-controls.ts';
import { marks, paintAnsi, paintNothing, type Paint } from './paint.ts';
import { gatherRun, groupCases, outcomeOf, titleOf, type CaseGroup, type ReportedRun } from './report.ts';
import {
  countOwnExpectations,
  countRequirements,
  countRules,
  requirementVerdicts,
  ruleVerdicts,
  showOwnExpectations,
} from './rule-verdicts.ts';
import { showModes } from './shared-findings.ts';
import { renderFindings, shorten } from './terminal-finding.ts';
import { counted } from '../result/counted.ts';

/** How the report is shown; the caller knows the terminal and NO_COLOR. */
export interface TerminalOptions {
  readonly colour: boolean;
  /** Width in characters; 100 unless said. */
  readonly columns?: number;
  /** Whether only what did not pass is told, and the last line. */
  readonly quiet?: boolean;
}

/**
 * The run for people at a terminal: an outline with a line for each case and a mark for each mode; only what did not
 * pass is opened. The text ends with a line feed.
 */
export function writeTerminalReport(
  events: readonly RunEvent[],
  { colour, columns = 100, quiet = false }: TerminalOptions,
): string {
  const paint = colour ? paintAnsi : paintNothing;
  const run = gatherRun(events);
  const used = run.modes;
  const groups = groupCases(run).filter((group) => !quiet || hasBad(group));
  const topics = Map.groupBy(groups, topicOf);
  const lines = [...topics].flatMap(([topic, ofTopic]) => [
    paint('bold', topic),
    ...[...Map.groupBy(ofTopic, ({ first }) => first.started.scenario).values()].flatMap((own) =>
      renderFile(own, { used, paint, columns }),
    ),
    '',
  ]);
  return [
    ...(groups.length === 0 ? [] : renderHeader(used, paint)),
    ...lines,
    ...renderUnknown(run, paint),
    ...renderLegend(run, paint),
    ...renderEnd(run, paint),
    '',
  ].join('\n');
}

/** How the lines of one report are made. */
interface Shape {
  /** The modes in which anything was played; each has a column of marks. */
  readonly used: readonly Mode[];
  readonly paint: Paint;
  readonly columns: number;
}

/** What the marks before each title stand for. */
function renderHeader(used: readonly Mode[], paint: Paint): readonly string[] {
  if (used.length === 0) return [];
  const words = used.length === 1 ? `all in the mode ${used[0]}` : `one mark a mode: ${used.join('  ')}`;
  return [paint('dim', words), ''];
}

/** The meaning of the marks, where not all of them say that all is well. */
function renderLegend({ cases }: ReportedRun, paint: Paint): readonly string[] {
  const seen = new Set(cases.map(outcomeOf));
  if (!seen.has('failed') && !seen.has('errored') && !seen.has('differs')) return [];
  const words = outcomes.filter((outcome) => seen.has(outcome));
  return [words.map((outcome) => `${renderMark(outcome, paint)} ${showOutcome(outcome)}`).join('   '), ''];
}

/** The scenario's folder, or where it stands in none the first part of the rule's id: of `SHOP-123` it is `SHOP`. */
function topicOf({ first: { started } }: CaseGroup): string {
  const folder = dirname(started.scenario);
  return folder === '.' ? topicOfRequirement(started.about) : folder;
}

function topicOfRequirement(requirement: Requirement): string {
  if (isOwnRequirement(requirement)) return requirement.replace(/-\d+$|:.*$/, '');
  return requirement.replace(/\..*$/, '');
}

/** The least room in characters that a title needs beside the id of its rule. */
const LEAST_TITLE = 30;

/** The cases of one file; the title of a file with several stands once, over theirs. */
function renderFile(groups: readonly CaseGroup[], shape: Shape): readonly string[] {
  const { used, columns } = shape;
  const [first] = groups;
  if (first === undefined || groups.length === 1)
    return groups.flatMap((group) => renderGroup(group, titleOf(group.first.started), shape));
  const gap = ' '.repeat(used.length + 4);
  return [
    `${gap}${shorten(escapeControls(first.first.started.title), columns - gap.length)}`,
    ...groups.flatMap((group) => {
      const { caseTitle, title } = group.first.started;
      return renderGroup(group, `  ${caseTitle ?? title}`, shape);
    }),
  ];
}

function renderGroup(group: CaseGroup, whole: string, { used, paint, columns }: Shape): readonly string[] {
  const { about } = group.first.started;
  const shown = used.map((mode) => group.cases.get(mode));
  const row = shown.map((one) => (one === undefined ? ' ' : renderMark(outcomeOf(one), paint))).join('');
  const isOpen = hasBad(group);
  const room = columns - used.length - 4;
  const beside = room - about.length - 2;
  const title = escapeControls(whole);
  const line =
    isOpen || beside < LEAST_TITLE
      ? `  ${row}  ${shorten(title, room)}`
      : `  ${row}  ${shorten(title, beside).padEnd(beside)}  ${paint('dim', about)}`;
  return [line, ...renderFindings(group, paint, columns), ...renderErrors(group, paint)];
}

function renderErrors({ repeats }: CaseGroup, paint: Paint): readonly string[] {
  const errored = [...repeats.values()].flat().filter((one) => outcomeOf(one) === 'errored');
  return [...Map.groupBy(errored, ({ finished }) => finished?.why ?? 'the run broke off')].flatMap(
    ([why, own]) => {
      const [first, ...others] = new Set(own.map(({ started }) => started.mode));
      if (first === undefined) return [];
      const inModes = [first, ...others] as const;
      const of = inModes.reduce((sum, mode) => sum + (repeats.get(mode)?.length ?? 0), 0);
      const where = showModes({ modes: inModes, times: own.length, of });
      return [`      ${paint('magenta', 'errored')} ${where}: ${escapeControls(why)}`];
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
    return `  ${mark} ${escapeControls(why)}   (${counted(own.length, 'case')}, first ${first?.started.case ?? ''})`;
  });
  return [paint('bold', 'not shown'), ...lines, ''];
}

function renderEnd(run: ReportedRun, paint: Paint): readonly string[] {
  const { finished, cases, started } = run;
  const seconds = finished === undefined ? '' : `, ${(finished.ms / 1000).toFixed(1)} s`;
  const on =
    started === undefined ? '' : ` on ${escapeControls(`${started.target.name} ${started.target.version}`)}`;
  const why = finished === undefined ? 'The run broke off.' : finished.why;
  const own = showOwnExpectations(countOwnExpectations(cases));
  const told = [
    countRules(ruleVerdicts(run.contract, cases)),
    ...countRequirements(requirementVerdicts(cases)),
    ...(own === undefined ? [] : [paint('red', own)]),
  ];
  return [
    ...(why === undefined ? [] : [paint('red', escapeControls(why))]),
    `${told.join('; ')}   (${counted(cases.length, 'case')}${seconds}${on})`,
  ];
}

function renderMark(outcome: Outcome, paint: Paint): string {
  const { mark, colour } = marks[outcome];
  return paint(colour, mark);
}

function hasBad({ cases }: CaseGroup): boolean {
  return [...cases.values()].some((one) => isBad(outcomeOf(one)));
}

function isBad(outcome: Outcome): boolean {
  return outcome === 'failed' || outcome === 'differs' || outcome === 'errored';
}
