import { describe, expect, test } from 'vitest';
import { encodeUtf8, stringToOctets } from './bytes.ts';
import { headerText, holdsStrayOctet, octetsOf, showHeaderText } from './header-text.ts';

test.each(['plain', 'Jörg', '€ 3', '𝄞 and 한', '\u{10FFFF}', 'à', ''])('%j is read as UTF-8', (text) => {
  expect(headerText(encodeUtf8(text))).toBe(text);
  expect(holdsStrayOctet(text)).toBe(false);
});

test.each([
  ['Latin-1', 'J\xF6rg', 'J\uDCF6rg'],
  ['a sequence cut off', 'a\xC3', 'a\uDCC3'],
  ['an overlong sequence', '\xC0\xAF', '\uDCC0\uDCAF'],
  ['a surrogate', '\xED\xA0\x80', '\uDCED\uDCA0\uDC80'],
  ['beyond Unicode', '\xF4\x90\x80\x80', '\uDCF4\uDC90\uDC80\uDC80'],
])('%s stays what it is, octet by octet', (_what, octets, text) => {
  expect(headerText(stringToOctets(octets))).toBe(text);
  expect(holdsStrayOctet(text)).toBe(true);
});

test('different octets are never the same text', () => {
  const texts = Array.from({ length: 0x10000 }, (_, pair) =>
    headerText(Uint8Array.of(pair >> 8, pair & 0xff)),
  );
  expect(new Set(texts).size).toBe(0x10000);
});

describe('what is shown', () => {
  test.each([
    ['a short text', 'Größe', 'Größe'],
    ['Latin-1', 'J\uDCF6rg', 'Jörg'],
    ['ASCII', 'x'.repeat(2_000), 'x'.repeat(998)],
    ['two octets each', 'ü'.repeat(2_000), 'ü'.repeat(499)],
    ['a character that does not fit any more', `${'x'.repeat(997)}ü`, 'x'.repeat(997)],
    ['four octets each', '𝄞'.repeat(2_000), '𝄞'.repeat(249)],
    ['Latin-1 that grows', '\uDCF6'.repeat(998), 'ö'.repeat(499)],
  ])('of %s', (_what, text, shown) => {
    expect(showHeaderText(text, 998)).toBe(shown);
    expect(octetsOf(showHeaderText(text, 998))).toBeLessThanOrEqual(998);
  });
});
