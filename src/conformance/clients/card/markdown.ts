import { escapeControls } from '../../report/escape-controls.ts';
import { axes, linesOf } from '../grade.ts';
import { axisNames, caseGrade, CUT, findingsOf, showCases, showTime, type Card } from './card.ts';

/** The card as Markdown, for a pull request or a wiki. */
export function markdownCard(card: Card): string {
  return [
    `# How ${cell(card.client)} takes each error`,
    '',
    `**${card.badge}** (${showCases(card.cases)}, ${card.mode}, patience ${card.patience} s, ${card.startedAt})`,
    '',
    '| case | on the wire | told to its caller | met |',
    '|---|---|---|---|',
    ...card.cases.map(
      (one) => `| \`${one.id}\` | ${mark(one.wire.grade)} | ${mark(one.told.grade)} | ${cell(one.title)} |`,
    ),
    '',
    ...findingsOf(card.cases).flatMap((one) => [
      `## ${caseGrade(one)}: ${one.id}`,
      `${cell(one.title)}. Right is: ${cell(one.rightWay)} (${cell(one.source)}).`,
      '',
      ...axes.flatMap((axis) => {
        const { grade, what, harm, advice, evidence } = one[axis];
        if (grade === 'right' || grade === 'not observed') return [];
        return [
          `- ${axisNames[axis]}, **${grade}**: ${cell(what)}`,
          ...(evidence === undefined
            ? []
            : linesOf(evidence).map(({ at, line }) => `  - \`${showTime(at)} ${code(line)}\``)),
          ...(harm === undefined ? [] : [`  - Harm: ${cell(harm)}`]),
          ...(advice === undefined ? [] : [`  - Change: ${cell(advice)}`]),
        ];
      }),
      ...(one.cut ? [CUT] : []),
      '',
    ]),
    ...card.cases
      .filter((one) => one.cut && caseGrade(one) === 'not observed')
      .map(({ id }) => `\`${id}\`: ${CUT}`),
  ].join('\n');
}

function mark(grade: string): string {
  return grade === 'wrong' || grade === 'dangerous' ? `**${grade}**` : grade;
}

function cell(text: string): string {
  return escapeControls(text)
    .replaceAll('|', String.raw`\|`)
    .replaceAll('<', '&lt;');
}

function code(text: string): string {
  return escapeControls(text.replaceAll('\r\n', ' ⏎ ')).replaceAll('`', "'");
}
