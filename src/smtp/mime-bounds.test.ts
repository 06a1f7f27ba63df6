import { describe, expect, test } from 'vitest';
import { stringToOctets } from './bytes.ts';
import { boundMime, MOST_BOUNDARIES, MOST_PARTS } from './mime-bounds.ts';

const head = 'Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n';
const named = (count: number) =>
  `${head}\r\n${Array.from({ length: count }, (_, at) => `Content-Type: multipart/mixed; BOUNDARY=c${at}\r\n\r\n`).join('')}`;

describe('a message before the MIME library reads it', () => {
  test.each([
    ['a plain text with many dashes', `Subject: x\r\n\r\n${'-- \r\n'.repeat(MOST_PARTS + 2)}`],
    ['as many parts as there may be', `${head}\r\n${'--b\r\n\r\n'.repeat(MOST_PARTS - 1)}`],
    ['as many boundaries as there may be', named(MOST_BOUNDARIES - 1)],
    ['nothing', ''],
  ])('%s is left as it is', (_what, text) => {
    const message = stringToOctets(text);
    expect(boundMime(message)).toBe(message);
  });

  test.each([
    ['more parts', `${head}\r\n${'--b\r\n\r\n'.repeat(MOST_PARTS + 1)}`, head],
    ['more boundaries', named(MOST_BOUNDARIES), head],
    ['with LF alone', `A: boundary\n\n${'--b\n'.repeat(MOST_PARTS + 1)}`, 'A: boundary\n'],
    ['no end of its header', `A: boundary\r\n${'--b: x\r\n'.repeat(MOST_PARTS + 1)}`, undefined],
  ])('%s: the header section alone is left', (_what, text, left) => {
    expect(boundMime(stringToOctets(text))).toEqual(stringToOctets(left ?? text));
  });
});
