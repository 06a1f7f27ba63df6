import type { Position } from './dialogue.ts';
import type { Problem } from './problem.ts';
import type { RawLine } from './raw-line.ts';
import { groupMember, type RecipientGroups } from './recipient-groups.ts';
import { suggest } from './suggest.ts';

/** How many lines a dialogue may have once its loops are written out. */
export const longestDialogue = 20_000;

/** A dialogue without loops, and what is wrong with those that it had. */
export interface Expanded {
  readonly lines: readonly RawLine[];
  readonly problems: readonly Problem[];
}

/** Which times a loop is gone through, as the text that stands for each. */
interface Loop {
  readonly line: RawLine;
  readonly body: RawLine[];
  readonly passes: readonly ((text: string) => string)[];
}

/**
 * Writes loops out: `repeat 3` or `repeat each many 1 to 84`, lines, `end`. Inside, `${n}` counts from 1, and the name of
 * the group stands for one recipient of it. `<send many>` outside a loop names all of the group.
 */
export function expandRepeats(raw: readonly RawLine[], groups: RecipientGroups): Expanded {
  const problems: Problem[] = [];
  const out: RawLine[] = [];
  const open: Loop[] = [];
  let isTooLong = false;
  for (const line of raw) {
    if (/^repeat\b/.test(line.text)) {
      const passes = readPasses(line, groups);
      if ('sentence' in passes) problems.push(passes);
      open.push({ line, body: [], passes: 'sentence' in passes ? [(text) => text] : passes });
    } else if (line.text.trim() === 'end') {
      const loop = open.pop();
      if (loop === undefined) problems.push(stray(line.position));
      else {
        const target = open.at(-1)?.body ?? out;
        if (target.length + loop.passes.length * loop.body.length > longestDialogue) isTooLong = true;
        else target.push(...loop.passes.flatMap((pass) => loop.body.map((each) => substitute(each, pass))));
        if (isTooLong) problems.push(tooLong(loop.line.position));
        if (isTooLong) break;
      }
    } else (open.at(-1)?.body ?? out).push(line);
  }
  for (const { line } of isTooLong ? [] : open) {
    problems.push({
      code: 'broken-line',
      sentence: `This loop has no end: write "end" behind its last line.`,
      position: line.position,
    });
  }
  return { lines: out.map((line) => nameGroups(line, groups)), problems };
}

function readPasses(
  { text, position }: RawLine,
  groups: RecipientGroups,
): readonly ((text: string) => string)[] | Problem {
  const wrong = (sentence: string): Problem => ({ code: 'broken-line', sentence, position });
  const times = /^repeat (\d{1,5})$/.exec(text.trim())?.[1];
  if (times !== undefined)
    return Number(times) === 0
      ? wrong('"repeat 0" plays nothing: write "repeat 1" or more.')
      : Array.from(
          { length: Number(times) },
          (_, at) => (line: string) => line.replaceAll('${n}', String(at + 1)),
        );
  const each = /^repeat each ([\w-]+)(?: (\d{1,5}) to (\d{1,5}))?$/.exec(text.trim());
  const group = each?.[1];
  if (group === undefined)
    return wrong(`"${text}" is no loop: write "repeat 3", "repeat each NAME" or "repeat each NAME 1 to 84".`);
  const size = groups.get(group);
  if (size === undefined) {
    return wrong(
      `There is no group of recipients "${group}".${suggest(group, [...groups.keys()])} A group is written in given.recipients as ${group}: accepts x250.`,
    );
  }
  const range = readRange(each?.[2], each?.[3], size);
  if (range === undefined)
    return wrong(`"${group}" has ${size} recipients: a range lies within 1 to ${size}.`);
  const variable = new RegExp(String.raw`\$\{\s*${group}\s*(?=[|}])`, 'g');
  const word = new RegExp(String.raw`(?<![\w$-])${group}(?![\w-])`, 'g');
  return range.map((number, at) => (line: string) => {
    const member = groupMember(group, number);
    const counted = line.replaceAll('${n}', String(at + 1)).replaceAll(variable, () => `\${${member}`);
    // in a macro and in a change of the world the name stands alone
    return /^(?:C\d*: <(?:send|envelope) |W: )/.test(counted) ? counted.replaceAll(word, member) : counted;
  });
}

function readRange(
  from: string | undefined,
  to: string | undefined,
  size: number,
): readonly number[] | undefined {
  const first = Number(from ?? 1);
  const last = Number(to ?? size);
  return first < 1 || last > size || first > last
    ? undefined
    : Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

/** `<send many>`, `<envelope many 1 to 84, cc>`: each recipient that is meant. */
function nameGroups(line: RawLine, groups: RecipientGroups): RawLine {
  const match = /^(C\d*: <(?:send|envelope) )([^<>]*)(>.*)$/.exec(line.text);
  if (match?.[1] === undefined || match[2] === undefined || groups.size === 0) return line;
  const named = match[2].split(',').map((part) => {
    const range = /^([\w-]+)(?: (\d{1,5}) to (\d{1,5}))?$/.exec(part.trim());
    const size = groups.get(range?.[1] ?? '');
    const numbers = size === undefined ? undefined : readRange(range?.[2], range?.[3], size);
    return numbers?.map((number) => groupMember(range?.[1] ?? '', number)).join(', ') ?? part.trim();
  });
  return { ...line, text: `${match[1]}${named.join(', ')}${match[3]}`, written: line.written ?? line.text };
}

function substitute(line: RawLine, pass: (text: string) => string): RawLine {
  const text = pass(line.text);
  return text === line.text ? { ...line } : { ...line, text, written: line.written ?? line.text };
}

function stray(position: Position): Problem {
  return {
    code: 'broken-line',
    sentence: 'No loop ends here: "end" belongs to a "repeat" above it.',
    position,
  };
}

function tooLong(position: Position): Problem {
  const sentence = `Written out, this loop has more than ${longestDialogue} lines, which is the most that a dialogue may have.`;
  return { code: 'broken-line', sentence, position };
}
