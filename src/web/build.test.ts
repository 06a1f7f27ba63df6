import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { outputFolder } from './output.ts';
import { pageTemplate } from './page-template.ts';
import { isBuiltFromTheseSources } from './sources.ts';

const manifestSchema = z.record(
  z.string(),
  z.object({
    file: z.string(),
    isEntry: z.boolean().default(false),
    isDynamicEntry: z.boolean().default(false),
    imports: z.array(z.string()).default([]),
    css: z.array(z.string()).default([]),
  }),
);
type Manifest = z.output<typeof manifestSchema>;

const readManifest = async (): Promise<Manifest> =>
  manifestSchema.parse(JSON.parse(await readFile(join(outputFolder, '.vite', 'manifest.json'), 'utf8')));

/** The files that a chunk needs before it runs. */
function filesOf(manifest: Manifest, name: string, seen = new Set<string>()): ReadonlySet<string> {
  const chunk = manifest[name];
  if (chunk === undefined || seen.has(chunk.file)) return seen;
  for (const file of [chunk.file, ...chunk.css]) seen.add(file);
  for (const each of chunk.imports) filesOf(manifest, each, seen);
  return seen;
}

const weigh = async (file: string): Promise<number> =>
  gzipSync(await readFile(join(outputFolder, file))).length;

test('what is built comes from these sources; if not, run npm run pages', async () => {
  expect(await isBuiltFromTheseSources()).toBe(true);
});

test.each([
  ['a script that ends early', { script: "a('</script>')", style: '' }],
  ['a script in which a program would fill something in', { script: "a('{{content}}')", style: '' }],
  ['a style that ends early', { script: '', style: 'a::after{content:"</style>"}' }],
])('no page is made of %s', (_what, parts) => {
  expect(() => pageTemplate({ name: 'some', entry: '', policy: [] }, parts)).toThrow('The page some holds');
});

test('the first load is at most 350 kB, compressed, whichever page is opened', async () => {
  const manifest = await readManifest();
  const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry === true) ?? '';
  // the chart comes behind its page, which shows its numbers before
  const pages = Object.keys(manifest).filter(
    (name) => name.startsWith('pages/') && !name.endsWith('-chart.tsx'),
  );
  expect(pages.length).toBeGreaterThan(0);
  for (const page of pages) {
    const files = new Set([...filesOf(manifest, entry), ...filesOf(manifest, page)]);
    const sizes = await Promise.all([...files].map(weigh));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    expect([page, Math.round(total / 1_000)]).toSatisfy(
      ([, kilobytes]: [string, number]) => kilobytes <= 350,
    );
  }
});

test('each page is a file of its own, loaded when it is opened', async () => {
  const manifest = await readManifest();
  const pages = Object.entries(manifest).filter(([name]) => name.startsWith('pages/'));
  for (const [name, { isDynamicEntry }] of pages) expect([name, isDynamicEntry]).toEqual([name, true]);
});
