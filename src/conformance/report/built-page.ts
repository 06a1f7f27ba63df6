import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { escapeXml } from './escape-xml.ts';

/** Where `npm run pages` puts the pages, seen from the sources and from the package's `dist`. */
const usualFolder = fileURLToPath(new URL('../../../dist-web/pages/', import.meta.url));

/** A page of one file was not built. */
export class MissingPageError extends Error {
  override readonly name = 'MissingPageError';
}

/** A page as it was built, around what a program fills in. */
export interface BuiltPage {
  /** Up to the title. */
  readonly start: string;
  /** Between the title and the content. */
  readonly middle: string;
  /** Behind the content: the script. */
  readonly end: string;
}

const kept = new Map<string, BuiltPage>();

/**
 * The built page of a name, `report` for one; read once. Throws {@link MissingPageError} where it was not built: commands
 * that will need a page ask for it before they begin.
 */
export function readPage(name: string, folder: string = usualFolder): BuiltPage {
  const path = `${folder}${name}.html`;
  const known = kept.get(path);
  if (known !== undefined) return known;
  const [start, rest] = cut(readText(path), '{{title}}');
  const [middle, end] = cut(rest, '{{content}}');
  const page = { start, middle, end };
  kept.set(path, page);
  return page;
}

/** The page with its title, which is text, and its content, which is HTML in pieces. */
export function* fillPage(
  { start, middle, end }: BuiltPage,
  title: string,
  content: Iterable<string>,
): Generator<string> {
  yield `${start}${escapeXml(title)}${middle}`;
  yield* content;
  yield end;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (fault) {
    throw new MissingPageError(
      `The page ${path} is missing. It is built when the project is installed: run "npm run pages" in the folder of smtp-gauntlet, after "npm ci".`,
      { cause: fault },
    );
  }
}

function cut(text: string, mark: string): readonly [string, string] {
  const at = text.indexOf(mark);
  if (at === -1) throw new MissingPageError(`A built page lacks ${mark}. Run "npm run pages".`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}
