import { expect, test } from 'vitest';
import { openSqliteStore } from '../store/sqlite-store.ts';
import { newAccount, submission } from '../store/store-behaviour.ts';
import { startHousekeeping } from './housekeeping.ts';

test('a body goes when it was kept for as long as is asked; a clock that is set back lets nobody wait for hours', async () => {
  const account = newAccount({ prepaid: 100 });
  await using store = openSqliteStore(':memory:');
  await store.createAccount(account);
  const clock = { time: 1_000_000 };
  const forgotten: number[] = [];
  await using housekeeping = startHousekeeping({
    store: {
      ...store,
      forgetEnded: async (endedBy) => {
        forgotten.push(endedBy);
        return store.forgetEnded(endedBy);
      },
    },
    wallClock: { now: () => clock.time },
    keepMs: 5_000,
    onFault: (fault) => {
      throw fault;
    },
  });
  await housekeeping.round();
  expect(forgotten).toEqual([995_000]);
  await store.commit(submission(account, ['x@a.example']));
  const [email] = await store.takeDue(0, 1);
  const outcome = { status: 'deferred', at: 1, wallAt: clock.time, nextAttemptAt: 1_300_000 } as const;
  await store.setEmailStatus(email?.id ?? '', outcome);
  clock.time = 400_000;
  await housekeeping.round();
  expect(await store.takeDue(700_000, 1)).toHaveLength(1);
});
