import { parseForwardPath, parseReversePath, type ForwardPath, type ReversePath } from './path.ts';

/** A command line taken apart: the verb in capitals, and what follows it (RFC 5321 §4.1.1, §2.4). */
export interface CommandLine {
  readonly verb: string;
  readonly argument: string;
}

/** ESMTP parameters of MAIL or RCPT (RFC 5321 §4.1.2): keyword in capitals → value, `undefined` where it has none. */
export type Parameters = ReadonlyMap<string, string | undefined>;

/** The argument of MAIL. */
export interface MailArgument {
  readonly reversePath: ReversePath;
  readonly parameters: Parameters;
}

/** The argument of RCPT. */
export interface RcptArgument {
  readonly forwardPath: ForwardPath;
  readonly parameters: Parameters;
}

/** Splits a line that carries no CR, LF or NUL. A line of blanks has the empty verb, which no gateway knows. */
export function splitCommand(line: string): CommandLine {
  const verb = /^\S*/.exec(line)?.[0] ?? '';
  return { verb: verb.toUpperCase(), argument: trimBlanks(line, verb.length) };
}

/** What is behind an offset, without the spaces and tabs around it. */
function trimBlanks(line: string, from: number): string {
  let [start, end] = [from, line.length];
  while (start < end && isBlank(line[start])) start += 1;
  while (end > start && isBlank(line[end - 1])) end -= 1;
  return line.slice(start, end);
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

/** Reads `FROM:<path> [parameters]`; `undefined` is a syntax error (501). */
export function parseMailArgument(argument: string): MailArgument | undefined {
  const parts = splitPathArgument(/^FROM:[ \t]*/i, argument);
  const reversePath = parts && parseReversePath(parts.inside);
  return parts === undefined || reversePath === undefined
    ? undefined
    : { reversePath, parameters: parts.parameters };
}

/** Reads `TO:<path> [parameters]`; `undefined` is a syntax error (501). */
export function parseRcptArgument(argument: string): RcptArgument | undefined {
  const parts = splitPathArgument(/^TO:[ \t]*/i, argument);
  const forwardPath = parts && parseForwardPath(parts.inside);
  return parts === undefined || forwardPath === undefined
    ? undefined
    : { forwardPath, parameters: parts.parameters };
}

function splitPathArgument(
  keyword: RegExp,
  argument: string,
): { readonly inside: string; readonly parameters: Parameters } | undefined {
  const start = keyword.exec(argument)?.[0].length;
  if (start === undefined || argument[start] !== '<') return undefined;
  const end = closingBracket(argument, start);
  if (end === -1) return undefined;
  const parameters = parseParameters(argument.slice(end + 1));
  return parameters && { inside: argument.slice(start + 1, end), parameters };
}

/** The `>` that ends the path: one inside a quoted local part does not (RFC 5321 §4.1.2, Quoted-string). */
function closingBracket(argument: string, start: number): number {
  let quoted = false;
  for (let at = start + 1; at < argument.length; at += 1) {
    const character = argument[at];
    if (quoted && character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (character === '>' && !quoted) return at;
  }
  return -1;
}

function parseParameters(text: string): Parameters | undefined {
  const parameters = new Map<string, string | undefined>();
  if (text === '') return parameters;
  if (!/^[ \t]/.test(text)) return undefined;
  for (const word of text.split(/[ \t]+/).filter((part) => part !== '')) {
    const match = /^([A-Za-z0-9][A-Za-z0-9-]*)(?:=([\x21-\x3C\x3E-\x7E\u0080-\u{10FFFF}]+))?$/u.exec(word);
    // a parameter given twice has no one meaning (RFC 5321 §4.1.1.11 leaves 501)
    if (match?.[1] === undefined || parameters.has(match[1].toUpperCase())) return undefined;
    parameters.set(match[1].toUpperCase(), match[2]);
  }
  return parameters;
}
