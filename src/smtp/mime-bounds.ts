/**
 * What a MIME library is given to read. A part costs it an object, and each line that may begin one a look at every
 * boundary that was named before: of some megabytes of them it makes minutes in which the process does nothing else.
 */
import { octetsToString } from './bytes.ts';

/** Lines that may begin a part, in a message that names a boundary. */
export const MOST_PARTS = 10_000;
/** Boundaries that a message names. */
export const MOST_BOUNDARIES = 500;

/** The message, or its header section alone where it holds more than the bounds allow: then it has no parts. */
export function boundMime(message: Uint8Array): Uint8Array {
  const text = octetsToString(message);
  const boundaries = countUpTo(text, /boundary/gi, MOST_BOUNDARIES);
  const isWithin =
    boundaries === 0 || (boundaries <= MOST_BOUNDARIES && countUpTo(text, /\n--/g, MOST_PARTS) <= MOST_PARTS);
  return isWithin ? message : message.subarray(0, endOfHeader(text));
}

/** How often a pattern is found, up to one more than `most`. */
function countUpTo(text: string, pattern: RegExp, most: number): number {
  let count = 0;
  while (count <= most && pattern.test(text)) count += 1;
  return count;
}

/** Before the first empty line, which ends the header section (RFC 5322 §2.1); the end where there is none. */
function endOfHeader(text: string): number {
  const end = /\n\r?\n/.exec(text);
  return end === null ? text.length : end.index + 1;
}
