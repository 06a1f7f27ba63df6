import { expect, test } from 'vitest';
import { submission } from '../store/store-behaviour.ts';
import { account, diskFull, nothingDue, relayTo, statuses, submit, wallClock } from './relay-fixture.ts';

test('an outcome that cannot be written is written later, and the email is handed over once', async () => {
  let taken = 0;
  let refused = 0;
  const { store, relay } = await relayTo(
    async () => {
      taken += 1;
      return { kind: 'taken' };
    },
    (own) => ({
      ...own,
      setEmailStatus: async (...outcome) => {
        refused += 1;
        if (refused <= 50) throw diskFull;
        await own.setEmailStatus(...outcome);
      },
    }),
  );
  await submit(store, 5);
  await nothingDue(store, relay);
  expect(taken).toBe(5);
  expect(refused).toBeGreaterThan(50);
  expect(await statuses(store)).toEqual(Array.from({ length: 5 }, () => 'delivered'));
});

test.each(['suppress', 'setBlocked', 'readConnection', 'readStanding'] as const)(
  'an email is handed over once also where %s fails for a while behind it',
  async (method) => {
    let taken = 0;
    let failures = 0;
    const failAfterHandOver = async () => {
      if (taken === 0 || failures === 3) return;
      failures += 1;
      throw diskFull;
    };
    const { store, relay } = await relayTo(
      async ({ forwardPath }) => {
        taken += 1;
        return forwardPath === 'bad@a.example' ? { kind: 'refused', why: '550 no' } : { kind: 'taken' };
      },
      (own) => ({
        ...own,
        suppress: async (...asked) => {
          if (method === 'suppress') await failAfterHandOver();
          await own.suppress(...asked);
        },
        setBlocked: async (...asked) => {
          if (method === 'setBlocked') await failAfterHandOver();
          await own.setBlocked(...asked);
        },
        readConnection: async (...asked) => {
          if (method === 'readConnection') await failAfterHandOver();
          return own.readConnection(...asked);
        },
        readStanding: async (...asked) => {
          if (method === 'readStanding') await failAfterHandOver();
          return own.readStanding(...asked);
        },
      }),
      { badMailboxLimit: 0 },
    );
    await store.setRecipient(account.id, 'angry@a.example', 'angry@a.example', 'complains');
    await store.commit(
      submission(account, ['angry@a.example', 'bad@a.example'], { queuedAt: wallClock.now() }),
    );
    await nothingDue(store, relay);
    expect(taken).toBe(2);
    expect(failures).toBe(3);
    expect(await statuses(store)).toEqual(['complained', 'rejected']);
  },
);

test.each([
  [
    { kind: 'refused', why: '550 no such place' },
    'rejected',
    'The mailbox refused the email: 550 no such place',
  ],
  [{ kind: 'not now', why: '452 full' }, 'deferred', 'The mailbox did not take the email: 452 full'],
  [
    { kind: 'not now', why: '451 unable', about: 'message' },
    'failed',
    'The mailbox did not take the email: 451 unable',
  ],
] as const)(
  'what the mailbox answers (%j) makes an old email %s, and the history says why',
  async (answer, status, reason) => {
    const { store, relay } = await relayTo(async () => answer);
    await store.commit(submission(account, ['x@a.example'], { queuedAt: wallClock.now() - 61_000 }));
    await nothingDue(store, relay);
    expect(await store.readHistory(account.id, { limit: 9 })).toMatchObject([{ status, reason }]);
  },
);

test.each([
  ['nonexistent', 'bounced'],
  ['refused', 'rejected'],
  ['full', 'deferred'],
] as const)('a recipient that is %s makes an email %s, and the history says why', async (role, status) => {
  const { store, relay } = await relayTo(async () => ({ kind: 'taken' }));
  await store.setRecipient(account.id, 'customer0@a.example', 'customer0@a.example', role);
  await submit(store, 1);
  await nothingDue(store, relay);
  const [email] = await store.readHistory(account.id, { limit: 9 });
  expect(email?.status).toBe(status);
  expect(email?.reason).toMatch(/^The .*\.$/);
});
