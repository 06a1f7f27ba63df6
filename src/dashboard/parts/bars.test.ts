import { expect, test } from 'vitest';
import { barsOf, daysPerBar } from './bars.ts';

const day = (name: string, delivered = 1) => ({ day: name, counts: { delivered } });

test('days without an email have a bar as well', () => {
  expect(barsOf([day('2026-02-27'), day('2026-03-01', 5)], 31)).toEqual([
    { first: '2026-02-27', last: '2026-02-27', counts: { delivered: 1 } },
    { first: '2026-02-28', last: '2026-02-28', counts: {} },
    { first: '2026-03-01', last: '2026-03-01', counts: { delivered: 5 } },
  ]);
});

test('no day, no bar', () => {
  expect(barsOf([], 31)).toEqual([]);
  expect(daysPerBar([], 31)).toBe(1);
});

test.each([
  ['a month', '2026-01-01', '2026-01-31', 1, 31],
  ['a month and a day', '2026-01-01', '2026-02-01', 2, 16],
  ['a year', '2025-06-01', '2026-06-01', 12, 31],
  ['until the last day that there is', '1970-01-01', '9999-12-31', 94_610, 31],
])('%s: %s to %s', (_what, first, last, width, bars) => {
  const days = [day(first, 3), { day: last, counts: { delivered: 1, bounced: 2 } }];
  const drawn = barsOf(days, 31);
  expect([daysPerBar(days, 31), drawn.length]).toEqual([width, bars]);
  expect(drawn[0]?.first).toBe(first);
  expect(drawn.at(-1)).toEqual(expect.objectContaining({ last, counts: { delivered: 1, bounced: 2 } }));
});
