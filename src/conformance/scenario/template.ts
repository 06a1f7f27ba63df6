/** Text with `${name}` in it, filled in when the values are known. */
export interface Template {
  readonly text: string;
  readonly variables: readonly TemplateVariable[];
}

/** A variable in a template; `offset` is that of its `$`. */
interface TemplateVariable {
  readonly name: string;
  readonly offset: number;
}

const VARIABLE = /\$\{([^}]*)\}/g;

/** Reads a template. A `${` that no `}` closes is a variable too, under a name that nobody can have. */
export function readTemplate(text: string): Template {
  const variables = [...text.matchAll(VARIABLE)].map((match) => ({
    name: match[1] ?? '',
    offset: match.index,
  }));
  const open = /\$\{[^}]*$/.exec(text);
  return {
    text,
    variables:
      open === null
        ? variables
        : [...variables, { name: `${open[0].slice(2)}, which no brace closes`, offset: open.index }],
  };
}

/** Fills a template in; `change` is applied to each value, never to the text around it. */
export function fillTemplate(
  template: Template,
  values: ReadonlyMap<string, string>,
  change: (value: string) => string = (value) => value,
): string {
  return template.text.replaceAll(VARIABLE, (whole, name: string) => {
    const value = values.get(name);
    return value === undefined ? whole : change(value);
  });
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
