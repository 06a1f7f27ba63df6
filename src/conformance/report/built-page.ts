import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ReportAbout } from '../../control-api/report-schemas.ts';
import { escapeXml } from './escape-xml.ts';

/** The folder that `npm run pages` writes; the path holds for the sources and for the package's `dist`. */
const usualFolder = fileURLToPath(new URL('../../../dist-web/pages/', import.meta.url));

/** A page of one file was not built. */
export class MissingPageError extends Error {
  override readonly name = 'MissingPageError';
}

/** A page as it was built, around what a program fills in. */
export interface BuiltPage {
  /** Up to the place of {@link PageContent.about}. */
  readonly start: string;
  /** From there to the title. */
  readonly head: string;
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
  const [start, behindAbout] = cut(readText(path), '{{about}}');
  const [head, behindTitle] = cut(behindAbout, '{{title}}');
  const [middle, end] = cut(behindTitle, '{{content}}');
  const page = { start, head, middle, end };
  kept.set(path, page);
  return page;
}

/** What a page is filled with. */
export interface PageContent {
  /** Text. */
  readonly title: string;
  /** The summary that lists of reports show; it stands at the beginning of the file. */
  readonly about?: ReportAbout;
  /** HTML, in pieces. */
  readonly content: Iterable<string>;
}

/** The page, filled in. */
export function* fillPage(
  { start, head, middle, end }: BuiltPage,
  { title, about, content }: PageContent,
): Generator<string> {
  // percent-encoded, it holds no character that HTML gives a meaning
  const words = about === undefined ? '' : encodeURIComponent(JSON.stringify(about));
  yield `${start}${words}${head}${escapeXml(title)}${middle}`;
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
