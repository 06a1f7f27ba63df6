import { escapeControls } from './escape-controls.ts';

/** A text that Markdown shows as it stands: it calls nobody, links nowhere and opens no tag. */
export function plain(text: string): string {
  return escapeControls(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]|~#$]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replaceAll('@', '@<!-- -->')
    .replaceAll('://', ':<!-- -->//');
}

/** A short text as code within a line, and within a cell of a table. */
export function code(text: string): string {
  const shown = escapeControls(text).replaceAll('|', String.raw`\|`);
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const gap = longest > 0 ? ' ' : '';
  return `${fence}${gap}${shown}${gap}${fence}`;
}

/** Lines as a block of code, whose fence is longer than any in it. */
export function block(lines: readonly string[], language = ''): string {
  const text = lines.map((line) => escapeControls(line)).join('\n');
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A sentence of the project's own, in which backticks make code. */
export function prose(text: string): string {
  return text
    .split('`')
    .map((part, at) => (at % 2 === 0 ? plain(part) : code(part)))
    .join('');
}

/** Characters that one line may take; more of it tells nothing in a comment. */
const LINE = 300;

/** A text that is not too long; what is cut off is counted. */
export function clip(text: string): string {
  return text.length <= LINE ? text : `${text.slice(0, LINE)}… (${text.length - LINE} more characters)`;
}
