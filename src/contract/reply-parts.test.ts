import { expect, test } from 'vitest';
import { fillReply, isReplyOf } from './reply-parts.ts';

test.each([
  ['250 Ok', '250 Ok', true],
  ['250 Ok', '250 Ok x', false],
  ['250 Ok ${message-id}', '250 Ok email-1', true],
  ['250 Ok ${message-id}', '250 Ok ', false],
  ['250 Ok ${message-id}', '250 Ok', false],
  ['250 Ok ${message-id}', '250-Ok email-1', false],
  ['250 Ok ${message-id}', '250 Ok a\nb', false],
  ['553 <${address}> unknown', '553 <a@b> unknown', true],
  ['553 <${address}> unknown', '553 <a@b> unknown.', false],
  ['554 in ${region}: ${identities}', '554 in x: a, b', true],
  ["554 Duplicate '${header}'.", "554 Duplicate 'From'.", true],
  ["554 Duplicate '${header}'.", "554 Duplicate 'From'!", false],
])('%j stands for %j: %s', (written, reply, is) => {
  expect(isReplyOf(written, reply)).toBe(is);
});

test('a long reply is compared in a time that grows with it alone', () => {
  const written = '554 ${a} ${b} ${c}: end';
  expect(isReplyOf(written, `554 ${'a '.repeat(250)}`)).toBe(false);
});

test('parts are filled in by name, and stand as their names where nothing is known', () => {
  expect(fillReply('554 in ${region}: ${identities}', { region: 'eu-west-1' })).toBe(
    '554 in eu-west-1: identities',
  );
});
