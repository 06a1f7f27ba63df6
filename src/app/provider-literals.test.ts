import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { prescribedReplies, ruleIdsOf } from '../contract/contract.ts';
import { emailmassivo } from '../contract/emailmassivo/emailmassivo.ts';

/**
 * What rooms that serve any provider still know of the first one: quoted rule ids and replies, its ports, imports of its
 * folder. The numbers may only fall: a change that removes a fact lowers the number of its room. A room that is not named has none.
 */
const known: Readonly<Record<string, number>> = {
  sandbox: 3,
  'sandbox/policy': 17,
};

const source = fileURLToPath(new URL('..', import.meta.url));
const ids = new Set(ruleIdsOf(emailmassivo));
const replies = prescribedReplies(emailmassivo);
const ports = new Set(emailmassivo.modes.map(({ port }) => String(port)).filter((port) => port !== '25'));

/** The provider's facts in a text: each quoted rule id, quoted reply, port and import of its folder. */
function factsIn(text: string): readonly string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g, '');
  const quoted = [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|`([^`$\n]*)`/g)].map(
    ([, one, other]) => one ?? other ?? '',
  );
  return [
    ...quoted.filter((each) => ids.has(each) || replies.has(each) || each.includes('/emailmassivo/')),
    ...[...code.matchAll(/(?<![\w.'#-])\d{2,4}(?![\w.'-])/g)]
      .map(([number]) => number)
      .filter((each) => ports.has(each)),
  ];
}

/** Where a provider's facts belong, where providers are registered and exported, and what tests anything. */
const isOwn = (file: string) =>
  /^contract\/|^sandbox\/policy\/(?:emailmassivo|amazon-ses)\/|^conformance\/property\/(?:emailmassivo|amazon-ses)\/|^app\/providers\.ts$|^index\.ts$/.test(
    file,
  ) || /\.test\.ts$|-fixture\.ts$|-for-tests\.ts$|-behaviour\.ts$/.test(file);

test('rooms that serve any provider know no more of the first one than they did', async () => {
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(source, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !isOwn(file));
  const found = new Map<string, number>();
  for (const file of files) {
    const { length } = factsIn(await readFile(join(source, file), 'utf8'));
    const room = file.split('/').slice(0, -1).join('/') || '.';
    if (length > 0) found.set(room, (found.get(room) ?? 0) + length);
  }
  expect(Object.fromEntries(found)).toEqual(known);
});

test('what counts', () => {
  expect(factsIn("refuse('error.450')")).toEqual(['error.450']);
  expect(factsIn("reply: '450 Balance not enough'")).toEqual(['450 Balance not enough']);
  expect(factsIn("import { a } from '../contract/emailmassivo/a.ts';")).toHaveLength(1);
  expect(factsIn('const port = 587;')).toEqual(['587']);
  expect(factsIn("// 'error.450'\n/* 587 */ const text = '250 Ok';")).toEqual([]);
});
