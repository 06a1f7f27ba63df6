import { z } from 'zod';
import { clientCases } from './gallery-cases.ts';
import { axes, isBad, type EvidenceLine, type Grade } from '../../src/conformance/clients/grade.ts';
import { gradedCaseSchema, type GradedCase } from '../../src/conformance/clients/graded-case.ts';

const head = { folder: z.string(), name: z.string(), language: z.string(), about: z.string() };

/** A case without its transcript, which is another in each run. */
const caseSchema = gradedCaseSchema.pick({ id: true, wire: true, told: true });
/** One case of one client as the gallery keeps it. */
export type Case = z.output<typeof caseSchema>;

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
    ...(evidence && {
      evidence: {
        ...keepLine(evidence),
        ...(evidence.reply && { reply: keepLine(evidence.reply) }),
      },
    }),
  });
  const keepLine = ({ at, line }: EvidenceLine): EvidenceLine => ({ at: Math.round(at), line: short(line) });
  return { id, wire: keep(wire), told: keep(told) };
}

/** What was played now laid over what stands written: cases that were not played stay, in the order of the check. */
export function mergeEntries({ clients }: Gallery, played: readonly GalleryEntry[]): readonly GalleryEntry[] {
  const order = clientCases.map(({ id }) => id);
  return played.map((one) => {
    const before = clients.find(({ folder }) => folder === one.folder);
    if (one.kind === 'not run' || before?.kind !== 'run') return before ?? one;
    const others = before.cases.filter(({ id }) => !one.cases.some((now) => now.id === id));
    const cases = [...others, ...one.cases].filter(({ id }) => order.includes(id));
    return {
      ...one,
      cases: cases.toSorted((left, right) => order.indexOf(left.id) - order.indexOf(right.id)),
    };
  });
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
