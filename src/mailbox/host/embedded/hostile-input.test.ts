/**
 * Megabytes that a parser which looks at a character again and again would need hours for. Nothing is timed: such a
 * parser would simply never come to the end.
 */
import { describe, expect, test } from 'vitest';
import { MOST_PARTS } from '../../../smtp/mime-bounds.ts';
import { parseMessage, readIdHeader } from './parsed-message.ts';
import { cleanForSearch, stripHtml, writeAsText } from './plain-words.ts';
import { parseSearch } from './search-query.ts';
import { createMessageStore } from './store.ts';
import { createMessageTaker } from './take-message.ts';
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

describe('parts', () => {
  const nested = (count: number) =>
    Array.from({ length: count }, (_, at) => `--b\r\nContent-Type: multipart/mixed; boundary=c${at}\r\n\r\n`);
  const head = 'From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n';

  test.each([
    ['more than anybody sends', '--b\r\n\r\n'.repeat(MANY)],
    ['each with a boundary of its own', nested(MOST_PARTS / 2).join('')],
  ])('%s: none are read, and the message is kept', async (_what, parts) => {
    const taker = createMessageTaker(createMessageStore(1));
    const parsed = await parseMessage(Buffer.from(`${head}${parts}`));
    expect(parsed).toMatchObject({ attachments: [], inlines: [], otherParts: [] });
    const verdict = await taker.take({
      helloName: 'a.example',
      clientIp: '127.0.0.1',
      hostname: 'b.example',
      reversePath: 'a@b.example',
      forwardPaths: ['c@d.example'],
      data: Buffer.from(`${head}${parts}`),
      takenAt: new Date(0),
    });
    expect(verdict).toMatchObject({ kind: 'taken', text: expect.stringContaining('queued as') });
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
