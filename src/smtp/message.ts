/**
 * A message as DATA carries it: its header section (RFC 5322 §2.2) and its dots (RFC 5321 §4.5.2). Octets stay octets;
 * a field's text is one character an octet.
 */
import { concatOctets, octetsToString } from './bytes.ts';

/** One field of a header section. `start` and `end` are octet offsets in the message, the field's CRLF included. */
export interface HeaderField {
  readonly name: string;
  /** Unfolded, without the blanks around it. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const CR = 0x0d;
const LF = 0x0a;
const DOT = 0x2e;

/** What was read, for as long as the message is kept: gateway, policy and relay all ask for the same fields. */
const read = new WeakMap<Uint8Array, readonly HeaderField[]>();

/**
 * The fields of the header section, in order; the octets of a message never change once it is whole. The section ends at the first empty line, at the end of the message, or at the
 * first line that is neither a field nor the continuation of one (RFC 5322 §2.1).
 */
export function headerFields(message: Uint8Array): readonly HeaderField[] {
  const known = read.get(message);
  if (known !== undefined) return known;
  const fields = readHeaderFields(message);
  read.set(message, fields);
  return fields;
}

function readHeaderFields(message: Uint8Array): readonly HeaderField[] {
  const fields: HeaderField[] = [];
  let at = 0;
  while (at < message.length) {
    let end = lineEnd(message, at);
    const firstLine = octetsToString(message.subarray(at, end));
    if (!/^[\x21-\x39\x3B-\x7E]+[ \t]*:/.test(firstLine)) break;
    let folded = false;
    for (; message[end] === 0x20 || message[end] === 0x09; end = lineEnd(message, end)) folded = true;
    const text = folded ? octetsToString(message.subarray(at, end)) : firstLine;
    const colon = text.indexOf(':');
    fields.push({
      name: text.slice(0, colon).trimEnd(),
      value: text
        .slice(colon + 1)
        .replaceAll(/\r?\n(?=[ \t])/g, '')
        .trim(),
      start: at,
      end,
    });
    at = end;
  }
  return fields;
}

/** The fields of one name, which is compared without case. */
export function fieldsNamed(fields: readonly HeaderField[], name: string): readonly HeaderField[] {
  return fields.filter((field) => field.name.toLowerCase() === name.toLowerCase());
}

/** The message without these of its fields. */
export function withoutFields(message: Uint8Array, fields: readonly HeaderField[]): Uint8Array {
  if (fields.length === 0) return message;
  const kept: Uint8Array[] = [];
  let at = 0;
  for (const field of fields) {
    kept.push(message.subarray(at, field.start));
    at = field.end;
  }
  return concatOctets([...kept, message.subarray(at)]);
}

/** Whether a CR or an LF stands in the message without the other (rule `protocol.line-ends.refused`). */
export function hasBareLineEnd(message: Uint8Array): boolean {
  // a pattern over a text is three times as fast as a search from line to line
  return /\r(?!\n)|(?<!\r)\n/.test(singleOctets.decode(message));
}

/** One character an octet, if not that octet’s above 0x7F: the encoding goes by windows-1252. */
const singleOctets = new TextDecoder('latin1');

/** The message as it travels in DATA: a dot before each line that begins with one (RFC 5321 §4.5.2); no end yet. */
export function dotStuff(message: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let from = 0;
  for (let at = message.indexOf(DOT); at !== -1; at = message.indexOf(DOT, at + 1)) {
    if (at === 0 || (message[at - 1] === LF && message[at - 2] === CR)) {
      parts.push(message.subarray(from, at), Uint8Array.of(DOT));
      from = at;
    }
  }
  return parts.length === 0 ? message : concatOctets([...parts, message.subarray(from)]);
}

function lineEnd(message: Uint8Array, from: number): number {
  const lf = message.indexOf(LF, from);
  return lf === -1 ? message.length : lf + 1;
}
