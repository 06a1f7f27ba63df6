/**
 * Text in header fields: UTF-8 (RFC 6532 §3.2). An octet that belongs to no UTF-8 sequence becomes one lone surrogate
 * (U+DC80 to U+DCFF), so that different octets never become the same text.
 */
import { encodeUtf8, octetsToString } from './bytes.ts';

/** Reads octets as header text. */
export function headerText(octets: Uint8Array): string {
  const text = octetsToString(octets);
  return /[\x80-\xFF]/.test(text) ? text.replaceAll(SEQUENCE_OR_STRAY, decode) : text;
}

/** Whether a text holds an octet that was no UTF-8. */
export function holdsStrayOctet(text: string): boolean {
  return STRAY.test(text);
}

/**
 * Header text for people and for the history: at most `limit` octets of UTF-8, cut on a character's border. A stray
 * octet is shown as the Latin-1 character that old clients mean by it.
 */
export function showHeaderText(text: string, limit: number): string {
  // a character has one octet at least, so no more than `limit` of them can count
  const shown = text
    .slice(0, limit)
    .replaceAll(STRAYS, (stray) => String.fromCharCode(stray.charCodeAt(0) - STRAY_BASE));
  const octets = new Uint8Array(limit);
  const { written } = encoder.encodeInto(shown, octets);
  // decoded anew: a slice would keep the whole text in memory
  return decoder.decode(octets.subarray(0, written));
}

/** Octets of a text as UTF-8; a stray octet counts three. */
export function octetsOf(text: string): number {
  return encodeUtf8(text).length;
}

const STRAY_BASE = 0xdc00;
const STRAY = /[\uDC80-\uDCFF]/u;
const STRAYS = /[\uDC80-\uDCFF]/gu;

/** A well-formed sequence of two to four octets (RFC 3629 §4), or one octet that begins none. */
const SEQUENCE_OR_STRAY =
  /[\xC2-\xDF][\x80-\xBF]|\xE0[\xA0-\xBF][\x80-\xBF]|[\xE1-\xEC\xEE\xEF][\x80-\xBF]{2}|\xED[\x80-\x9F][\x80-\xBF]|\xF0[\x90-\xBF][\x80-\xBF]{2}|[\xF1-\xF3][\x80-\xBF]{3}|\xF4[\x80-\x8F][\x80-\xBF]{2}|[\x80-\xFF]/g;

/** Bits of the lead octet that belong to the character, by the length of the sequence. */
const LEAD_BITS = [0, 0, 0x1f, 0x0f, 0x07] as const;

function decode(sequence: string): string {
  if (sequence.length === 1) return String.fromCharCode(STRAY_BASE + sequence.charCodeAt(0));
  let point = sequence.charCodeAt(0) & (LEAD_BITS[sequence.length] ?? 0);
  for (let at = 1; at < sequence.length; at += 1) point = (point << 6) | (sequence.charCodeAt(at) & 0x3f);
  return String.fromCodePoint(point);
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
