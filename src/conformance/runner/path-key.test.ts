import { expect, test } from 'vitest';
import { keyOf } from './path-key.ts';

test.each([
  ['a source route', '@relay.example:user@example.com'],
  ['a source route of two', '@one.example,@two.example:user@example.com'],
  ['capitals', 'USER@Example.COM'],
  ['quotes', '"user"@example.com'],
  ['quoted pairs', String.raw`"\u\ser"@example.com`],
])('%s make no other address', (_what, path) => {
  expect(keyOf(path)).toBe('user@example.com');
});

test.each(['user@[IPv6:2001:db8::1]', '"@a:user"@example.com', 'user.name@example.com'])(
  '%s stays itself',
  (path) => {
    expect(keyOf(path)).not.toBe('user@example.com');
  },
);
