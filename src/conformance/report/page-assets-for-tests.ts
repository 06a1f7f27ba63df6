import { readFile, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';

// Makes page-assets.generated.ts of page/: `npm run page`. A test holds that the two agree.

/** The page's modules, each after those that it imports. */
const MODULES = [
  'view-state',
  'octets',
  'align',
  'dom',
  'matrix-rows',
  'matrix',
  'again',
  'legend',
  'documentation',
  'source',
  'transcript',
  'detail',
  'tables',
  'findings',
  'verdict',
  'main',
];

const target = new URL('./page-assets.generated.ts', import.meta.url);

/** The module that holds the page's script and style as texts. */
export async function renderPageAssets(): Promise<string> {
  const read = (name: string) => readFile(new URL(`./page/${name}`, import.meta.url), 'utf8');
  const modules = await Promise.all(MODULES.map(async (name) => toScript(await read(`${name}.ts`))));
  const script = `(() => {\n'use strict';\n${modules.join('\n')}\n})();\n`;
  const style = (await read('page.css')).replaceAll(/\/\*.*?\*\//gs, '');
  return [
    '// Made by `npm run page` from page/; do not edit.',
    '',
    '/** The script of the HTML page. */',
    `export const pageScript = ${asLines(script)};`,
    '',
    '/** The style of the HTML page. */',
    `export const pageStyle = ${asLines(style)};`,
    '',
  ].join('\n');
}

/** One module's text without types, imports and exports: in one script all names are at hand. */
function toScript(source: string): string {
  return stripTypeScriptTypes(source)
    .replaceAll(/^import [^;]*;$/gm, '')
    .replaceAll(/^export (?=const|function|class|async)/gm, '')
    .replaceAll(/^\s*\/\/.*$/gm, '')
    .replaceAll(/^\/\*\*.*?\*\/$/gms, '');
}

/** A text as an array of its lines, so that a change of one is a change of one. */
function asLines(text: string): string {
  const lines = text.split('\n').map((line) => line.trimEnd());
  return `[\n${lines
    .filter((line) => line !== '')
    .map((line) => `  ${JSON.stringify(line)},`)
    .join('\n')}\n].join('\\n')`;
}

if (import.meta.main) await writeFile(target, await renderPageAssets());
