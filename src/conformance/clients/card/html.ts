import type { ReportAbout } from '../../../control-api/report-schemas.ts';
import { axes, grades, isBad, linesOf, type Axis, type EvidenceLine, type Grade } from '../grade.ts';
import type { GradedCase, TranscriptLine } from '../graded-case.ts';
import {
  axisNames,
  caseGrade,
  CUT,
  countGrades,
  groupFindings,
  showCases,
  showTime,
  type Card,
} from './card.ts';
import { classOf, html, htmlPage } from './html-parts.ts';
import { gradeMarks } from './terminal.ts';

/** The card as one self-contained page: cases by axes, each cell opening to its transcript. */
export function htmlCard(card: Card): string {
  const counts = countGrades(card.cases);
  return htmlPage('client-card', {
    title: `${card.client}: ${card.badge}`,
    about: aboutCard(card, counts),
    content: [
      `<header>
<h1>How <code>${html(card.client)}</code> takes each error</h1>
<p class="badge ${counts.dangerous > 0 ? 'dangerous' : counts.wrong > 0 ? 'wrong' : 'right'}">${html(card.badge)}</p>
<p>${showCases(card.cases)} · ${html(card.mode)} · ${html(card.profile)} · patience ${card.patience} s · <time datetime="${html(card.startedAt)}">${html(card.startedAt)}</time> · gauntlet ${html(card.gauntlet)}</p>
<p class="counts">${Object.entries(counts)
        .map(
          ([grade, count]) =>
            `<span class="grade ${classOf(grade as Grade)}">${markOf(grade as Grade)} ${grade} ${count}</span>`,
        )
        .join(' ')}</p>
</header>
<main>
<section aria-labelledby="findings"><h2 id="findings">What to change</h2>${findings(card)}</section>
<section aria-labelledby="all"><h2 id="all">All cases</h2>
<p class="hint">Open a cell for what happened and the transcript. Arrow keys move between cells, Enter opens, Escape closes.</p>
<table>
<thead><tr><th scope="col">case</th>${axes.map((axis) => `<th scope="col">${axisNames[axis]}</th>`).join('')}</tr></thead>
<tbody>${card.cases.map(row).join('\n')}</tbody>
</table></section>
</main>
${card.cases.map((one) => caseDialog(one, one.id)).join('\n')}`,
    ],
  });
}

function aboutCard(card: Card, counts: ReturnType<typeof countGrades>): ReportAbout {
  return {
    kind: 'client-check',
    name: card.client.slice(0, 200),
    at: card.startedAt,
    totals: grades.flatMap((grade) =>
      counts[grade] === 0 ? [] : [{ word: grade, count: counts[grade], isBad: isBad(grade) }],
    ),
    findings: groupFindings(card.cases).length,
    isWhole: true,
  };
}

function findings(card: Card): string {
  const groups = groupFindings(card.cases);
  return groups.length === 0 ? '<p>Nothing.</p>' : groups.map(finding).join('\n');
}

function finding([one, ...same]: readonly GradedCase[]): string {
  if (one === undefined) return '';
  const others =
    same.length === 0
      ? ''
      : `<p class="source">The same: ${same.map(({ id }) => `<code>${id}</code>`).join(', ')}</p>`;
  return `<article class="finding ${classOf(caseGrade(one))}"><h3>${one.id}: ${html(one.title)}</h3>
${axes.map((axis) => judgement(one, axis)).join('')}${others}<p class="source">Right is: ${html(one.rightWay)} (${html(one.source)})</p></article>`;
}

function judgement(one: GradedCase, axis: Axis): string {
  const { grade, what, harm, advice, evidence } = one[axis];
  if (grade === 'right' || grade === 'not observed') return '';
  return `<dl><dt>${axisNames[axis]}</dt><dd><b class="grade ${classOf(grade)}">${markOf(grade)} ${grade}</b> ${html(what)}</dd>
${evidence === undefined ? '' : `<dt>seen</dt><dd>${linesOf(evidence).map(seen).join('<br>')}</dd>`}
${harm === undefined ? '' : `<dt>harm</dt><dd>${html(harm)}</dd>`}
${advice === undefined ? '' : `<dt>change</dt><dd>${html(advice)}</dd>`}</dl>`;
}

function seen({ at, line }: EvidenceLine): string {
  return `<code>${html(showTime(at))} ${html(line.replaceAll('\r\n', ' ⏎ '))}</code>`;
}

function row(one: GradedCase): string {
  const cells = axes.map((axis) => {
    const { grade } = one[axis];
    return `<td><button type="button" class="cell grade ${classOf(grade)}" data-open="${one.id}" data-axis="${axis}">${markOf(grade)} ${grade}</button></td>`;
  });
  return `<tr><th scope="row"><code>${one.id}</code> <span>${html(one.title)}</span></th>${cells.join('')}</tr>`;
}

/** A case in full, to be opened by a cell that names its key; `note` stands above the transcript. */
export function caseDialog(one: GradedCase, key: string, note = ''): string {
  const judged = axes.map(
    (axis) =>
      `<p id="${key}-${axis}"><b>${axisNames[axis]}:</b> <b class="grade ${classOf(one[axis].grade)}">${markOf(one[axis].grade)} ${one[axis].grade}</b> ${html(one[axis].what)}</p>`,
  );
  return `<dialog id="case-${key}" aria-labelledby="title-${key}"><button type="button" class="close">Close</button>
<h2 id="title-${key}">${one.id}: ${html(one.title)}</h2>
<p class="source">Right is: ${html(one.rightWay)} (${html(one.source)}). Sends charged: ${one.charged}.</p>
${judged.join('\n')}${note}${one.cut ? `\n<p class="cut">${CUT}</p>` : ''}
<table class="transcript"><thead><tr><th scope="col">time</th><th scope="col">who</th><th scope="col">octets</th></tr></thead><tbody>
${one.transcript.map((line) => transcriptRow(line, one)).join('\n')}
</tbody></table>${one.output === '' ? '' : `<h3>The client printed</h3><pre class="output">${html(one.output, 'line feeds')}</pre>`}</dialog>`;
}

function transcriptRow({ at, who, tls, text }: TranscriptLine, one: GradedCase): string {
  const earned = axes
    .flatMap((axis) => one[axis].evidence ?? [])
    .flatMap(linesOf)
    .some((line) => Math.abs(line.at - at) < 0.001);
  const side = who.startsWith('C') ? 'client' : who.startsWith('S') ? 'server' : 'note';
  const shown = html(text.replaceAll('\r\n', '\n'), 'line feeds');
  return `<tr class="${side}${earned ? ' earned' : ''}"><td>${showTime(at)}</td><td>${html(who)}${tls ? ' TLS' : ''}</td><td><pre>${shown}</pre></td></tr>`;
}

function markOf(grade: Grade): string {
  return gradeMarks[grade].mark;
}
