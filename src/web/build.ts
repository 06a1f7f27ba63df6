/**
 * The one web toolchain: Vite builds the dashboard, which is served, and the pages that are one file. It knows no page from
 * inside, and nothing that runs knows it.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Rollup } from 'vite';
import { dashboardConfiguration } from './dashboard-configuration.ts';
import { outputFolder, shared } from './output.ts';
import { pageTemplate } from './page-template.ts';
import { pages, type Page } from './pages.ts';
import { isBuiltFromTheseSources, recordSources } from './sources.ts';

/** Builds everything into {@link outputFolder}; where the sources are those of the last build, does nothing. */
export async function buildPages(): Promise<void> {
  if (await isBuiltFromTheseSources()) return;
  const modules = new Set(modulesOf(await build(dashboardConfiguration)));
  const folder = join(outputFolder, 'pages');
  await mkdir(folder, { recursive: true });
  for (const page of pages) {
    const built = await build(configurationOf(page));
    for (const module of modulesOf(built)) modules.add(module);
    await writeFile(join(folder, `${page.name}.html`), pageTemplate(page, partsOf(page, built)));
  }
  await recordSources([...modules]);
}

type Built = Awaited<ReturnType<typeof build>>;

function configurationOf({ entry }: Page): Parameters<typeof build>[0] {
  return {
    ...shared,
    root: fileURLToPath(new URL('../', import.meta.url)),
    build: {
      ...shared.build,
      write: false,
      // browsers that know light-dark() themselves
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      // one style for the page, beside its script
      cssCodeSplit: false,
      rolldownOptions: {
        input: fileURLToPath(new URL(`../${entry}`, import.meta.url)),
        output: { format: 'iife' },
      },
    },
  };
}

function partsOf({ name }: Page, built: Built): { readonly script: string; readonly style: string } {
  const files = outputsOf(built);
  const chunk = files.find((file) => file.type === 'chunk');
  const style = files.find((file) => file.type === 'asset');
  if (chunk === undefined || style === undefined || files.length !== 2) {
    throw new Error(`The page ${name} is not one script and one style, but ${files.length} files.`);
  }
  return { script: chunk.code.trim(), style: String(style.source).trim() };
}

function outputsOf(built: Built): readonly (Rollup.OutputChunk | Rollup.OutputAsset)[] {
  if ('close' in built) throw new TypeError('A build that watches has no output.');
  return (Array.isArray(built) ? built : [built]).flatMap(({ output }) => output);
}

function modulesOf(built: Built): readonly string[] {
  return outputsOf(built).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
}
