import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const word = z.string().min(1);

/** `client.json` of a real client: what it needs, how it is built, how it sends one mail. `{build}` is a folder of its own. */
const fixtureShape = z.strictObject({
  name: word,
  language: word,
  /** How it is set up, in a few words. */
  about: word,
  /** Why it cannot be run where CI runs; it is named in the table all the same. */
  notRun: word.optional(),
  /** Programs on the path. */
  needs: z.array(word).default([]),
  /** A file that a package brings. */
  needsFile: word.optional(),
  setup: z.array(z.array(word).min(1)).default([]),
  version: z.array(word).default([]),
  command: z.array(word).default([]),
  environment: z.record(word, z.string()).default({}),
});

const fixtureSchema = fixtureShape.refine(
  ({ notRun, needs, command, version }) =>
    notRun !== undefined || [needs, command, version].every((words) => words.length > 0),
  'a client has needs, version and command, or says in notRun why it has none',
);

/** A real client and its folder. */
export type ClientFixture = z.output<typeof fixtureSchema> & {
  readonly folder: string;
  readonly path: string;
};

/** The clients below a folder, in the order of the table: by language, then by name. */
export async function readFixtures(root: string): Promise<readonly ClientFixture[]> {
  const entries = await readdir(root, { withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map(async ({ name: folder }) => {
        const path = join(root, folder);
        const text = await readFile(join(path, 'client.json'), 'utf8').catch(() => undefined);
        return text === undefined ? [] : [{ ...fixtureSchema.parse(JSON.parse(text)), folder, path }];
      }),
  );
  const key = ({ language, folder }: ClientFixture) => `${language} ${folder}`;
  return found.flat().toSorted((left, right) => key(left).localeCompare(key(right), 'en'));
}
