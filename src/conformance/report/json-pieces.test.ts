import { expect, test } from 'vitest';
import { jsonPieces } from './json-pieces.ts';

const values: readonly Readonly<Record<string, unknown>>[] = [
  {},
  { a: 1, b: undefined, c: [] },
  { list: [1, 'two\nlines', null, undefined, { deep: [1, { deeper: true }] }], last: { a: { b: [] } } },
];

test.each(values.flatMap((value) => [[value, 0] as const, [value, 2] as const]))(
  '%j with %d blanks is what JSON.stringify gives',
  (value, indent) => {
    expect([...jsonPieces(value, indent)].join('')).toBe(JSON.stringify(value, undefined, indent));
  },
);

test('no piece is larger than an element', () => {
  const pieces = [...jsonPieces({ list: Array.from({ length: 1_000 }, () => 'x'.repeat(100)) })];
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(110);
});
