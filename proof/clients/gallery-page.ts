import { countGrades, badgeOf, findingsOf, showTime } from '../../src/conformance/clients/card/card.ts';
import { gradeMarks } from '../../src/conformance/clients/card/terminal.ts';
import { clientCases } from './gallery-cases.ts';
import { axes, grades, linesOf } from '../../src/conformance/clients/grade.ts';
import type { Case, Gallery } from './gallery-data.ts';
import { checkedCells, type HandChecks } from './hand-checks.ts';

/** The page of the gallery, in Markdown; the notes and the hand checks of those who looked stand behind the table. */
export function galleryPage(gallery: Gallery, notes: string, checks: HandChecks): string {
  const { clients } = gallery;
  const ran = clients.filter((one) => one.kind === 'run');
  const lacking = clients.filter((one) => one.kind === 'not run');
  const languages = new Set(ran.map(({ language }) => language));
  return [
    '# How real clients take each error',
    '',
    'Written by `npm run gallery`; the programs stand in [fixtures/clients](../fixtures/clients). Each sends one mail with',
    'the library’s usual call and reports what the library tells a careful caller. The grades are of *this* use, in one call',
    'without a queue (Postfix has one). How they are come by: [check-a-client.md](check-a-client.md).',
    '',
    `${ran.length} clients in ${languages.size} languages. First mark: on the wire; second: told to its caller.`,
    grades.map((grade) => `${gradeMarks[grade].mark} ${grade}`).join(' · '),
    '',
    '| client | version | language | set up as | dangerous | wrong | acceptable |',
    '|---|---|---|---|---|---|---|',
    ...ran.map(({ name, version, language, about, cases }) => {
      const counts = countGrades(cases);
      return `| ${name} | ${version} | ${language} | ${about} | ${counts.dangerous} | ${counts.wrong} | ${counts.acceptable} |`;
    }),
    '',
    `| case | ${ran.map(({ name }) => name).join(' | ')} |`,
    `|---|${ran.map(() => '---').join('|')}|`,
    ...clientCases.map(
      ({ id }) =>
        `| ${id} | ${ran.map(({ cases }) => marks(cases.find((one) => one.id === id))).join(' | ')} |`,
    ),
    '',
    notes,
    ...handChecked(gallery, checks),
    ...ran.flatMap((one) => [
      `## ${one.name}`,
      `${one.about}; ${badgeOf(one.cases)}.`,
      '',
      ...findings(one.cases),
      '',
    ]),
    ...(lacking.length === 0
      ? []
      : ['## Not run', ...lacking.map(({ name, why }) => `- ${name}: ${why}`), '']),
  ].join('\n');
}

/** One line for each bad cell: what somebody saw who read the transcript. */
function handChecked(gallery: Gallery, checks: HandChecks): readonly string[] {
  const cells = checkedCells(gallery, checks);
  const read = cells.filter(({ saw }) => saw !== undefined);
  return [
    '## Checked by hand',
    `${read.length} of the ${cells.length} wrong or dangerous cells were read by the line that decides and the reply to it, and found to be fair by the case’s source.`,
    '`npm run gallery` leaves those of its own run below `reports/gallery/`, by client and case.',
    '',
    '| client | case | grade | what the transcript shows |',
    '|---|---|---|---|',
    ...cells.map(
      ({ client, id, grade, saw }) => `| ${client.name} | ${id} | ${grade} | ${saw ?? 'not read yet'} |`,
    ),
    '',
  ];
}

function marks(one: Case | undefined): string {
  return one === undefined ? '' : axes.map((axis) => gradeMarks[one[axis].grade].mark).join('');
}

function findings(cases: readonly Case[]): readonly string[] {
  return findingsOf(cases).flatMap((one) =>
    axes.flatMap((axis) => {
      const { grade, what, evidence } = one[axis];
      if (grade === 'right' || grade === 'not observed') return [];
      const lines = evidence === undefined ? [] : linesOf(evidence);
      const seen =
        lines.length === 0
          ? ''
          : ` (${lines.map(({ at, line }) => `\`${showTime(at)} ${line}\``).join(', ')})`;
      const where = axis === 'wire' ? 'wire' : 'told';
      return [`- ${grade === 'acceptable' ? grade : `**${grade}**`}, ${one.id}, ${where}: ${what}${seen}`];
    }),
  );
}
