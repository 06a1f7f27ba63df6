import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { gallerySchema } from './gallery-data.ts';
import { galleryPage } from './gallery-page.ts';
import { checkedCells, readHandChecks } from './hand-checks.ts';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');
const gallery = gallerySchema.parse(JSON.parse(await read('../../docs/client-gallery.json')));
const checks = await readHandChecks();

test('each wrong or dangerous grade of the gallery was read by hand, and nothing else is said to have been', () => {
  const cells = checkedCells(gallery, checks);
  expect(cells.length).toBeGreaterThan(0);
  const unread = cells.filter(({ saw }) => saw === undefined);
  expect(unread.map(({ client, id, grade }) => `${client.folder} ${id} ${grade}`)).toEqual([]);
  const bad = new Set(cells.map(({ client, id }) => `${client.folder} ${id}`));
  const said = Object.entries(checks).flatMap(([folder, cases]) =>
    Object.keys(cases).map((id) => `${folder} ${id}`),
  );
  expect(said.filter((cell) => !bad.has(cell))).toEqual([]);
});

test('a check of another grade than the table has counts for nothing', () => {
  const [first] = checkedCells(gallery, checks);
  if (first === undefined) throw new TypeError('The gallery has no bad cell.');
  const { client, id } = first;
  const other = { [client.folder]: { [id]: { grade: 'acceptable' as const, saw: 'something' } } };
  const again = checkedCells(gallery, other).find((cell) => cell.client === client && cell.id === id);
  expect(again?.saw).toBeUndefined();
  expect(galleryPage(gallery, '', other)).toContain('not read yet');
});

test('the page is what the measurement, the notes and the hand checks say', async () => {
  const notes = await read('./gallery-notes.md');
  expect(await read('../../docs/client-gallery.md')).toBe(galleryPage(gallery, notes, checks));
});
