import { describe, expect, test } from 'vitest';
import { addressKey, addressKeyOf } from './address-equality.ts';
import { parseMailArgument, parseRcptArgument, splitCommand } from './command.ts';
import { isInternational, parseForwardPath, parsePath, parseReversePath } from './path.ts';

describe('a path arrives as it was written', () => {
  test.each([
    ['user@example.com', 'user@example.com'],
    ['@relay.example,@other.example:user@example.com', 'user@example.com'],
    ['"John Doe"@example.com', '"John Doe"@example.com'],
    ['"a@b>c"@example.com', '"a@b>c"@example.com'],
    ['user@[192.0.2.1]', 'user@[192.0.2.1]'],
    ['user@[IPv6:2001:db8::1]', 'user@[IPv6:2001:db8::1]'],
    ['Ünïcode@bücher.example', 'Ünïcode@bücher.example'],
    ['user@xn--bcher-kva.example', 'user@xn--bcher-kva.example'],
    ['a#b@example.com', 'a#b@example.com'],
  ])('%s', (inside, text) => {
    expect(parsePath(inside)?.text).toBe(text);
  });

  test.each([
    '',
    'user',
    '@example.com',
    'a..b@example.com',
    '.a@example.com',
    'a b@example.com',
    'a@-x.example',
    'a@b@c',
    'x..y@example.com',
    'x.@example.com',
    'a@example.com.',
    'a@example..com',
    'a@example.com/evil.example',
    'a@my_host.example',
    `a@${'d'.repeat(64)}.example`,
    'a@\u2100.example',
    'a@\u200Db\u00FCcher.example',
  ])('"%s" is none', (inside) => {
    expect(parsePath(inside)).toBeUndefined();
  });

  test('256 octets with the brackets are the limit', () => {
    const domain = `${'d'.repeat(60)}.${'d'.repeat(60)}.example`;
    expect(parsePath(`${'a'.repeat(254 - 1 - domain.length)}@${domain}`)).toBeDefined();
    expect(parsePath(`${'a'.repeat(255 - 1 - domain.length)}@${domain}`)).toBeUndefined();
  });

  test('a hostile length is refused in no time', () => {
    expect(parsePath(`${'a'.repeat(16_000)}!`)).toBeUndefined();
  });

  test('the null reverse-path and the bare Postmaster are taken where they belong', () => {
    expect(parseReversePath('')).toBe('null');
    expect(parseForwardPath('')).toBeUndefined();
    expect(parseForwardPath('Postmaster')).toMatchObject({ localPart: 'Postmaster', domain: '' });
  });

  test('only what goes beyond ASCII needs SMTPUTF8', () => {
    const path = (inside: string) => parsePath(inside) ?? 'null';
    expect(isInternational(path('user@xn--bcher-kva.example'))).toBe(false);
    expect(isInternational(path('user@bücher.example'))).toBe(true);
    expect(isInternational('null')).toBe(false);
  });
});

describe('addresses are equal', () => {
  test.each([
    ['User@Example.COM', 'user@example.com'],
    ['user@bücher.example', 'USER@XN--BCHER-KVA.example'],
    ['"user"@example.com', 'user@example.com'],
    ['"us\\er"@example.com', 'user@example.com'],
    ['jose\u0301@example.com', 'jos\u00E9@example.com'],
    ['JOSE\u0301@example.com', 'jos\u00E9@example.com'],
    ['"jose\u0301"@example.com', 'jos\u00E9@example.com'],
    ['\u1112\u1161\u11AB@example.com', '\uD55C@example.com'],
    ['user@bu\u0308cher.example', 'user@xn--bcher-kva.example'],
    ['user@ＥＸＡＭＰＬＥ.com', 'user@example.com'],
  ])('%s and %s', (left, right) => {
    expect(addressKeyOf(left)).toBe(addressKeyOf(right));
  });

  test.each([
    ['user@example.com', 'user@example.net'],
    ['user+a@example.com', 'user@example.com'],
    ['user@[192.0.2.1]', 'user@192.0.2.1.example'],
    ['ﬁsh@example.com', 'fish@example.com'],
    ['jos\u00E9@example.com', 'jose@example.com'],
    ['user@fa\u00DF.example', 'user@fass.example'],
    ['user@p\u0430ypal.example', 'user@paypal.example'],
  ])('but not %s and %s', (left, right) => {
    expect(addressKeyOf(left)).not.toBe(addressKeyOf(right));
  });

  test('a key can be read again', () => {
    const path = parsePath('A@Example.com');
    expect(path && addressKey(path)).toBe('a@example.com');
  });
});

describe('commands', () => {
  test.each([
    ['mail FROM:<a@b.example>  ', 'MAIL', 'FROM:<a@b.example>'],
    ['QUIT', 'QUIT', ''],
    ['NOOP  x y ', 'NOOP', 'x y'],
    ['', '', ''],
    [' MAIL', '', 'MAIL'],
  ])('"%s" is verb and argument', (line, verb, argument) => {
    expect(splitCommand(line)).toEqual({ verb, argument });
  });

  test('MAIL with parameters', () => {
    const mail = parseMailArgument('from:<a@b.example> size=10 BODY=8BITMIME AUTH=<>');
    expect(mail && [...mail.parameters]).toEqual([
      ['SIZE', '10'],
      ['BODY', '8BITMIME'],
      ['AUTH', '<>'],
    ]);
  });

  test.each([
    'FROM:a@b.example',
    'FROM:<a@b.example',
    'TO:<a@b.example>',
    'FROM:<a@b.example>SIZE=1',
    'FROM:<a@b.example> SIZE=1 SIZE=2',
    'FROM:<a@b.example> =1',
  ])('%s is no argument of MAIL', (argument) => {
    expect(parseMailArgument(argument)).toBeUndefined();
  });

  test('a bracket inside quotes ends no path', () => {
    expect(parseRcptArgument('TO:<"x>y"@b.example>')?.forwardPath.text).toBe('"x>y"@b.example');
  });
});
