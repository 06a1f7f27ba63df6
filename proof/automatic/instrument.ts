import { cp, mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import {
  mutatedRooms,
  nameMutants,
  type AutomaticMutant,
  type Change,
  type MutatedRoom,
} from './automatic-mutant.ts';

const SUPPORT = /(?:\.test|-behaviour|-fixture|-for-tests|\.d)\.ts$/;

/** Files that are no part of a gateway: prover and mailbox alone use them, or they show the prover's own reports. */
const PROVER_ONLY: ReadonlySet<string> = new Set([
  'smtp/as-sent.ts',
  'smtp/mime-bounds.ts',
  'sandbox/operations/report-folder.ts',
  'sandbox/operations/report-operations.ts',
]);

/**
 * Copies the sources of a project into an empty folder, with every mutant of {@link mutatedRooms} built in and switched
 * off. The copy runs unbuilt, as the sources do. Gives the mutants in the order in which they stand.
 */
export async function instrumentTree(project: string, folder: string): Promise<readonly AutomaticMutant[]> {
  await mkdir(folder, { recursive: true });
  await cp(join(project, 'src'), join(folder, 'src'), { recursive: true });
  await cp(join(project, 'package.json'), join(folder, 'package.json'));
  await symlink(join(project, 'node_modules'), join(folder, 'node_modules'));
  const sources: { readonly room: MutatedRoom; readonly file: string; readonly content: string }[] = [];
  for (const room of mutatedRooms) {
    const names = await readdir(join(project, 'src', room));
    for (const name of names.filter((one) => one.endsWith('.ts') && !SUPPORT.test(one)).toSorted()) {
      const file = `${room}/${name}`;
      if (PROVER_ONLY.has(file)) continue;
      sources.push({ room, file, content: await readFile(join(project, 'src', file), 'utf8') });
    }
  }
  const instrumenter = new Instrumenter(silent);
  const { files, mutants } = await instrumenter.instrument(
    sources.map(({ file, content }) => ({ name: file, content, mutate: true })),
    { plugins: null, excludedMutations: [], ignorers: [] },
  );
  for (const { name, content } of files) await writeFile(join(folder, 'src', name), content);
  const known = new Map(sources.map((source) => [source.file, source]));
  return nameMutants(
    mutants.flatMap((mutant): readonly Change[] => {
      const source = known.get(mutant.fileName);
      if (source === undefined) return [];
      const { start, end } = mutant.location;
      const lines = source.content.split('\n');
      return [
        {
          number: mutant.id,
          room: source.room,
          file: source.file,
          line: start.line + 1,
          mutator: mutant.mutatorName,
          original: textBetween(lines, start, end),
          replacement: mutant.replacement,
          context: lines[start.line] ?? '',
        },
      ];
    }),
  );
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/** The text from one place to another, both counted from 0. */
function textBetween(lines: readonly string[], start: Place, end: Place): string {
  return lines
    .slice(start.line, end.line + 1)
    .map((line, at) => {
      const to = at === end.line - start.line ? end.column : undefined;
      return line.slice(at === 0 ? start.column : 0, to);
    })
    .join('\n');
}

const no = () => false;
const nothing = () => undefined;
const silent = {
  isTraceEnabled: no,
  isDebugEnabled: no,
  isInfoEnabled: no,
  isWarnEnabled: no,
  isErrorEnabled: no,
  isFatalEnabled: no,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
};
