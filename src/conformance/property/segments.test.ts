import { expect, test } from 'vitest';
import { commandInSegments, messageInSegments, segmentCuts } from './segments.ts';

test('a command is cut where it is told to be, its variables whole', () => {
  const pieces = (cut: (typeof segmentCuts)[number]) => commandInSegments('RCPT TO:<${ann}>', cut);
  expect(pieces('within the verb')).toEqual([
    'RC',
    String.raw`PT\x20TO:<` + '${ann}' + String.raw`>\x0d\x0a`,
  ]);
  expect(pieces('between CR and LF')).toEqual([
    String.raw`RCPT\x20TO:<` + '${ann}' + String.raw`>\x0d`,
    String.raw`\x0a`,
  ]);
});

test('a message is stuffed behind a CRLF alone, and cut around its end', () => {
  const pieces = (cut: (typeof segmentCuts)[number]) => messageInSegments('A: b\r\n\r\n.c\n.d\r\n', cut);
  expect(pieces('before the CRLF')).toEqual([
    String.raw`A:\x20b\x0d\x0a\x0d\x0a..c\x0a.d`,
    String.raw`\x0d\x0a.\x0d\x0a`,
  ]);
  expect(pieces('between CR and LF')).toEqual([
    String.raw`A:\x20b\x0d\x0a\x0d\x0a..c\x0a.d\x0d`,
    String.raw`\x0a.\x0d`,
    String.raw`\x0a`,
  ]);
  expect(pieces('behind the dot').at(-1)).toBe(String.raw`\x0d\x0a`);
});

test.each(segmentCuts)('%s: the pieces together are the whole', (cut) => {
  const whole = 'From: <${sender}>\r\n\r\nGröße\r\n';
  const [octetByOctet = '', ...others] = messageInSegments(whole, cut);
  expect([octetByOctet, ...others].join('')).toBe(
    String.raw`From:\x20<` + '${sender}' + String.raw`>\x0d\x0a\x0d\x0aGr\xc3\xb6\xc3\x9fe\x0d\x0a.\x0d\x0a`,
  );
  expect(others.length).toBeGreaterThan(0);
});
