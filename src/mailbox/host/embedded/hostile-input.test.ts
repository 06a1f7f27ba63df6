/**
 * Megabytes that a parser which looks at a character again and again would need hours for. Nothing is timed: such a
 * parser would simply never come to the end.
 */
import { describe, expect, test } from 'vitest';
import { parseMessage, readIdHeader } from './parsed-message.ts';
import { cleanForSearch, stripHtml, writeAsText } from './plain-words.ts';
import { parseSearch } from './search-query.ts';
import { createMessageStore } from './store.ts';
import { readUnsubscribeLinks } from './unsubscribe-links.ts';

const MANY = 1_000_000;

describe('markup that is opened and never closed', () => {
  test.each([
    '<',
    '<!--',
    '<script>',
    '<script',
    '<title><style>',
    '<a href=',
    '<a <a ',
    '&',
    '&a',
    '</p',
    '<br',
    ' \t',
  ])('%s', (opening) => {
    const html = opening.repeat(MANY / opening.length);
    expect(stripHtml(html, 'with links').length).toBeLessThanOrEqual(2 * html.length);
    expect(writeAsText(html).length).toBeLessThanOrEqual(2 * html.length);
  });

  test('what is closed is still read as before', () => {
    const html =
      '<head><title>t</title></head><!-- c --><style>p{}</style><p>One &amp; <a class="x" href="http://a.example/?b">two</a></p><SCRIPT>x</SCRIPT ><p>3 < 4</p>';
    expect(stripHtml(html, 'with links')).toBe('One & http://a.example/?b two 3');
    expect(stripHtml(html, 'words only')).toBe('One & two 3');
  });
});

describe('header fields', () => {
  test.each([
    ['blanks', 'Subject', `a${' \t'.repeat(MANY / 2)}b`],
    ['brackets', 'Message-ID', `${'<'.repeat(MANY)}a${'>'.repeat(MANY)}b`],
    ['brackets in To', 'To', '<'.repeat(MANY)],
    ['parentheses in To', 'To', '('.repeat(MANY)],
    ['encoded words', 'Subject', '=?'.repeat(MANY / 2)],
  ])('%s', async (_what, name, value) => {
    const message = Buffer.from(`From: a@b.example\r\n${name}: ${value}\r\n\r\nx\r\n`);
    const parsed = await parseMessage(message);
    // the MIME library may give up on it; what counts is that there is an end
    expect(parsed === undefined || readIdHeader(parsed.fields, name).length >= 0).toBe(true);
  });

  test.each(['(', '<', '<a>', '()', ' '])('List-Unsubscribe of %j', (piece) => {
    expect(readUnsubscribeLinks(piece.repeat(MANY)).links).toEqual([]);
  });
});

describe('a search', () => {
  const store = createMessageStore(1);

  test.each([
    ['any text, again and again', 'subject:"%a%a%a%a%a%a%a%a%a%a%a%a%b"', false],
    ['any character, again and again', 'subject:"%a_a%a_a%a_a%a_a%b"', false],
    ['quotes', '"'.repeat(MANY + 1), true],
    ['prefixes', 'subject:'.repeat(MANY / 8), false],
    ['what is there', 'subject:"aa%aa_a"', true],
  ])('for %s', async (_what, query, found) => {
    const parsed = await parseMessage(
      Buffer.from(`From: a@b.example\r\nSubject: ${'a'.repeat(100_000)}\r\n\r\nx\r\n`),
    );
    if (parsed === undefined) throw new Error('The message cannot be read.');
    store.add(Buffer.from('x'), parsed, new Date(0));
    expect(store.list().map(parseSearch(query, 'UTC'))).toEqual([found]);
  });

  test('of text that is all blanks', () => {
    expect(cleanForSearch('<">'.repeat(MANY))).toBe('');
  });
});
