/**
 * A message as DATA carries it: its header section (RFC 5322 §2.2) and its dots (RFC 5321 §4.5.2). Octets stay octets;
 * a field's text is one character an octet.
 */
import { concatOctets, octetsToString } from './bytes.ts';
import { headerText } from './header-text.ts';

/** One field of a header section. `start` and `end` are octet offsets in the message, the field's CRLF included. */
export interface HeaderField {
  readonly name: string;
  /** Unfolded, without the blanks around it, as header text ({@link headerText}); read anew each time. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Fields that a header section may have. */
export const MOST_FIELDS = 10_000;

/** A header section: its fields in order, and what ended it before the empty line, if anything did. */
export interface HeaderSection {
  readonly fields: readonly HeaderField[];
  /** A line that is neither a field nor the continuation of one, or a field more than {@link MOST_FIELDS}. */
  readonly endedBy: 'no field' | 'too many fields' | undefined;
}

const CR = 0x0d;
const LF = 0x0a;
const DOT = 0x2e;
const TAB = 0x09;
const SPACE = 0x20;
const COLON = 0x3a;

// RFC 5322 §2.1.1: characters of a line, of which a name is a part
const LONGEST_NAME = 998;

/** The fields of the header section, in order. */
export function headerFields(message: Uint8Array): readonly HeaderField[] {
  return headerSection(message).fields;
}

/**
 * The header section (RFC 5322 §2.1): it ends at the first empty line, at the end of the message, or at the first line
 * that is no part of it.
 */
export function headerSection(message: Uint8Array): HeaderSection {
  const fields: HeaderField[] = [];
  let at = 0;
  while (at < message.length && !isEmptyLine(message, at)) {
    const nameEnd = fieldNameEnd(message, at);
    if (nameEnd === undefined) return { fields, endedBy: 'no field' };
    if (fields.length === MOST_FIELDS) return { fields, endedBy: 'too many fields' };
    let end = lineEnd(message, at);
    while (isBlank(message[end])) end = lineEnd(message, end);
    fields.push(fieldAt(message, at, nameEnd, end));
    at = end;
  }
  return { fields, endedBy: undefined };
}

function fieldAt(message: Uint8Array, start: number, nameEnd: number, end: number): HeaderField {
  return {
    name: octetsToString(message.subarray(start, nameEnd)),
    get value() {
      return valueOf(message.subarray(message.indexOf(COLON, nameEnd) + 1, end));
    },
    start,
    end,
  };
}

function valueOf(octets: Uint8Array): string {
  const text = headerText(octets).replaceAll(/\r?\n/g, '');
  let [start, end] = [0, text.length];
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Where the name of the field ends that begins here; blanks may stand before its colon (RFC 5322 §4.5). */
function fieldNameEnd(message: Uint8Array, start: number): number | undefined {
  let at = start;
  while (isNameOctet(message[at]) && at - start < LONGEST_NAME) at += 1;
  let colon = at;
  while (isBlank(message[colon])) colon += 1;
  return at > start && message[colon] === COLON ? at : undefined;
}

function isNameOctet(octet: number | undefined): boolean {
  return octet !== undefined && octet > SPACE && octet < 0x7f && octet !== COLON;
}

function isBlank(octet: number | undefined): boolean {
  return octet === SPACE || octet === TAB;
}

function isEmptyLine(message: Uint8Array, at: number): boolean {
  return message[at] === LF || (message[at] === CR && message[at + 1] === LF);
}

/** The fields of one name, which is compared without case. */
export function fieldsNamed(fields: readonly HeaderField[], name: string): readonly HeaderField[] {
  const wanted = name.toLowerCase();
  return fields.filter((field) => field.name.toLowerCase() === wanted);
}

/** The fields that name hidden recipients, which no recipient may see (RFC 5322 §3.6.3, §3.6.6). */
export function hiddenRecipientFields(fields: readonly HeaderField[]): readonly HeaderField[] {
  return fields.filter(({ name }) => HIDDEN.has(name.toLowerCase()));
}

const HIDDEN: ReadonlySet<string> = new Set(['bcc', 'resent-bcc']);

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

/**
 * The message as it travels in DATA: a dot before each line that begins with one (RFC 5321 §4.5.2); no end yet. The dots
 * are counted first, so that a message of dots costs one array and not one for each of them.
 */
export function dotStuff(message: Uint8Array): Uint8Array {
  let dots = 0;
  for (let at = nextDotLine(message, 0); at !== -1; at = nextDotLine(message, at + 1)) dots += 1;
  if (dots === 0) return message;
  const stuffed = new Uint8Array(message.length + dots);
  let to = 0;
  for (let at = 0; at < message.length; at += 1) {
    if (isDotLine(message, at)) stuffed[to++] = DOT;
    stuffed[to++] = message[at] ?? 0;
  }
  return stuffed;
}

/** Where the next line begins with a dot, or -1. */
function nextDotLine(message: Uint8Array, from: number): number {
  let at = message.indexOf(DOT, from);
  while (at !== -1 && !isDotLine(message, at)) at = message.indexOf(DOT, at + 1);
  return at;
}

function isDotLine(message: Uint8Array, at: number): boolean {
  return message[at] === DOT && (at === 0 || (message[at - 1] === LF && message[at - 2] === CR));
}

function lineEnd(message: Uint8Array, from: number): number {
  const lf = message.indexOf(LF, from);
  return lf === -1 ? message.length : lf + 1;
}
