import { describe, expect, test } from 'vitest';
import { mailboxText, parseAddressList } from './address-list.ts';
import type { CharacterSource } from './address-lexer.ts';

function addressesIn(value: string): readonly string[] | string {
  const list = parseAddressList(value);
  return list.kind === 'read' ? list.mailboxes.map(mailboxText) : list.why;
}

describe('a list is read whole', () => {
  test.each([
    ['a@b.example', ['a@b.example']],
    ['Shop <a@b.example>', ['a@b.example']],
    ['<a@b.example>', ['a@b.example']],
    ['"Last, First" <a@b.example>, c@d.example', ['a@b.example', 'c@d.example']],
    ['=?utf-8?q?Caf=C3=A9?= <a@b.example>', ['a@b.example']],
    ['(a comment, with <x@y.example>) a@b.example (another (nested \\) one))', ['a@b.example']],
    ['Team: a@b.example, C <c@d.example>;', ['a@b.example', 'c@d.example']],
    ['One: a@b.example;, Two:;, c@d.example', ['a@b.example', 'c@d.example']],
    ['Nobody:;', []],
    ['', []],
    [', ,a@b.example,, c@d.example,', ['a@b.example', 'c@d.example']],
    ['"quoted@local part"@b.example', ['"quoted@local part"@b.example']],
    ['"a".b."c"@d.example', ['"a".b."c"@d.example']],
    ['<@route.example:a@b.example>', ['a@b.example']],
    ['<@one.example,@two.example:a@b.example>', ['a@b.example']],
    ['a@[192.0.2.1]', ['a@[192.0.2.1]']],
    ['John Q. Public <a@b.example>', ['a@b.example']],
    ['Jörg <jörg@müller.example>', ['jörg@müller.example']],
    ['J\uDCF6rg <a@b.example>', ['a@b.example']],
    // blanks and comments around dots and at signs are read (RFC 5322 §4.4)
    ['<own@x.example>, boss @ foreign . example', ['own@x.example', 'boss@foreign.example']],
    ['b (x) . c@d(y).example', ['b.c@d.example']],
    // what is no host name is an address all the same
    ['<you@verified.example/evil.example>', ['you@verified.example/evil.example']],
    ['a@my_host.example', ['a@my_host.example']],
  ])('%s', (value, mailboxes) => {
    expect(addressesIn(value)).toEqual(mailboxes);
  });

  test.each([
    ['Shop <a@b.example>', 'Shop'],
    ['"Last, \\"First\\"" (not this) <a@b.example>', 'Last, "First"'],
    ['John Q. Public <a@b.example>', 'John Q. Public'],
    ['a@b.example (Name)', ''],
    ['=?utf-8?q?x?= <a@b.example>', '=?utf-8?q?x?='],
  ])('the display name of %s', (value, displayName) => {
    expect(parseAddressList(value)).toMatchObject({ mailboxes: [{ displayName }] });
  });
});

