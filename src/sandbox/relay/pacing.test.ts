import { expect, test } from 'vitest';
import { createPacing, type Pacing } from './pacing.ts';

/** Whether a relay that has just handed over a burst, with clients about, goes on without a pause. */
async function goesOn(pacing: Pacing): Promise<boolean> {
  pacing.noteArrival();
  for (let email = 0; email < 128; email += 1) pacing.noteHandOver();
  let gone = false;
  void pacing.yieldToClients().then(() => (gone = true));
  // a pause takes time, and no time passes here
  for (let step = 0; step < 5; step += 1) await Promise.resolve();
  return gone;
}

test('after a burst clients are given way to, but not where somebody waits for the mail', async () => {
  const pacing = createPacing();
  expect(await goesOn(pacing)).toBe(false);
  {
    using _waiting = pacing.awaited();
    expect(await goesOn(pacing)).toBe(true);
    {
      using _another = pacing.awaited();
    }
    expect(await goesOn(pacing)).toBe(true);
  }
  expect(await goesOn(pacing)).toBe(false);
});
