/**
 * The mailboxes of an address list (RFC 5322 §3.4, groups as in RFC 6854), in order, as `local@domain`. Display names,
 * comments and encoded words are passed over; a part that cannot be read is left out, the others stay.
 */
export function mailboxesIn(value: string): readonly string[] {
  return splitList(stripComments(value)).flatMap((element) => {
    const address = addressIn(element.replace(/^[^<"@]*:(?![^<]*>)/, ''));
    return address === undefined ? [] : [address];
  });
}

function addressIn(element: string): string | undefined {
  const bracketed = /<([^<>]*)>\s*$/.exec(maskQuoted(element));
  const raw =
    bracketed?.[1] === undefined
      ? element
      : element.slice(bracketed.index + 1, bracketed.index + 1 + bracketed[1].length);
  const bare = raw.trim().replace(/^@[^:]*:/, '');
  const match = /^("(?:[^"\\]|\\.)*"|[^\s"@<>()[\],;:\\]+)\s*@\s*(\[[^\]\s]+\]|[^\s@<>()[\],;:"\\]+)$/.exec(
    bare,
  );
  return match === null ? undefined : `${match[1]}@${match[2]}`;
}

/** Splits at commas and at the semicolons that end groups, but not inside quotes, brackets or literals. */
function splitList(value: string): readonly string[] {
  const masked = maskQuoted(value);
  const elements: string[] = [];
  let from = 0;
  let angle = false;
  for (let at = 0; at < masked.length; at += 1) {
    // a bracket that is never closed encloses nothing
    if (masked[at] === '<') angle = masked.includes('>', at);
    else if (masked[at] === '>') angle = false;
    else if ((masked[at] === ',' || masked[at] === ';') && !angle) {
      elements.push(value.slice(from, at));
      from = at + 1;
    }
  }
  return [...elements, value.slice(from)];
}

/** The same text with everything inside quotes replaced, so that offsets stay and separators there are not seen. */
function maskQuoted(value: string): string {
  return value.replaceAll(/"(?:[^"\\]|\\.)*"/g, (quoted) => `"${'x'.repeat(quoted.length - 2)}"`);
}

function stripComments(value: string): string {
  let depth = 0;
  let quoted = false;
  let kept = '';
  for (let at = 0; at < value.length; at += 1) {
    const character = value.charAt(at);
    if (character === '\\' && (quoted || depth > 0)) {
      if (depth === 0) kept += value.slice(at, at + 2);
      at += 1;
    } else if (character === '"' && depth === 0) {
      quoted = !quoted;
      kept += character;
    } else if (character === '(' && !quoted) depth += 1;
    else if (character === ')' && !quoted && depth > 0) depth -= 1;
    else if (depth === 0) kept += character;
  }
  return kept;
}
