/**
 * Octets as strings and back, one character (U+0000–U+00FF) an octet. SMTP is a protocol of octets; text functions
 * work on this form without losing any.
 */
export function octetsToString(octets: Uint8Array): string {
  let text = '';
  // the engine takes the arguments of a call from the stack, so a message goes through in slices
  for (let at = 0; at < octets.length; at += SLICE) {
    text += Reflect.apply(String.fromCharCode, undefined, octets.subarray(at, at + SLICE));
  }
  return text;
}

/** The octets of a string whose characters are all below U+0100; a higher character keeps its low octet only. */
export function stringToOctets(text: string): Uint8Array {
  const octets = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    octets[at] = text.charCodeAt(at);
  }
  return octets;
}

const SLICE = 8192;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text as it travels: UTF-8. */
export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Octets read as UTF-8, or `undefined` where they are not UTF-8. */
export function decodeUtf8(octets: Uint8Array): string | undefined {
  try {
    return decoder.decode(octets);
  } catch {
    return undefined;
  }
}

/** Whether both hold the same octets. */
export function sameOctets(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((octet, at) => octet === right[at]);
}

/** Several runs of octets as one. */
export function concatOctets(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
