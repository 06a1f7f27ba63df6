import { axes, isBad } from '../../src/conformance/clients/grade.ts';
import { badgeOf, caseGrade, countGrades, type Card } from '../../src/conformance/clients/card/card.ts';
import { caseDialog } from '../../src/conformance/clients/card/html.ts';
import { classOf, html, htmlPage } from '../../src/conformance/clients/card/html-parts.ts';
import { gradeMarks } from '../../src/conformance/clients/card/terminal.ts';
import { clientCases } from './gallery-cases.ts';
import { counted } from '../../src/conformance/result/counted.ts';
import type { GradedCase } from '../../src/conformance/clients/graded-case.ts';

/** One client of the page: how it is called and repeated, and its card. */
export interface ShownClient {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly about: string;
  readonly card: Card;
}

/** The gallery as one file: cases by clients, each cell opening to advice, the command that repeats it, and the transcript. */
export function galleryHtml(
  clients: readonly ShownClient[],
  notRun: readonly { readonly name: string; readonly language: string; readonly why: string }[] = [],
): string {
  const shown = clientCases.filter(({ id }) =>
    clients.some(({ card }) => card.cases.some((one) => one.id === id)),
  );
  const heading = `How ${counted(clients.length, 'real client takes', 'real clients take')} each error`;
  return htmlPage('client-card', {
    title: heading,
    content: [
      `<header><h1>${heading}</h1>
<p>Each sends with its library’s usual call and tells what the library tells a careful caller. A cell shows two grades: on the
wire, and told to its caller. Open one for what happened, what to change, the command that plays it again, and the
transcript.</p></header>
<main>
<section aria-labelledby="clients"><h2 id="clients">Clients</h2><ul>
${clients.map(({ name, version, about, card }) => `<li><b>${html(name)}</b> ${html(version)}, ${html(about)}: ${html(badgeOf(card.cases))}</li>`).join('\n')}
</ul>
${notRun.length === 0 ? '' : `<h3>Not run</h3><ul>${notRun.map(({ name, language, why }) => `<li><b>${html(name)}</b> (${html(language)}): ${html(why)}</li>`).join('')}</ul>`}</section>
<section aria-labelledby="all"><h2 id="all">Cases</h2>
<p class="hint">Arrow keys move between cells, Enter opens, Escape closes.</p>
<table data-columns="${clients.length}">
<thead><tr><th scope="col">case</th>${clients.map(({ name }) => `<th scope="col">${html(name)}</th>`).join('')}</tr></thead>
<tbody>
${shown.map(({ id, title }) => `<tr><th scope="row"><code>${id}</code> <span>${html(title)}</span></th>${clients.map((client) => cell(client, id)).join('')}</tr>`).join('\n')}
</tbody></table></section></main>
${clients.map((client) => client.card.cases.map((one) => caseDialog(one, keyOf(client, one.id), noteOf(client, one))).join('\n')).join('\n')}`,
    ],
  });
}

function keyOf({ folder }: ShownClient, id: string): string {
  return `${folder}--${id}`;
}

function cell(client: ShownClient, id: string): string {
  const one = client.card.cases.find((each) => each.id === id);
  if (one === undefined) return '<td></td>';
  const worst = caseGrade(one);
  const marks = axes.map((axis) => gradeMarks[one[axis].grade].mark).join(' ');
  const label = `${client.name}, ${id}: ${axes.map((axis) => one[axis].grade).join(', ')}`;
  return `<td><button type="button" class="cell grade ${classOf(worst)}" data-open="${keyOf(client, id)}" aria-label="${html(label)}">${marks}</button></td>`;
}

/** What a reader does with a finding: what to change, and how to see it again. */
function noteOf({ folder }: ShownClient, one: GradedCase): string {
  const changes = axes.flatMap((axis) => {
    const { grade, harm, advice } = one[axis];
    return grade === 'right' || grade === 'not observed'
      ? []
      : [harm, advice].filter((text) => text !== undefined);
  });
  const advice = changes.map((text) => `<p>${html(text)}</p>`).join('');
  return `${isBad(caseGrade(one)) || changes.length > 0 ? advice : ''}<p>Again: <code>npm run gallery -- ${html(folder)} --case ${one.id}</code></p>`;
}

/** How many cells of each grade there are, for the line that tells of the page. */
export function countCells(clients: readonly ShownClient[]): string {
  const all = countGrades(clients.flatMap(({ card }) => card.cases));
  return Object.entries(all)
    .map(([grade, count]) => `${grade} ${count}`)
    .join(' · ');
}
