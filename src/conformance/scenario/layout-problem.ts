import type { Problem } from './problem.ts';

/** The keys of a file, each of which stands at the beginning of its line. */
const FILE_KEYS = 'title|about|modes|given|vars|messages|dialogue|cases|then|withdrawn|found';
const FILE_KEY = new RegExp(`^(\\s*)(${FILE_KEYS}):(?: |$)`);
const DIALOGUE_LINE = /^\s*(?:[CSTW]\d{0,3}[:>?](?: |$)|repeat \S|end$)/;
/** What follows a colon where lines below are its value. */
const BLOCK = /^[|>][-+\d]*\s*(?:#.*)?$/;

interface OpenBlock {
  /** Blanks before its key. */
  readonly key: number;
  readonly isDialogue: boolean;
  /** Blanks before its lines; `undefined` until the first. */
  lines: number | undefined;
}

/**
 * The first mistake of indentation, told in the words of the format. A YAML parser tells one wrong blank as a dozen
 * mistakes of grammar, none of which names it.
 */
export function layoutProblem(text: string): Problem | undefined {
  const lines = text.split(/\r?\n/);
  let block: OpenBlock | undefined;
  let parentHasValue = false;
  let isFirst = true;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const at = (column: number, sentence: string): Problem => ({
      code: 'layout',
      sentence,
      position: { line: index + 1, column },
    });
    const blanks = /^ */.exec(line)?.[0].length ?? 0;
    if (block !== undefined && !endsBlock(block, line, blanks)) {
      if (line[blanks] === '\t' && (block.lines === undefined || blanks < block.lines))
        return at(blanks + 1, 'A tab stands before this line: indent it with blanks.');
      block.lines ??= blanks;
      const key = FILE_KEY.exec(line)?.[2];
      if (block.isDialogue && key !== undefined)
        return at(
          blanks + 1,
          `"${key}:" is indented as if it were a line of the dialogue: it belongs ${block.key === 0 ? 'at the beginning of the line' : `behind ${block.key} blanks`}.`,
        );
      continue;
    }
    if (block?.isDialogue === true && DIALOGUE_LINE.test(line)) {
      return block.lines === undefined
        ? at(blanks + 1, 'The lines of a dialogue are indented by two blanks more than "dialogue:".')
        : at(
            blanks + 1,
            `This line of the dialogue has ${blanks} ${blanks === 1 ? 'blank' : 'blanks'} before it, the first one has ${block.lines}: indent it as far.`,
          );
    }
    block = undefined;
    if (line[blanks] === '\t') return at(blanks + 1, 'A tab stands before this line: indent it with blanks.');
    if (line.startsWith('#')) continue;
    const key = FILE_KEY.exec(line)?.[2];
    if (key !== undefined && blanks > 0 && (parentHasValue || (isFirst && key === 'title')))
      return at(
        blanks + 1,
        `"${key}:" belongs at the beginning of the line; ${blanks} ${blanks === 1 ? 'blank stands' : 'blanks stand'} before it.`,
      );
    isFirst = false;
    const pair = /^( *)(?:- )?([\w-]+):(?: +(.*))?$/.exec(line);
    const value = pair?.[3] ?? '';
    if (blanks === 0)
      parentHasValue = value !== '' && !value.startsWith('#') && !/[{[]/.test(value) ? true : isClosed(value);
    if (pair?.[2] === undefined) continue;
    const isDialogue = pair[2] === 'dialogue';
    if (BLOCK.test(value)) block = { key: pair[1]?.length ?? 0, isDialogue, lines: undefined };
    else if (isDialogue && value === '' && DIALOGUE_LINE.test(lines[index + 1] ?? ''))
      return at(line.length, 'The bar is missing: write "dialogue: |", and the lines below it, indented.');
  }
  return undefined;
}

/** Whether a line stands no deeper than what its block is the value of, or less deep than the first line of it. */
function endsBlock(block: OpenBlock, line: string, blanks: number): boolean {
  if (block.lines === undefined) return line[blanks] !== '\t' && blanks <= block.key;
  return blanks < block.lines && line[blanks] !== '\t';
}

/** Whether a value of braces ends in its own line. */
function isClosed(value: string): boolean {
  const count = (mark: string) => value.split(mark).length;
  return value !== '' && count('{') === count('}') && count('[') === count(']');
}

/** Where a brace, a bracket or a quote is opened that its line does not close; `undefined` where none is. */
export function openedMark(text: string): Problem | undefined {
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (!/^[a-z]+: /.test(line)) continue;
    for (const [open, close] of [
      ['{', '}'],
      ['[', ']'],
    ] as const) {
      if (line.split(open).length > line.split(close).length) {
        const sentence = `This "${open}" is not closed: its "${close}" is missing.`;
        return { code: 'yaml', sentence, position: { line: index + 1, column: line.indexOf(open) + 1 } };
      }
    }
    const quote = line.split('"').length;
    if (quote % 2 === 0) {
      const sentence = 'This quote is not closed: a second one is missing.';
      return { code: 'yaml', sentence, position: { line: index + 1, column: line.indexOf('"') + 1 } };
    }
  }
  return undefined;
}
