import { expect, test } from 'vitest';
import { domainKey } from './domain.ts';

test.each([
  ['Example.COM', 'example.com'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['BÜCHER.example', 'xn--bcher-kva.example'],
  ['bu\u0308cher.example', 'xn--bcher-kva.example'],
  ['XN--BCHER-KVA.example', 'xn--bcher-kva.example'],
  ['ｅｘａｍｐｌｅ。com', 'example.com'],
  ['faß.example', 'xn--fa-hia.example'],
  ['123.45', '123.45'],
  ['localhost', 'localhost'],
  ['r3---sn.example', 'r3---sn.example'],
  // encodes nothing, so it is equal to itself alone
  ['xn--zzzz.example', 'xn--zzzz.example'],
])('%s has the key %s', (domain, key) => {
  expect(domainKey(domain)).toBe(key);
});

test.each([
  '',
  '.',
  'example.com.',
  '.example.com',
  'a..b',
  'example.com/evil',
  'example.com#evil',
  'example.com?evil',
  'example.com%2Eevil',
  'example.com:25',
  'user@example.com',
  'my_host.example',
  '-a.example',
  'a-.example',
  '-ü.example',
  'a b.example',
  '[192.0.2.1]',
  'example.com\u0000',
  '\u2100.example',
  'b\u200Dü.example',
  'a\uDC80.example',
  `${'a'.repeat(64)}.example`,
  `${'ü'.repeat(60)}.example`,
  `${'a.'.repeat(126)}aa`,
  'ü'.repeat(100_000),
])('%j is no host name', (domain) => {
  expect(domainKey(domain)).toBeUndefined();
});

test('63 octets of a label and 253 of a name are the limits', () => {
  expect(domainKey(`${'a'.repeat(63)}.example`)).toBeDefined();
  expect(domainKey(`${'a.'.repeat(126)}a`)).toBeDefined();
});
