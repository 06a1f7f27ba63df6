import type { Problem } from './problem.ts';

/** The text of a file, or why its octets are none. */
export type DecodedScenario =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'problem'; readonly problem: Problem };

/** Reads a file's octets as UTF-8, with or without a mark at its beginning. */
export function decodeScenario(octets: Uint8Array): DecodedScenario {
  const [first, second] = octets;
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isMarked || octets.subarray(0, 200).includes(0))
    return wrong(1, 1, 'This file is UTF-16: save it as UTF-8.');
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(octets) };
  } catch {
    const { line, column, octet } = firstWrong(octets);
    const shown = octet.toString(16).toUpperCase().padStart(2, '0');
    return wrong(
      line,
      column,
      `The octet ${shown} here is not UTF-8; Latin-1 and Windows-1252 files have such octets. Save the file as UTF-8.`,
    );
  }
}

/** The first octet that ends no UTF-8 text; found line by line, so that the work stays linear. */
function firstWrong(octets: Uint8Array): {
  readonly line: number;
  readonly column: number;
  readonly octet: number;
} {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  let start = 0;
  while (start < octets.length) {
    const end = octets.indexOf(0x0a, start);
    const piece = octets.subarray(start, end === -1 ? octets.length : end);
    try {
      decoder.decode(piece);
    } catch {
      // U+FFFD stands where the first wrong octet was; a file that holds U+FFFD itself is not worth more care
      const readable = new TextDecoder().decode(piece);
      const column = readable.indexOf('\uFFFD') + 1;
      const before = new TextEncoder().encode(readable.slice(0, column - 1)).length;
      return { line, column, octet: piece[before] ?? 0 };
    }
    if (end === -1) break;
    line += 1;
    start = end + 1;
  }
  return { line, column: 1, octet: 0 };
}

function wrong(line: number, column: number, sentence: string): DecodedScenario {
  return { kind: 'problem', problem: { code: 'encoding', sentence, position: { line, column } } };
}
