import { applyFilter } from './template-filters.ts';

/** Text with `${name}` in it, filled in when the values are known. */
export interface Template {
  readonly text: string;
  readonly variables: readonly TemplateVariable[];
}

/** A variable in a template; `offset` is that of its `$`. The filters are applied from left to right. */
interface TemplateVariable {
  readonly name: string;
  readonly filters: readonly string[];
  readonly offset: number;
}

const VARIABLE = /\$\{([^}]*)\}/g;

/** Reads a template. A `${` that no `}` closes is a variable too, under a name that nobody can have. */
export function readTemplate(text: string): Template {
  // behind the last brace nothing closes: a search for it there would begin anew at each `${`
  const end = text.lastIndexOf('}') + 1;
  const variables = [...text.slice(0, end).matchAll(VARIABLE)].map((match) => ({
    ...splitVariable(match[1] ?? ''),
    offset: match.index,
  }));
  const open = text.indexOf('${', end);
  return {
    text,
    variables:
      open === -1
        ? variables
        : [
            ...variables,
            { name: `${text.slice(open + 2)}, which no brace closes`, filters: [], offset: open },
          ],
  };
}

/** What stands between the braces: a name, and filters behind bars. */
function splitVariable(inside: string): { readonly name: string; readonly filters: readonly string[] } {
  const [name = '', ...filters] = inside.split('|').map((part) => part.trim());
  return { name, filters };
}

/** Fills a template in; `change` is applied to each value, never to the text around it. */
export function fillTemplate(
  template: Template,
  values: TemplateValues,
  change: (value: string) => string = (value) => value,
): string {
  const end = template.text.lastIndexOf('}') + 1;
  const filled = template.text.slice(0, end).replaceAll(VARIABLE, (whole, inside: string) => {
    const { name, filters } = splitVariable(inside);
    const value = values.get(name);
    return value === undefined ? whole : change(filters.reduce(applyFilter, value));
  });
  return filled + template.text.slice(end);
}

/** Where the values of variables are looked up. */
export interface TemplateValues {
  readonly get: (name: string) => string | undefined;
}

/** The value as a part of a regular expression that matches it and nothing else. */
export function escapePattern(value: string): string {
  return value.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}

/**
 * The octets of a `C>` line, one character an octet: `\r`, `\n`, `\t`, `\\` and `\xNN` are read, all else is UTF-8.
 * `undefined` where an escape is none of these.
 */
export function readEscapes(text: string): string | undefined {
  if (/\\(?![rnt\\]|x[0-9A-Fa-f]{2})/.test(text.replaceAll('\\\\', ''))) return undefined;
  return text.replaceAll(
    /\\(?:([rnt\\])|x([0-9A-Fa-f]{2}))|[^\\]+/gs,
    (whole, named?: string, hex?: string) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      switch (named) {
        case undefined:
          return utf8AsOctets(whole);
        case 'r':
          return '\r';
        case 'n':
          return '\n';
        case 't':
          return '\t';
        default:
          return '\\';
      }
    },
  );
}

/** Text as octets of UTF-8, one character an octet. */
export function utf8AsOctets(text: string): string {
  return Array.from(new TextEncoder().encode(text), (octet) => String.fromCharCode(octet)).join('');
}
