import { expect, test } from 'vitest';
import { columnsOf } from './settings.ts';

test.each([
  [undefined, 100],
  [0, 100],
  [72, 72],
])('a terminal that says %s columns has %i', (told, columns) => {
  expect(columnsOf(told)).toBe(columns);
});
