import { expect, test } from 'vitest';
import { GrantedTime } from './granted-time.ts';

/** Keeps this thread from all work, as a busy machine does. */
function withhold(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

test('time stands still while the process does not get to work', () => {
  using time = new GrantedTime();
  const before = time.now();
  withhold(200);
  expect(time.now() - before).toBeLessThanOrEqual(20);
});

test('who waits is woken when the time was granted, in the order of the instants', async () => {
  using time = new GrantedTime();
  const before = time.now();
  const woken: string[] = [];
  const late = time.wait(60).then(() => woken.push('late'));
  const soon = time.wait(30).then(() => woken.push('soon'));
  withhold(100);
  await Promise.all([late, soon]);
  expect(woken).toEqual(['soon', 'late']);
  expect(time.now() - before).toBeGreaterThanOrEqual(60);
});

test('a wait ends when its signal is aborted, and patience with its own', async () => {
  using time = new GrantedTime();
  await time.wait(1e9, AbortSignal.abort());
  await time.wait(1e9, time.timeout(10));
  expect(time.timeout(1e9).aborted).toBe(false);
});