describe('a list is unreadable as a whole', () => {
  test.each([
    ['two addresses, one behind the other', '<evil@foreign.example><you@own.example>'],
    ['words behind an address', '<you@own.example> evil@foreign.example'],
    ['an address within a part', 'Boss boss@foreign.example, <you@own.example>'],
    ['an address as a display name', 'a@x.example <b@y.example>'],
    ['a comma in a display name', 'Ada, VP <a@x.example>'],
    ['words alone', 'just words'],
    ['a semicolon between addresses', 'a@x.example; b@y.example'],
    ['a group in a group', 'One: Two: a@x.example;;'],
    ['a group that is not closed', 'One: a@x.example'],
    ['a group without a name', ': a@x.example;'],
    ['empty brackets', '<>'],
    ['brackets that are not closed', 'broken <a@x.example, c@d.example'],
    ['two brackets', '<<a@x.example>>'],
    ['two at signs', 'a@b@x.example'],
    ['two dots', 'x..y@own.example'],
    ['a dot before the at sign', 'x.@own.example'],
    ['a dot at the start', '.x@own.example'],
    ['a dot at the end of the domain', 'you@own.example.'],
    ['two dots in the domain', 'you@own..example'],
    ['no domain', 'you@'],
    ['no local part', '@own.example'],
    ['a comment that is not closed', 'you@own.example (x'],
    ['a quote that is not closed', '"x <you@own.example>'],
    ['a literal that is not closed', 'you@[192.0.2.1'],
    ['a quote in a literal', 'you@[192."x".0.2.1]'],
    ['a bracket that closes nothing', 'you@own.example>'],
    ['a parenthesis that closes nothing', 'you@own.example)'],
    ['a backslash', 'a\\@b@own.example'],
    ['a control character', 'you@own.example\u0000'],
    ['a source route that is not closed', '<@route.example you@own.example>'],
    ['a source route of two domains without a comma', '<@a.example@b.example:you@own.example>'],
    ['a source route of nothing', '<,:you@own.example>'],
    ['an encoded word as a local part', '<=?utf-8?q?evil=40foreign.example=3E?=@own.example>'],
    ['an encoded word as a domain', 'shop@=?utf-8?q?own=2Eexample?='],
    ['an encoded word in a source route', '<@=?utf-8?q?x?=.example:you@own.example>'],
    ['a local part that is not UTF-8', '<j\uDCF6rg@own.example>'],
    ['a domain that is not UTF-8', '<you@m\uDCFCller.example>'],
    ['a sentence in a quoted local part and more', '"x" y@own.example'],
  ])('%s', (_what, value) => {
    expect(addressesIn(value)).toBeTypeOf('string');
  });
});

describe('what a hostile list costs', () => {
  const hostile: readonly (readonly [string, (length: number) => string])[] = [
    ['opening brackets', (length) => '<'.repeat(length)],
    ['closing brackets', (length) => '>'.repeat(length)],
    ['comments in comments', (length) => '('.repeat(length)],
    ['comments one behind the other', (length) => '()'.repeat(length / 2)],
    ['quotes', (length) => '"'.repeat(length)],
    ['backslashes in quotes', (length) => `"${'\\'.repeat(length - 1)}`],
    ['at signs', (length) => '@'.repeat(length)],
    ['dots', (length) => '.'.repeat(length)],
    ['words', (length) => 'a '.repeat(length / 2)],
    ['a local part of words', (length) => 'a.'.repeat(length / 2)],
    ['a domain of labels', (length) => `a@${'a.'.repeat(length / 2 - 1)}`],
    ['commas', (length) => ','.repeat(length)],
    ['groups', (length) => 'a:;,'.repeat(length / 4)],
    ['addresses', (length) => 'a@b.c,  '.repeat(length / 8)],
    ['a source route', (length) => `<${'@a,'.repeat((length - 1) / 3)}`],
    ['literals', (length) => 'a@[b],  '.repeat(length / 8)],
    ['open literals', (length) => '['.repeat(length)],
    ['blanks', (length) => ' \t'.repeat(length / 2)],
    ['display names of quotes', (length) => '"a" '.repeat(length / 4)],
  ];

  test.each(hostile)('%s: each character is looked at a fixed number of times', (_what, make) => {
    for (const length of [4_096, 8_192, 16_384, 32_768]) {
      const source = countingSource(make(length));
      parseAddressList(source);
      expect(source.looks()).toBeLessThanOrEqual(4 * length);
    }
  });
});

/** A text that counts the characters that are taken from it. */
function countingSource(text: string): CharacterSource & { looks(): number } {
  let looks = 0;
  return {
    length: text.length,
    charCodeAt: (at) => {
      looks += 1;
      return text.charCodeAt(at);
    },
    slice: (start = 0, end = text.length) => {
      looks += end - start;
      return text.slice(start, end);
    },
    looks: () => looks,
  };
}
