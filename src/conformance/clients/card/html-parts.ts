import { fillPage, readPage } from '../../report/built-page.ts';
import { escapeControls } from '../../report/escape-controls.ts';
import { escapeXml } from '../../report/escape-xml.ts';
import type { Grade } from '../grade.ts';

/** Text inside HTML, in an element or in a quoted attribute; control characters are shown. */
export function html(text: string, keep: 'line feeds' | 'nothing' = 'nothing'): string {
  return escapeXml(escapeControls(text, keep));
}

/** A built page about clients. `content` is HTML, `title` is text; both may hold what a client said. */
export function htmlPage(name: 'client-card' | 'self-driven', title: string, content: string): string {
  return [...fillPage(readPage(name), escapeControls(title, 'nothing'), [content])].join('');
}

/** The class that gives a grade its colour. */
export function classOf(grade: Grade): string {
  return grade.replaceAll(' ', '-');
}
