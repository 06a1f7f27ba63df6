import { expect, test } from 'vitest';
import { firstOctets, writeRaw } from './raw-octets.ts';

test('the first octets of a message as it travels: stuffed, in UTF-8, its variables whole', () => {
  const message = 'From: <${sender}>\r\n\r\n.dot\r\nGröße ${ann}\r\n';
  expect(firstOctets(message, 8)).toBe(String.raw`From:\x20<` + '${sender}');
  expect(firstOctets(message, 16)).toBe(
    String.raw`From:\x20<` + '${sender}' + String.raw`>\x0d\x0a\x0d\x0a..d`,
  );
  expect(firstOctets(message, 23)).toMatch(/Gr\\xc3$/);
  expect(firstOctets(message, 1_000)).toContain(String.raw`Gr\xc3\xb6\xc3\x9fe\x20` + '${ann}');
});

test('what would begin an escape or a variable is written out', () => {
  expect(writeRaw('a\\$\0\u00ff ', {})).toBe(String.raw`a\\\x24\x00\xff\x20`);
});
