import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { caseGrade } from '../../src/conformance/clients/card/card.ts';
import { grades, isBad, type Grade } from '../../src/conformance/clients/grade.ts';
import type { Gallery, GalleryEntry } from './gallery-data.ts';

const FILE = new URL('./hand-checks.json', import.meta.url);

/** By folder and case: the grade that somebody who read the transcript found fair, and what it shows. */
const handChecksSchema = z.record(
  z.string(),
  z.record(z.string(), z.strictObject({ grade: z.enum(grades), saw: z.string().min(1) })),
);

/** What was read by hand. */
export type HandChecks = z.output<typeof handChecksSchema>;

/** Reads what was read by hand. */
export async function readHandChecks(): Promise<HandChecks> {
  return handChecksSchema.parse(JSON.parse(await readFile(FILE, 'utf8')));
}

/** A wrong or dangerous cell of the table, and what the one who read its transcript saw there, if anybody did. */
export interface CheckedCell {
  readonly client: Extract<GalleryEntry, { readonly kind: 'run' }>;
  readonly id: string;
  readonly grade: Grade;
  readonly saw: string | undefined;
}

/** All wrong and dangerous cells; a check of another grade than the table has is none. */
export function checkedCells({ clients }: Gallery, checks: HandChecks): readonly CheckedCell[] {
  return clients.flatMap((client) =>
    client.kind === 'not run'
      ? []
      : client.cases.flatMap((one) => {
          const grade = caseGrade(one);
          if (!isBad(grade)) return [];
          const check = checks[client.folder]?.[one.id];
          return [{ client, id: one.id, grade, saw: check?.grade === grade ? check.saw : undefined }];
        }),
  );
}
