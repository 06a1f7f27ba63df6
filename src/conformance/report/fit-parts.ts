/** Parts of a text of which as many are taken as there is room for, in their order. */
export interface Section {
  readonly before?: string;
  readonly parts: readonly string[];
  /** What is said where so many of the parts have no room. */
  readonly left: (count: number) => string;
}

/** Room in octets that is kept for saying what was left out. */
const SPARE = 300;

/** Joins the sections' parts, a line each, into at most `limit` octets of UTF-8; what has no room is told. */
export function fitParts(sections: readonly Section[], limit: number): string {
  let text = '';
  let octets = 0;
  const add = (part: string) => {
    text += part;
    octets += Buffer.byteLength(part);
  };
  for (const { before = '', parts, left } of sections) {
    if (parts.length > 0) add(before);
    const room = limit - SPARE * sections.length;
    let taken = 0;
    for (const part of parts) {
      if (octets + Buffer.byteLength(part) + 1 > room) break;
      add(`${part}\n`);
      taken += 1;
    }
    if (taken < parts.length) add(left(parts.length - taken));
  }
  return text;
}
