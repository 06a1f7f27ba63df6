import { expect, test } from 'vitest';
import { createCourtesy, type Courtesy } from './courtesy.ts';

/** Whether a relay that has just handed over a burst, with clients about, goes on without a pause. */
async function goesOn(courtesy: Courtesy): Promise<boolean> {
  courtesy.noteArrival();
  for (let email = 0; email < 128; email += 1) courtesy.noteHandOver();
  let gone = false;
  void courtesy.giveWay().then(() => (gone = true));
  // a pause takes time, and no time passes here
  for (let step = 0; step < 5; step += 1) await Promise.resolve();
  return gone;
}

test('after a burst clients are given way to, but not where somebody waits for the mail', async () => {
  const courtesy = createCourtesy();
  expect(await goesOn(courtesy)).toBe(false);
  {
    using _waiting = courtesy.awaited();
    expect(await goesOn(courtesy)).toBe(true);
    {
      using _another = courtesy.awaited();
    }
    expect(await goesOn(courtesy)).toBe(true);
  }
  expect(await goesOn(courtesy)).toBe(false);
});
