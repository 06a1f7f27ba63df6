import { z } from 'zod';
import { countGrades, badgeOf, findingsOf, showTime } from '../../src/conformance/clients/card/card.ts';
import { gradeMarks } from '../../src/conformance/clients/card/terminal.ts';
import { clientCases } from '../../src/conformance/clients/cases/all-cases.ts';
import { axes, grades, isBad, type Grade } from '../../src/conformance/clients/grade.ts';
import { gradedCaseSchema, type GradedCase } from '../../src/conformance/clients/graded-case.ts';
import { checkedCells, type HandChecks } from './hand-checks.ts';

const head = { folder: z.string(), name: z.string(), language: z.string(), about: z.string() };

/** A case without its transcript, which is another in each run. */
const caseSchema = gradedCaseSchema.pick({ id: true, wire: true, told: true });
type Case = z.output<typeof caseSchema>;

const entrySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run'), ...head, version: z.string(), cases: z.array(caseSchema) }),
  z.object({ kind: z.literal('not run'), ...head, why: z.string() }),
]);

export const gallerySchema = z.object({ schema: z.literal(1), clients: z.array(entrySchema) });

/** What was measured of all clients. */
export type Gallery = z.output<typeof gallerySchema>;
/** What was measured of one. */
export type GalleryEntry = z.output<typeof entrySchema>;

/** A graded case as the gallery keeps it: no transcript, and addresses without the word of the run. */
export function keepCase({ id, wire, told }: GradedCase): Case {
  const keep = ({ grade, what, evidence }: Case['wire']): Case['wire'] => ({
    grade,
    what: plain(what),
    ...(evidence && { evidence: { at: Math.round(evidence.at), line: short(evidence.line) } }),
  });
  return { id, wire: keep(wire), told: keep(told) };
}

/**
 * Where a measurement differs from what was written down, as far as that is wrong or dangerous. Between right and
 * acceptable a moment may decide: whether a command was still on its way when the gateway said goodbye.
 */
export function compareEntries({ clients }: Gallery, played: readonly GalleryEntry[]): readonly string[] {
  const verdict = (grade: Grade) => (isBad(grade) ? grade : 'not bad');
  return played.flatMap((one) => {
    if (one.kind === 'not run') return [];
    const before = clients.find(({ folder }) => folder === one.folder);
    if (before?.kind !== 'run') return [`${one.name}: stands in no table yet; run npm run gallery`];
    return one.cases.flatMap((now) => {
      const then = before.cases.find(({ id }) => id === now.id);
      return axes.flatMap((axis) =>
        then === undefined || verdict(then[axis].grade) === verdict(now[axis].grade)
          ? []
          : [
              `${one.name}, ${now.id}, ${axis}: ${then[axis].grade} is now ${now[axis].grade} (${now[axis].what})`,
            ],
      );
    });
  });
}

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
    `${read.length} of the ${cells.length} wrong or dangerous cells were read on their transcripts, and found to be fair by the case’s source.`,
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
      const seen = evidence === undefined ? '' : ` (\`${showTime(evidence.at)} ${evidence.line}\`)`;
      const where = axis === 'wire' ? 'wire' : 'told';
      return [`- ${grade === 'acceptable' ? grade : `**${grade}**`}, ${one.id}, ${where}: ${what}${seen}`];
    }),
  );
}

function short(line: string): string {
  const first = plain(line.split('\r\n')[0] ?? '').replaceAll('`', "'");
  return first.length > 100 ? `${first.slice(0, 99)}…` : first;
}

/** Addresses without the word that is another in each run. */
function plain(text: string): string {
  return text.replaceAll(
    /(?:@|<)?[a-z0-9-]+-[a-z0-9]{8}(?:\.shop)?\.example/g,
    (found) => `${found.startsWith('@') ? '@' : ''}example`,
  );
}
