/** A bound that is passed, or that nothing was measured for, is found. */
import { expect, test } from 'vitest';
import { overrunsOf } from './probe.ts';
import { probes } from './probes.ts';

const figures = { octets: 10, memory: 20, milliseconds: 30, counts: { copies: 2 } };

test('figures within their bounds pass', () => {
  expect(overrunsOf({ octets: 10, memory: 20, milliseconds: 30, counts: { copies: 2 } }, figures)).toEqual(
    [],
  );
});

test.each([
  [{ octets: 9 }, 'octets'],
  [{ memory: 19 }, 'memory'],
  [{ milliseconds: 29 }, 'milliseconds'],
  [{ counts: { copies: 1 } }, 'copies'],
  [{ counts: { unmeasured: 1 } }, 'unmeasured'],
])('the bound %j is passed', (bounds, what) => {
  expect(overrunsOf(bounds, figures).map((each) => each.what)).toEqual([what]);
});

test('a figure that is no number passes no bound', () => {
  expect(overrunsOf({ memory: 20 }, { ...figures, memory: Number.NaN })).toHaveLength(1);
});

test('each probe has a name of its own and at least one bound', () => {
  expect(new Set(probes.map(({ name }) => name)).size).toBe(probes.length);
  for (const { name, bounds } of probes) expect([name, Object.keys(bounds).length > 0]).toEqual([name, true]);
});
