import { isRuleOf, ruleIdsOf, type Contract } from '../../contract/contract.ts';
import type { RuleId } from '../../contract/rule.ts';
import type { DialogueLine, Position, SessionNumber } from './dialogue.ts';
import { onceEach, type Problem } from './problem.ts';
import type { RawLine } from './raw-line.ts';
import { expandRepeats } from './expand-repeats.ts';
import type { RecipientGroups } from './recipient-groups.ts';
import { readMacro } from './read-client-line.ts';
import { readExpectation, readOpenStage } from './read-server-line.ts';
import { readTime } from './read-time.ts';
import { readWorld } from './read-world.ts';
import type { ScenarioErrorCode } from './scenario-error.ts';
import { suggest } from './suggest.ts';
import { readEscapes, readTemplate } from './template.ts';

/** What a dialogue's lines say, and each line that says nothing. */
export interface ReadDialogue {
  readonly lines: readonly DialogueLine[];
  readonly problems: readonly Problem[];
}

type ReadLine = DialogueLine | Problem;

/**
 * Reads a dialogue line by line, its loops written out; a broken line is a problem and the others are read all the same.
 */
export function readDialogue(
  contract: Contract,
  raw: readonly RawLine[],
  groups: RecipientGroups = new Map(),
): ReadDialogue {
  const expanded = expandRepeats(
    raw.filter(({ text }) => text !== '' && !text.startsWith('#')),
    groups,
  );
  const read = expanded.lines.map((line): ReadLine => {
    const one = readLine(contract, line);
    return 'kind' in one && line.written !== undefined ? { ...one, source: line.written } : one;
  });
  return {
    lines: read.filter((line): line is DialogueLine => 'kind' in line),
    problems: [...expanded.problems, ...onceEach(read.filter((line): line is Problem => 'code' in line))],
  };
}

function readLine(contract: Contract, { text, position }: RawLine): ReadLine {
  const match = /^(C|S|T|W)([1-9]\d{0,2})?([:>?])(?: (.*)|())$/s.exec(text);
  const [, who, label, sign] = match ?? [];
  const rest = match?.[4] ?? '';
  const known = `${who ?? ''}${sign ?? ''}`;
  if (known === 'T:' && label === undefined) return readTimeLine(text, rest, position);
  if (known === 'W:' && label === undefined) return readWorldLine(contract, text, rest, position);
  const offset = text.length - rest.length;
  const session = sessionNumber(label);
  switch (known) {
    case 'C:':
      return readClientLine(
        text,
        rest,
        { line: position.line, column: position.column + offset },
        position,
        session,
      );
    case 'C>':
      return readRawLine(text, rest, position, session);
    case 'S:':
      return readServerLine(contract, text, rest, position, session);
    case 'S?':
      return readServerLine(contract, text, rest, position, session, 'open');
    default:
      if (labelGuess(text) !== undefined)
        return problem(
          'broken-line',
          `"${text}" has no label. Did you mean "${labelGuess(text)}"?`,
          position,
        );
      return problem(
        'broken-line',
        `A dialogue line begins with "C: ", "C> ", "S: ", "S? ", "T: ", "W: " or "#", with a number behind C and S for further sessions (C2: …); a loop is "repeat 3" … "end"; this one is "${text}".`,
        position,
      );
  }
}

/** What was meant by a label in small letters, without its colon or without the blank behind it. */
function labelGuess(text: string): string | undefined {
  const match = /^([cstw])([1-9]\d{0,2})?([:>?]?)\s*(\S.*)$/i.exec(text);
  const [, who = '', label = '', sign = '', rest = ''] = match ?? [];
  // a word that begins with one of the letters is no label
  const isLabel = sign !== '' || /^[cstw]\d*\s/i.test(text);
  if (match === null || !isLabel) return undefined;
  const upper = who.toUpperCase();
  // time and the world belong to no session
  return `${upper}${upper === 'C' || upper === 'S' ? label : ''}${sign === '' ? ':' : sign} ${rest}`;
}

function sessionNumber(label: string | undefined): SessionNumber {
  return label === undefined ? 1 : Number(label);
}

