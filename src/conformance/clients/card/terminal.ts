import { escapeControls } from '../../report/escape-controls.ts';
import { paintAnsi, paintNothing, type Colour, type Paint } from '../../report/paint.ts';
import { sanityCase } from '../cases/plain.ts';
import type { GradedCase } from '../graded-case.ts';
import { axes, isBad, linesOf, type Axis, type Evidence, type Grade } from '../grade.ts';
import {
  axisNames,
  CUT,
  badgeOf,
  caseGrade,
  countGrades,
  groupFindings,
  judgedAxes,
  showCases,
  showTime,
  type Card,
} from './card.ts';

/** The mark of each grade; each is told by its form, not by colour alone. */
export const gradeMarks: Readonly<Record<Grade, { readonly mark: string; readonly colour: Colour }>> = {
  right: { mark: '✓', colour: 'green' },
  acceptable: { mark: '~', colour: 'yellow' },
  wrong: { mark: '✗', colour: 'red' },
  dangerous: { mark: '‼', colour: 'magenta' },
  'not observed': { mark: '?', colour: 'dim' },
};

/** Columns that a label takes. */
const LABEL = 13;
/** Lines of a transcript shown before the one that earned a grade. */
const CONTEXT = 6;

/** The card for people at a terminal. The text ends with a line feed. */
export function terminalCard(
  card: Card,
  { colour, columns = 100 }: { readonly colour: boolean; readonly columns?: number },
): string {
  const paint = colour ? paintAnsi : paintNothing;
  const width = Math.max(...card.cases.map(({ id }) => id.length), 4);
  return [
    paint('dim', `${'wire told'.padEnd(11)}${'case'.padEnd(width + 2)}what the client met`),
    ...card.cases.map((one) => row(one, width, columns, paint)),
    '',
    ...groupFindings(card.cases).flatMap((group) => finding(group, columns, paint)),
    ...unseen(card, paint),
    ...summary(card, paint),
    '',
  ].join('\n');
}

function row(one: GradedCase, width: number, columns: number, paint: Paint): string {
  const marks = axes.map((axis) => ` ${markOf(one[axis].grade, paint)}  `).join(' ');
  const room = Math.max(20, columns - width - 13);
  const title = one.title.length > room ? `${one.title.slice(0, room - 1)}…` : one.title;
  return `${marks}  ${one.id.padEnd(width)}  ${title}`;
}

function finding([one, ...same]: readonly GradedCase[], columns: number, paint: Paint): readonly string[] {
  if (one === undefined) return [];
  const grade = caseGrade(one);
  const { colour } = gradeMarks[grade];
  return [
    `${paint(colour, grade)}  ${paint('bold', one.id)}: ${one.title}`,
    ...axes.flatMap((axis) => judgement(one, axis, columns, paint)),
    ...printed(one, paint),
    ...([one, ...same].some(({ cut }) => cut) ? [`  ${paint('yellow', CUT)}`] : []),
    ...(same.length === 0 ? [] : labelled('the same', same.map(({ id }) => id).join(', '), columns, paint)),
    ...labelled('right is', `${one.rightWay} (${one.source})`, columns, paint),
    '',
  ];
}

function judgement(one: GradedCase, axis: Axis, columns: number, paint: Paint): readonly string[] {
  const { grade, what, harm, advice, evidence } = one[axis];
  if (grade === 'right' || grade === 'not observed') return [];
  const lines = [`  ${axisNames[axis]}: ${paint(gradeMarks[grade].colour, grade)}. ${escapeControls(what)}`];
  if (axis === 'wire' && isBad(grade)) lines.push(...context(one, evidence));
  else if (evidence !== undefined)
    lines.push(...linesOf(evidence).map(({ at, line: text }) => line(showTime(at), text)));
  if (harm !== undefined) lines.push(...labelled('harm', escapeControls(harm), columns, paint));
  if (advice !== undefined) lines.push(...labelled('change', escapeControls(advice), columns, paint));
  return lines;
}

/** A text behind its label, broken at blanks and indented. */
function labelled(label: string, text: string, columns: number, paint: Paint): readonly string[] {
  const width = Math.max(40, columns - LABEL);
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(' ')) {
    if (current !== '' && current.length + word.length + 1 > width) {
      lines.push(current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  lines.push(current);
  return lines.map((shown, index) =>
    index === 0 ? `  ${paint('dim', label.padEnd(LABEL - 2))}${shown}` : `${' '.repeat(LABEL)}${shown}`,
  );
}

/** What a client printed tells most where it could not send at all. */
function printed({ id, output, wire }: GradedCase, paint: Paint): readonly string[] {
  if (id !== sanityCase.id || !isBad(wire.grade) || output === '') return [];
  const lines = output.split('\n').slice(-12);
  return [`  ${paint('dim', 'it printed')}`, ...lines.map((text) => `    ${escapeControls(text)}`)];
}

/** The transcript up to the line that earned the grade and the reply to it. */
function context(one: GradedCase, evidence: Evidence | undefined): readonly string[] {
  const earned = evidence === undefined ? [] : linesOf(evidence).map(({ at }) => at);
  const at = earned.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...earned);
  const end = one.transcript.findIndex((each) => each.at > at + 0.001);
  const lines = one.transcript.slice(0, end === -1 ? undefined : end);
  return lines.slice(-CONTEXT).map(({ at: time, who, text }) => line(showTime(time), `${who}: ${text}`));
}

function line(time: string, text: string): string {
  const shown = escapeControls(text.split('\r\n')[0] ?? '');
  return `  ${time.padStart(9)} | ${shown.length > 90 ? `${shown.slice(0, 89)}…` : shown}`;
}

/** Unknown is never green. */
function unseen({ cases, patience }: Card, paint: Paint): readonly string[] {
  const judged = judgedAxes(cases);
  const open = cases.filter((one) => caseGrade(one, judged) === 'not observed');
  const untold = judged.includes('told')
    ? []
    : ['  ? told to its caller: nobody was told anything, in no case'];
  if (open.length + untold.length === 0) return [];
  const lines = open.map((one) => {
    const axis = judged.find((each) => one[each].grade === 'not observed');
    const more = one.patience > patience ? `  (--case ${one.id} --patience ${one.patience})` : '';
    return `  ? ${one.id}: ${axis === undefined ? '' : escapeControls(one[axis].what)}${more}`;
  });
  const ways = new Set(open.flatMap((one) => judged.flatMap((axis) => one[axis].advice ?? [])));
  lines.push(...[...ways].map((way) => `    ${escapeControls(way)}`));
  return [paint('bold', 'not observed'), ...untold, ...lines, ''];
}

function summary(card: Card, paint: Paint): readonly string[] {
  const counts = countGrades(card.cases);
  const rest = `acceptable ${counts.acceptable} · right ${counts.right} · not observed ${counts['not observed']}`;
  const isClean = counts.dangerous === 0 && counts.wrong === 0;
  const badge = paint(isClean ? 'green' : 'red', badgeOf(card.cases));
  return [`${badge} · ${rest}   (${showCases(card.cases)}, ${card.mode}, patience ${card.patience} s)`];
}

function markOf(grade: Grade, paint: Paint): string {
  const { mark, colour } = gradeMarks[grade];
  return paint(colour, mark);
}
