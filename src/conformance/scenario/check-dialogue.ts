import type { LoginChoice } from '../situation/given.ts';
import { isClientLine, opensSession, type DialogueLine, type Position } from './dialogue.ts';
import type { Problem } from './problem.ts';
import { groupMember } from './recipient-groups.ts';
import { nearestFirst, suggest } from './suggest.ts';
import type { Template } from './template.ts';
import { wrongFilter } from './template-filters.ts';

/** What a dialogue may name. */
export interface Names {
  readonly recipients: readonly string[];
  readonly messages: readonly string[];
  /** The file's own variables. */
  readonly vars: readonly string[];
  /** The logins that `given` names. */
  readonly logins: readonly string[];
  /** The instant at which the case's clock starts. */
  readonly clock: string;
}

/** The variables that every case has, beside its recipients' names. */
export const fixedVariables = ['sender', 'login', 'password'] as const;

/** Real gateways may close a session that is idle for so long, in milliseconds. */
const IDLE_LIMIT_MS = 60_000;

/**
 * Checks what only the whole dialogue shows: names, sessions, and time that an open session would not outlive; of the
 * last two nothing is said where a line is missing because it could not be read.
 */
export function checkDialogue(
  lines: readonly DialogueLine[],
  names: Names,
  isWhole = true,
): readonly Problem[] {
  // where a line could not be read, it may be the one that opens the session
  const course = isWhole ? [...checkSessions(lines), ...checkTime(lines, names.clock)] : [];
  return [...checkNames(lines, names), ...course].toSorted(
    (left, right) => left.position.line - right.position.line || left.position.column - right.position.column,
  );
}

/** The names that the patterns of a dialogue capture. */
export function capturesOf(lines: readonly DialogueLine[]): readonly string[] {
  return lines.flatMap((line) =>
    line.kind === 'expect' && line.expectation.kind === 'pattern' ? line.expectation.captures : [],
  );
}

/** A problem for each variable of a template that is not known; `start` is where the template's text begins. */
export function checkVariables(
  template: Template,
  known: readonly string[],
  start: (offset: number) => Position,
): readonly Problem[] {
  return template.variables.flatMap(({ name, filters, offset }): readonly Problem[] => {
    const open = /^(.*?)\W*, which no brace closes$/s.exec(name)?.[1];
    if (open !== undefined) {
      const sentence = `"\${" is not closed here: write \${${known.includes(open) ? open : (known[0] ?? 'to')}}.`;
      return [{ code: 'unknown-variable', sentence, position: start(offset) }];
    }
    if (!known.includes(name)) {
      if (known.includes(groupMember(name, 1))) {
        const sentence = `"${name}" is a group: outside "repeat each ${name}" name one of its recipients, \${${groupMember(name, 1)}}.`;
        return [{ code: 'unknown-variable', sentence, position: start(offset) }];
      }
      const sentence = `There is no variable \${${name}}.${suggest(name, known)} Known here: ${nearestFirst(name, known)}.`;
      return [{ code: 'unknown-variable', sentence, position: start(offset) }];
    }
    const wrong = filters.map(wrongFilter).find((sentence) => sentence !== undefined);
    return wrong === undefined ? [] : [{ code: 'unknown-word', sentence: wrong, position: start(offset) }];
  });
}

function checkNames(lines: readonly DialogueLine[], names: Names): readonly Problem[] {
  const known: string[] = [...fixedVariables, ...names.recipients, ...names.vars];
  return lines.flatMap((line) => {
    const template = templateOf(line);
    const start = line.source.length - (template?.text.length ?? 0);
    const found =
      template === undefined
        ? []
        : checkVariables(template, known, (offset) => ({
            line: line.position.line,
            column:
              line.position.column +
              // in a loop another text was made of the line
              Math.max(0, line.kind === 'say' ? start : line.source.indexOf(template.text)) +
              offset,
          }));
    if (line.kind === 'expect' && line.expectation.kind === 'pattern')
      known.push(...line.expectation.captures);
    return [...found, ...checkNamed(line, names), ...checkSpelling(line, known)];
  });
}

/** A variable as other languages write it: `$to`, `$(to)`, `{{to}}`, `%to%`. */
function checkSpelling(line: DialogueLine, known: readonly string[]): readonly Problem[] {
  if (line.kind !== 'say' || line.ends !== 'CRLF') return [];
  const foreign = /\$\(([\w-]+)\)|\$([\w-]+)|\{\{\s*([\w-]+)\s*\}\}|%([\w-]+)%/g;
  const start = line.source.length - line.text.text.length;
  return [...line.text.text.matchAll(foreign)].flatMap((match) => {
    const name = match.slice(1).find((part) => part !== undefined) ?? '';
    if (!known.includes(name)) return [];
    const sentence = `"${match[0]}" is sent as it stands. Did you mean \${${name}}? Bytes that look so are written with C>.`;
    const column = line.position.column + Math.max(0, start) + match.index;
    return [{ code: 'unknown-variable', sentence, position: { line: line.position.line, column } }];
  });
}

