import { trimCharacters, trimEndCharacters } from './linear-text.ts';

/** One header field; name and value are octets, one character each. */
export interface HeaderField {
  /** The name as Mailpit writes it: `Message-Id`, `Mime-Version`. */
  readonly name: string;
  /** Unfolded, not decoded. */
  readonly value: string;
}

/**
 * The header section of a message, read as leniently as Mailpit reads it the first time: undefined where Mailpit
 * answers 451. The octets are not decoded; MIME is not this file's business.
 */
export function readHeaderSection(message: Buffer): readonly HeaderField[] | undefined {
  const fields: HeaderField[] = [];
  for (const line of unfoldedLines(message)) {
    const colon = line.indexOf(':');
    if (colon < 0) return undefined;
    if (colon === 0) continue;
    fields.push({
      name: canonicalName(line.slice(0, colon)),
      value: line.slice(colon + 1).replace(/^[ \t]+/, ''),
    });
  }
  return fields;
}

/** The value of the first field of that name, without regard to case; empty if there is none. */
export function firstValue(fields: readonly HeaderField[], name: string): string {
  const wanted = canonicalName(name);
  return fields.find((field) => field.name === wanted)?.value ?? '';
}

/** Header octets as text: UTF-8, and a replacement mark for what is none. */
export function textOf(octets: string): string {
  return Buffer.from(octets, 'latin1').toString('utf8');
}

/**
 * Writes a field as Mailpit does: in the place of the first one with a value, else at the very top. If the lines of
 * the old field do not end with CRLF, Mailpit does not find them again, and nothing changes.
 */
export function setHeaderField(message: Buffer, name: string, value: string): Buffer {
  const field = Buffer.from(`${name}: ${value}\r\n`);
  const old = firstValue(readHeaderSection(message) ?? [], name);
  if (old === '') return Buffer.concat([field, message]);
  const text = message.toString('latin1');
  const lines = new RegExp(`^${name}:[^\n]*(?:\n[ \t][^\n]*)*`, 'im').exec(text);
  if (lines === null) return message;
  const wanted = `${lines[0].replaceAll(/\r?\n/g, '\n').replace(/\r$/, '').replaceAll('\n', '\r\n')}\r\n`;
  const start = text.indexOf(wanted);
  if (start < 0) return message;
  return Buffer.concat([message.subarray(0, start), field, message.subarray(start + wanted.length)]);
}

/** Mailpit's second reading, for MIME, forgives blanks before the colon. */
export function repairFieldNames(fields: readonly HeaderField[]): readonly HeaderField[] {
  return fields.map(({ name, value }) => ({ name: canonicalName(trimEndCharacters(name, ' ')), value }));
}

function* unfoldedLines(message: Buffer): Generator<string> {
  let start = 0;
  let line: string | undefined;
  while (start < message.length) {
    const end = message.indexOf(0x0a, start);
    const stop = end < 0 ? message.length : end;
    const text = message.toString('latin1', start, stop).replace(/\r$/, '');
    start = stop + 1;
    const folded = line !== undefined && /^[ \t]/.test(text);
    if (folded) {
      line = `${String(line)} ${trimCharacters(text, ' \t')}`;
      continue;
    }
    if (line !== undefined) yield line;
    line = trimCharacters(text, ' \t');
    if (line === '') return;
  }
  if (line !== undefined) yield line;
}

function canonicalName(name: string): string {
  // a name with a character that no name may have stays as it is
  if (!/^[!#$%&'*+\-.^_`|~\w]+$/.test(name)) return name;
  return name.toLowerCase().replaceAll(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());
}
