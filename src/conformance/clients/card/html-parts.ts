import { fillPage, readPage, type PageContent } from '../../report/built-page.ts';
import { escapeControls } from '../../report/escape-controls.ts';
import { escapeXml } from '../../report/escape-xml.ts';
import type { Grade } from '../grade.ts';

/** Text inside HTML, in an element or in a quoted attribute; control characters are shown. */
export function html(text: string, keep: 'line feeds' | 'nothing' = 'nothing'): string {
  return escapeXml(escapeControls(text, keep));
}

/** A built page about clients. `title` is text, `content` is HTML; both may hold what a client said. */
export function htmlPage(
  name: 'client-card' | 'self-driven',
  { title, about, content }: PageContent & { readonly content: readonly string[] },
): string {
  const shown = { title: escapeControls(title, 'nothing'), content, ...(about !== undefined && { about }) };
  return [...fillPage(readPage(name), shown)].join('');
}

/** The class that gives a grade its colour. */
export function classOf(grade: Grade): string {
  return grade.replaceAll(' ', '-');
}
