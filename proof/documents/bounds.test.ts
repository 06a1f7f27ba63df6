import { expect, test } from 'vitest';
import { readSecurityPage, withBounds } from './bounds.ts';

test('the bounds that docs/security.md lists are those of the code', async () => {
  const text = await readSecurityPage();
  expect(text).toBe(withBounds(text));
});
