/** Pieces of text handling that look at each character once, whatever comes. */

/** The text without the characters of `those` around it. */
export function trimCharacters(text: string, those: string): string {
  let [start, end] = [0, text.length];
  while (start < end && those.includes(text.charAt(start))) start += 1;
  while (end > start && those.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** The text without the characters of `those` at its end. */
export function trimEndCharacters(text: string, those: string): string {
  let end = text.length;
  while (end > 0 && those.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/**
 * Replaces each stretch from `open` to the nearest `close` behind it by what `write` makes of it, both ends included.
 * What is opened and never closed stays.
 */
export function replaceEnclosed(
  text: string,
  open: string,
  close: string,
  write: (stretch: string) => string = () => '',
): string {
  const parts: string[] = [];
  let from = 0;
  for (let start = text.indexOf(open); start !== -1; start = text.indexOf(open, from)) {
    const end = text.indexOf(close, start + open.length);
    // nothing closes it, so nothing closes what is opened behind it
    if (end === -1) break;
    parts.push(text.slice(from, start), write(text.slice(start, end + close.length)));
    from = end + close.length;
  }
  return parts.length === 0 ? text : [...parts, text.slice(from)].join('');
}

/** Whether `text` holds the parts in this order, none of them overlapping the one before it. */
export function holdsInOrder(text: string, parts: readonly string[]): boolean {
  let from = 0;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return true;
}
