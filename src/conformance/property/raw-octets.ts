import { encodeUtf8, octetsToString } from '../../smtp/bytes.ts';

/** Octets, one character each, as a `C>` line has them; `values` are written in place of the characters that stand for them. */
export function writeRaw(octets: string, values: Readonly<Record<string, string>>): string {
  return octets
    .split('')
    .map((octet) => values[octet] ?? escapeOctet(octet))
    .join('');
}

/** The first octets of a message as it travels, its dots stuffed, as a `C>` line has them; a variable counts as one. */
export function firstOctets(message: string, count: number): string {
  const text = [...places].reduce(
    (written, [place, variable]) => written.replaceAll(variable, place),
    message,
  );
  const travelling = octetsToString(encodeUtf8(text.replaceAll(/^\./gm, '..')));
  return writeRaw(travelling.slice(0, count), Object.fromEntries(places));
}

/** Characters that no generated message holds, for the variables that it may hold. */
const places = [
  ['\u0001', '${sender}'],
  ['\u0002', '${ann}'],
] as const;

function escapeOctet(octet: string): string {
  if (octet === '\\') return '\\\\';
  // a blank at the end of a line would be lost, and "${" would begin a variable
  return /[\x21-\x23\x25-\x7E]/.test(octet)
    ? octet
    : `\\x${octet.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
