import { encodeUtf8, octetsToString } from './bytes.ts';

/** One way in which a secret can be written. Characters are octets, or those of a text. */
export interface SecretForm {
  readonly text: string;
  /** Whether it is base64, which may be broken over lines. */
  readonly folds: boolean;
}

/** A shorter secret is none: to blank each `ab` would hide a session and protect nobody. */
export const SHORTEST_SECRET = 4;

/** Octets of the longest secret that is looked for; a longer one is looked for by its beginning. */
const LONGEST_SECRET = 1024;

/**
 * How a secret may appear: as it is, as octets and as text, as JSON writes it, and in base64, wherever in it the secret
 * begins. Of base64 only the characters are taken that nothing but the secret decides.
 */
export function formsOf(secret: string): readonly SecretForm[] {
  const utf8 = octetsToString(encodeUtf8(secret)).slice(0, LONGEST_SECRET);
  if (utf8.length < SHORTEST_SECRET) return [];
  const asIs = secret.slice(0, LONGEST_SECRET);
  const plain = [utf8, asIs, JSON.stringify(asIs).slice(1, -1)];
  // characters that are octets may be meant as octets
  const octets = /^[\0-\xFF]*$/.test(asIs) ? [utf8, asIs] : [utf8];
  const standard = octets.flatMap((each) => [0, 1, 2].map((before) => base64Within(each, before)));
  const encoded = [...standard, ...standard.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))];
  return [
    ...distinct(plain).map((text) => ({ text, folds: false })),
    ...distinct(encoded).map((text) => ({ text, folds: true })),
  ];
}

/** The base64 of a text that stands behind so many octets of a group of three, without the characters at its edges. */
function base64Within(octets: string, before: number): string {
  const whole = btoa('\0'.repeat(before) + octets);
  const decided = Math.floor(((before + octets.length) * 8) / 6);
  return whole.slice(Math.ceil((before * 8) / 6), decided);
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].filter((text) => text.length >= SHORTEST_SECRET);
}
