import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fillPage, readPage } from './built-page.ts';

const folder = `${await mkdtemp(join(tmpdir(), 'gauntlet-built-page-'))}/`;
afterAll(() => rm(folder, { recursive: true }));

test('a page that was not built: where it should be, and what to run', () => {
  expect(() => readPage('report', folder)).toThrow(
    `The page ${folder}report.html is missing. It is built when the project is installed: run "npm run pages" in the folder of smtp-gauntlet, after "npm ci".`,
  );
});

test('a file that is no built page is refused', async () => {
  await writeFile(`${folder}empty.html`, '{{about}}<title>{{title}}</title>');
  expect(() => readPage('empty', folder)).toThrow('lacks {{content}}');
});

test('the title is text, the content stands as it is, and neither is filled in again', async () => {
  await writeFile(
    `${folder}page.html`,
    '<meta content="{{about}}"><title>{{title}}</title>{{content}}<script>1</script>',
  );
  const content = ['<i>{{title}}', '$&</i>'];
  const page = [...fillPage(readPage('page', folder), { title: '<b>{{content}}', content })].join('');
  expect(page).toBe(
    '<meta content=""><title>&lt;b&gt;{{content}}</title><i>{{title}}$&</i><script>1</script>',
  );
});

test.each(['report', 'client-card', 'self-driven'])(
  '%s is built, and loads nothing from elsewhere',
  (name) => {
    const page = Object.values(readPage(name)).join('');
    expect(page).toContain("default-src 'none'; script-src 'sha256-");
    expect(page).not.toMatch(/<(?:link|img|iframe)|src=|url\(|@import/);
  },
);
