import { expect, test } from 'vitest';
import { subjectText } from './subject-text.ts';

test.each([
  ['Order 42', 'Order 42'],
  ['=?UTF-8?Q?Gr=C3=BC=C3=9Fe?= from the shop', 'Grüße from the shop'],
  ['Re: =?iso-8859-1?q?Gr=FC=DFe?=', 'Re: Grüße'],
  // blanks between two encoded words are those of the folding (RFC 2047 §6.2), and a word may begin in the middle of a letter
  ['=?utf-8?B?2YXYsdit2KjYpw==?= =?utf-8?q?_1?=', 'مرحبا 1'],
  ['=?utf-8?B?8J+Y?= =?utf-8?B?gA==?=', '😀'],
  ['=?no-such-charset?q?plain?=', 'plain'],
  ['=?utf-8?q?cut off', '=?utf-8?q?cut off'],
  ['a =? b ?= c', 'a =? b ?= c'],
  ['=?utf-8?q?=0D=0ABcc:_all=00?=', 'Bcc: all'],
])('%j reads as %j', (written, shown) => {
  expect(subjectText(written)).toBe(shown);
});

test('beginnings without an end take no longer than the text', () => {
  const written = '=?utf-8?q?'.repeat(100_000);
  expect(subjectText(written)).toHaveLength(written.length);
});
