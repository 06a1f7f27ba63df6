import { isMap, isPair, isScalar, isSeq, parseDocument, Scalar, visit, type Document, type Pair } from 'yaml';

/** The keys of a file and of a case, in the order in which they are read. */
const KEY_ORDER = [
  'title',
  'about',
  'modes',
  'given',
  'vars',
  'messages',
  'dialogue',
  'cases',
  'then',
  'withdrawn',
  'found',
];

/** Blanks between an expectation and its tag. */
const TAG_GAP = '   ';

/**
 * A scenario file in the one form that all of them have: keys in their order, two blanks of indentation, one behind each
 * label of a dialogue, three before a tag. Comments stay where they belong, messages as they are to the octet, and a
 * formatted file stays as it is. `undefined` where the text is no YAML.
 */
export function formatScenario(text: string): string | undefined {
  const document = parseDocument(text.replaceAll('\r\n', '\n'), { version: '1.2' });
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  sortKeys(document);
  visit(document, {
    Pair: (_, pair) => {
      if (isScalar(pair.key) && pair.key.value === 'dialogue') formatDialogue(pair);
    },
    Scalar: (_, scalar) => {
      if (scalar.type === Scalar.PLAIN && typeof scalar.value === 'string')
        scalar.value = gapBeforeTag(scalar.value);
    },
  });
  return unpadLists(`${document.toString({ lineWidth: 0, flowCollectionPadding: true }).trimEnd()}\n`);
}

/** The library pads `[ … ]` where it pads `{ … }`. */
function unpadLists(text: string): string {
  const blanks: number[] = [];
  visit(parseDocument(text), {
    Seq: (_, { flow, range }) => {
      if (flow !== true || !range) return;
      for (const at of [range[0] + 1, range[1] - 2]) if (text[at] === ' ') blanks.push(at);
    },
  });
  // from the end, so that the places before stay right
  return blanks
    .toSorted((left, right) => right - left)
    .reduce((all, at) => all.slice(0, at) + all.slice(at + 1), text);
}

function sortKeys({ contents }: Document): void {
  if (!isMap(contents)) return;
  const cases = contents.get('cases');
  const maps = [contents, ...(isSeq(cases) ? cases.items.filter(isMap) : [])];
  for (const map of maps) {
    const [first] = map.items;
    map.items = map.items.toSorted((left, right) => placeOf(left) - placeOf(right));
    // what stands above the first key stands above the whole file
    const header = first === undefined ? undefined : takeHeader(first);
    const top = map.items[0];
    if (header !== undefined && top !== undefined) giveHeader(top, header);
  }
}

function placeOf(pair: Pair): number {
  const place = isScalar(pair.key) ? KEY_ORDER.indexOf(String(pair.key.value)) : -1;
  return place === -1 ? KEY_ORDER.length : place;
}

function takeHeader({ key }: Pair): string | undefined {
  if (!isScalar(key) || key.commentBefore == null) return undefined;
  const header = key.commentBefore;
  key.commentBefore = null;
  return header;
}

function giveHeader({ key }: Pair, header: string): void {
  if (isScalar(key))
    key.commentBefore = [header, key.commentBefore].filter((text) => text != null).join('\n');
}

function formatDialogue(pair: Pair): void {
  const { value } = pair;
  if (!isPair(pair) || !isScalar(value) || value.type !== Scalar.BLOCK_LITERAL) return;
  const lines = String(value.value)
    .split('\n')
    .map((line) => formatLine(line.trim()))
    .filter((line) => line !== '');
  value.value = `${indentLoops(lines).join('\n')}\n`;
}

/** What stands in a loop is two blanks further in. */
function indentLoops(lines: readonly string[]): readonly string[] {
  let depth = 0;
  return lines.map((line) => {
    if (line === 'end') depth = Math.max(0, depth - 1);
    const indented = `${'  '.repeat(depth)}${line}`;
    if (/^repeat\b/.test(line)) depth += 1;
    return indented;
  });
}

function formatLine(line: string): string {
  const match = /^([CSTW](?:\d{1,3}|\$\{n\})?[:?])\s+(.*)$/.exec(line);
  // the blanks behind C> are sent
  if (match?.[1] === undefined || match[2] === undefined) return line;
  return `${match[1]} ${match[1].startsWith('S') ? gapBeforeTag(match[2]) : match[2]}`;
}

function gapBeforeTag(text: string): string {
  return text.replace(/\s+(\[[a-z0-9.-]+\])$/, `${TAG_GAP}$1`);
}
