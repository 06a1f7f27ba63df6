import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument, Scalar, type Document } from 'yaml';
import type { Position } from './dialogue.ts';
import type { Problem } from './problem.ts';
import type { RawLine } from './raw-line.ts';

/** A path into a YAML document: keys and indexes. */
export type YamlPath = readonly (string | number)[];

/** A YAML document with the places of everything in it. */
export interface YamlSource {
  readonly document: Document;
  readonly problems: readonly Problem[];
  readonly text: string;
  readonly positionOf: (offset: number) => Position;
}

/** What the library says of these helps nobody who does not know YAML's grammar. */
const YAML_MISTAKES: ReadonlyMap<string, string> = new Map([
  ['BLOCK_AS_IMPLICIT_KEY', 'YAML takes ": " for the end of a key: put a text that has it between quotes.'],
  ['TAB_AS_INDENT', 'YAML is indented with blanks, never with tabs.'],
  ['DUPLICATE_KEY', 'This key stands here twice: keep one of the two.'],
  ['BAD_INDENT', 'This line is indented otherwise than its neighbours.'],
  ['MISSING_CHAR', 'Something is left open here: a quote, a bracket or a brace.'],
]);

/** Reads a YAML document; what the library only warns of is a mistake too. */
export function readYaml(text: string): YamlSource {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, version: '1.2' });
  const positionOf = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problems = [...document.errors, ...document.warnings].map((error): Problem => ({
    code: 'yaml',
    sentence:
      YAML_MISTAKES.get(error.code) ??
      `This is no YAML: ${error.message}. A line is "key: value", or belongs to a block above it.`,
    position: positionOf(error.pos[0]),
  }));
  return { document, problems, text, positionOf };
}

/** Where the value at a path begins, or the nearest thing above it that there is. */
export function valuePosition(source: YamlSource, path: YamlPath): Position {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = source.document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return source.positionOf(node.range[0]);
  }
  return { line: 1, column: 1 };
}

/** Where the key at the end of a path stands; an index of a list stands at its value. */
export function keyPosition(source: YamlSource, path: YamlPath): Position {
  const parent = source.document.getIn(path.slice(0, -1), true);
  if (isMap(parent)) {
    for (const pair of parent.items) {
      if (isScalar(pair.key) && pair.key.value === path.at(-1) && pair.key.range) {
        return source.positionOf(pair.key.range[0]);
      }
    }
  }
  return valuePosition(source, path);
}

/** A text in the file: a literal block with its lines in place, or a text in double quotes. */
export type YamlText =
  | { readonly kind: 'block'; readonly lines: readonly RawLine[]; readonly value: string }
  | {
      readonly kind: 'quoted';
      readonly value: string;
      readonly position: Position;
      /** Where a mark stands in the file for the so-manieth time, from 0; where the text begins if it is escaped. */
      readonly positionOf: (mark: string, time: number) => Position;
    }
  | { readonly kind: 'other'; readonly position: Position }
  | { readonly kind: 'missing' };

/** The text at a path. */
export function textAt(source: YamlSource, path: YamlPath): YamlText {
  const node = source.document.getIn(path, true);
  if (!isScalar(node) || typeof node.value !== 'string' || !node.range) {
    return node === undefined
      ? { kind: 'missing' }
      : { kind: 'other', position: valuePosition(source, path) };
  }
  const position = source.positionOf(node.range[0]);
  if (node.type === Scalar.QUOTE_DOUBLE) {
    const [start, end] = node.range;
    const written = source.text.slice(start, end);
    // line feeds in the value are escapes or folds in the file, so the lines of the value tell nothing
    const positionOf = (mark: string, time: number): Position => {
      const found = [...written.matchAll(new RegExp(RegExp.escape(mark), 'g'))][time];
      return found === undefined ? position : source.positionOf(start + found.index);
    };
    return { kind: 'quoted', value: node.value, position, positionOf };
  }
  if (node.type !== Scalar.BLOCK_LITERAL) return { kind: 'other', position };
  return { kind: 'block', value: node.value, lines: blockLines(source.text, node.value, position.line + 1) };
}

function blockLines(text: string, value: string, firstLine: number): readonly RawLine[] {
  const inFile = text.split('\n');
  const values = value.replace(/\n$/, '').split('\n');
  return values.map((content, at) => {
    const raw = (inFile[firstLine - 1 + at] ?? '').replace(/\r$/, '');
    const line = content.trimStart();
    return {
      text: line,
      position: { line: firstLine + at, column: raw.length - raw.trimStart().length + 1 },
    };
  });
}

/** The pairs of the map at a path, their keys as text. */
export function pairsAt(
  source: YamlSource,
  path: YamlPath,
): readonly { readonly key: string; readonly path: YamlPath; readonly position: Position }[] {
  const node = source.document.getIn(path, true);
  if (!isMap(node)) return [];
  return node.items.flatMap((pair) => {
    if (!isPair(pair) || !isScalar(pair.key) || typeof pair.key.value !== 'string' || !pair.key.range)
      return [];
    const key = pair.key.value;
    return [{ key, path: [...path, key], position: source.positionOf(pair.key.range[0]) }];
  });
}
