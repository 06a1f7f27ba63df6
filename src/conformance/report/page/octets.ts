/** A piece of a transcript: a text, a line end, or an octet that is no printable character. */
export interface OctetPiece {
  readonly kind: 'text' | 'end' | 'octet';
  readonly text: string;
}

const ODD = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\ufffe\uffff]/u;

/**
 * Takes octets, one character each, apart for showing: UTF-8 as the text that it is where all of it is, carriage returns
 * and line feeds apart, and whatever a reader could not see, or could be misled by, as its number.
 */
export function splitOctets(octets: string): readonly OctetPiece[] {
  const pieces: OctetPiece[] = [];
  let text = '';
  const add = (kind: 'end' | 'octet', shown: string) => {
    if (text !== '') pieces.push({ kind: 'text', text });
    text = '';
    pieces.push({ kind, text: shown });
  };
  for (const sign of decode(octets)) {
    if (sign === '\r') add('end', 'CR');
    else if (sign === '\n') add('end', 'LF');
    else if (sign === '\t') text += sign;
    else if (ODD.test(sign)) add('octet', showCode(sign));
    else text += sign;
  }
  if (text !== '') pieces.push({ kind: 'text', text });
  return pieces;
}

function decode(octets: string): string {
  if (!/[\u0080-\u00ff]/.test(octets)) return octets;
  try {
    const bytes = Uint8Array.from(octets, (octet) => octet.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // higher octets that are no UTF-8 are shown by their numbers
    return octets.replaceAll(/[\u0080-\u00ff]/g, (octet) => showCode(octet));
  }
}

function showCode(sign: string): string {
  const code = (sign.codePointAt(0) ?? 0).toString(16);
  return code.length <= 2 ? String.raw`\x${code.padStart(2, '0')}` : String.raw`\u{${code}}`;
}