function readClientLine(
  source: string,
  rest: string,
  at: Position,
  position: Position,
  session: SessionNumber,
): ReadLine {
  if (rest.startsWith('<')) {
    const read = readMacro(rest.trimEnd());
    return read.kind === 'wrong'
      ? problem('unknown-word', read.sentence, at)
      : { kind: 'macro', session, macro: read.macro, times: read.times, position, source };
  }
  const repeated = /^(?:MAIL|RCPT|NOOP|RSET|VRFY|DATA|EHLO)\b.* x(\d+)$/i.exec(rest)?.[1];
  if (repeated !== undefined) {
    return problem(
      'broken-line',
      `"x${repeated}" repeats a macro, not a command: write "repeat ${repeated}" above and "end" below the lines that are repeated. Bytes that end so are written with C>.`,
      { ...at, column: at.column + rest.lastIndexOf(' x') + 1 },
    );
  }
  if (rest !== rest.trim()) {
    return problem('broken-line', 'A blank at the start or the end of what is sent is written with C>.', at);
  }
  return { kind: 'say', session, text: readTemplate(rest), ends: 'CRLF', position, source };
}

function readRawLine(source: string, rest: string, position: Position, session: SessionNumber): ReadLine {
  if (rest === '') return problem('broken-line', 'C> sends nothing here.', position);
  if (readEscapes(rest) === undefined) {
    return problem(
      'broken-line',
      String.raw`Only \r, \n, \t, \\ and \xNN stand for other octets: write \\ for a backslash.`,
      position,
    );
  }
  return { kind: 'say', session, text: readTemplate(rest), ends: 'nothing', position, source };
}

function readServerLine(
  contract: Contract,
  source: string,
  rest: string,
  position: Position,
  session: SessionNumber,
  stage: 'here' | 'open' = 'here',
): ReadLine {
  const trimmed = rest.trim();
  const offset = source.length - rest.trimStart().length;
  const bracket = trimmed.endsWith(']') ? trimmed.lastIndexOf('[') : -1;
  const hasTag = /\s/.test(trimmed.charAt(bracket - 1)) && /^\[[^\]\s]*\]$/.test(trimmed.slice(bracket));
  const rule = hasTag ? trimmed.slice(bracket + 1, -1) : undefined;
  if (rule !== undefined && !isRuleOf(contract, rule)) {
    const column = position.column + source.lastIndexOf('[') + 1;
    return problem('unknown-rule', `There is no rule "${rule}".${suggest(rule, ruleIdsOf(contract))}`, {
      ...position,
      column,
    });
  }
  const text = hasTag ? trimmed.slice(0, bracket).trimEnd() : trimmed;
  const common = { session, position, source, offset, rule: rule satisfies RuleId | undefined };
  const at = { line: position.line, column: position.column + offset };
  if (stage === 'open') {
    const open = readOpenStage(text);
    return open.kind === 'wrong' ? problem('unknown-word', open.sentence, at) : { ...open, ...common };
  }
  const expectation = readExpectation(text);
  return expectation.kind === 'wrong'
    ? problem('unknown-word', expectation.sentence, at)
    : { kind: 'expect', expectation, ...common };
}

function readTimeLine(source: string, rest: string, position: Position): ReadLine {
  const passes = readTime(rest.trim());
  if (passes !== undefined) return { kind: 'time', passes, position, source };
  const sentence = `"${rest.trim()}" is no time: write 4999ms, 10s, 5m, 24h, 28d, or "to 2026-02-28T10:00:00.000Z".`;
  return problem('unknown-word', sentence, { ...position, column: position.column + 3 });
}

function readWorldLine(contract: Contract, source: string, rest: string, position: Position): ReadLine {
  const read = readWorld(rest.trim(), contract.words);
  return read.kind === 'wrong'
    ? problem('unknown-word', read.sentence, { ...position, column: position.column + 3 })
    : { kind: 'world', change: read.change, position, source };
}

function problem(code: ScenarioErrorCode, sentence: string, position: Position): Problem {
  return { code, sentence, position };
}