function templateOf(line: DialogueLine): Template | undefined {
  if (line.kind === 'say') return line.text;
  if (line.kind === 'open-stage') return line.reply;
  if (line.kind !== 'expect') return undefined;
  if (line.expectation.kind === 'literal') return line.expectation.reply;
  return line.expectation.kind === 'pattern' ? line.expectation.pattern : undefined;
}

function checkNamed(line: DialogueLine, names: Names): readonly Problem[] {
  if (line.kind === 'world') {
    const { change } = line;
    if ('login' in change && change.login !== undefined) return unknownLogin(line, change.login, names);
    return change.kind === 'recipient' ? unknownRecipients(line, [change.name], names) : [];
  }
  if (line.kind !== 'macro') return [];
  const { macro } = line;
  if (macro.kind === 'envelope' || macro.kind === 'send')
    return unknownRecipients(line, macro.recipients, names);
  if (macro.kind === 'message' && macro.message !== undefined && !names.messages.includes(macro.message)) {
    const sentence = `There is no message "${macro.message}" under messages.${suggest(macro.message, names.messages)}${names.messages.length === 0 ? ' Write it there, or <message> for a message that is built in.' : ` Messages are ${nearestFirst(macro.message, names.messages)}.`}`;
    return [{ code: 'unknown-message', sentence, position: at(line, macro.message) }];
  }
  return 'login' in macro ? unknownLogin(line, macro.login, names) : [];
}

function unknownLogin(line: DialogueLine, login: LoginChoice, { logins }: Names): readonly Problem[] {
  if (login === 'first' || logins.includes(login)) return [];
  const sentence = `There is no ${login} login: given needs "logins: { ${login}: same account }" or "another account".`;
  return [{ code: 'unknown-word', sentence, position: at(line, login) }];
}

function unknownRecipients(line: DialogueLine, named: readonly string[], names: Names): readonly Problem[] {
  return named
    .filter((name) => !names.recipients.includes(name))
    .map((name) => ({
      code: 'unknown-recipient',
      sentence: `There is no recipient "${name}" in given.recipients.${suggest(name, names.recipients)}${names.recipients.length === 0 ? ' Name it there: recipients: { to: accepts }.' : ` Recipients are ${nearestFirst(name, names.recipients)}.`}`,
      position: at(line, name),
    }));
}

function checkSessions(lines: readonly DialogueLine[]): readonly Problem[] {
  const open = new Set<number>();
  return lines.flatMap((line): readonly Problem[] => {
    if (line.kind === 'time' || line.kind === 'world') return [];
    if (opensSession(line)) {
      open.add(line.session);
      return [];
    }
    if (line.kind === 'macro' && (line.macro.kind === 'close' || line.macro.kind === 'reset')) {
      return open.delete(line.session) ? [] : [noSession(line)];
    }
    // what came before a close that the client made can still be asked about
    if (open.has(line.session) || (line.kind === 'expect' && hasOpened(lines, line))) return [];
    // told once, not of each line that follows
    open.add(line.session);
    return [noSession(line)];
  });
}

function hasOpened(
  lines: readonly DialogueLine[],
  line: DialogueLine & { readonly session: number },
): boolean {
  return lines
    .slice(0, lines.indexOf(line))
    .some((before) => opensSession(before) && 'session' in before && before.session === line.session);
}

function noSession(line: DialogueLine): Problem {
  const sentence = `No session is open here: <session>, <open> or <connect> must come first in "${'session' in line && line.session > 1 ? `C${line.session}` : 'C'}:" lines.`;
  return { code: 'no-session', sentence, position: line.position };
}

function checkTime(lines: readonly DialogueLine[], clock: string): readonly Problem[] {
  const problems: Problem[] = [];
  const mustOpen = new Set<number>();
  const seen = new Set<number>();
  let now = Date.parse(clock);
  let idleMs = 0;
  for (const line of lines) {
    if (line.kind === 'time') {
      const passedMs = line.passes.kind === 'for' ? line.passes.ms : Date.parse(line.passes.instant) - now;
      if (passedMs < 0) problems.push(runsBack(line, now));
      now += Math.max(0, passedMs);
      idleMs += Math.max(0, passedMs);
      if (idleMs >= IDLE_LIMIT_MS) for (const session of seen) mustOpen.add(session);
    } else if (isClientLine(line)) {
      idleMs = 0;
      if (opensSession(line)) mustOpen.delete(line.session);
      else if (mustOpen.delete(line.session)) problems.push(idle(line));
      seen.add(line.session);
    }
  }
  return problems;
}

function idle(line: DialogueLine): Problem {
  const sentence =
    'After 60 s or more a session must be opened anew (<session>, <open> or <connect>): a gateway may have closed the idle one.';
  return { code: 'idle-session', sentence, position: line.position };
}

function runsBack(line: DialogueLine, now: number): Problem {
  const sentence = `Time runs forward only: here it is ${new Date(now).toISOString()} already, so write a later instant.`;
  return { code: 'time-runs-back', sentence, position: line.position };
}

function at(line: DialogueLine, word: string): Position {
  const offset = new RegExp(String.raw`\b${word.replaceAll(/\W/g, String.raw`\$&`)}\b`).exec(
    line.source,
  )?.index;
  return { line: line.position.line, column: line.position.column + Math.max(0, offset ?? 0) };
}
