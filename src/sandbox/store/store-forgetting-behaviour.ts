import { expect, test } from 'vitest';
import type { EmailStatus } from '../../contract/emailmassivo/vocabulary.ts';
import { newAccount, submission, withAccount, type OpenStore } from './store-behaviour.ts';
import type { Store } from './store.ts';

/** What every store must do with what is of no more use. */
export function describeForgetting(open: OpenStore): void {
  test('a body is kept until the last email of its message is final, and then for as long as is asked', () =>
    withAccount(open, async (store, account) => {
      await store.commit(submission(account, ['x@a.example', 'y@a.example', 'z@a.example']));
      const [first, second, third] = (await store.takeDue(0, 10)).map(({ id }) => id);
      await end(store, first, 'delivered', 10);
      await end(store, second, 'bounced', 20);
      await store.forgetEnded(1_000);
      expect(await store.takeDue(0, 10)).toMatchObject([
        { id: third, message: Uint8Array.of(0, 13, 10, 255) },
      ]);
      await store.setEmailStatus(third ?? '', { status: 'deferred', at: 1, wallAt: 30, nextAttemptAt: 40 });
      await store.forgetEnded(1_000);
      expect(await store.takeDue(40, 10)).toHaveLength(1);
      await end(store, third, 'failed', 50);
      // ended at 50: kept by who asks for what ended before
      expect(await store.forgetEnded(49)).toBe(false);
      await store.forgetEnded(50);
      expect((await store.readHistory(account.id, { limit: 9 })).map(({ status }) => status)).toEqual([
        'delivered',
        'bounced',
        'failed',
      ]);
    }));

  test('of bodies that may still be kept the oldest go beyond the bounds, by number and by octets', () =>
    withAccount(open, async (store, account) => {
      const ids: string[] = [];
      for (let sent = 0; sent < 6; sent += 1) {
        const message = new Uint8Array(100).fill(65);
        await store.commit(submission(account, ['x@a.example'], { message }));
        const [due] = await store.takeDue(0, 10);
        ids.push(due?.id ?? '');
        await end(store, due?.id, 'delivered', 10 + sent);
      }
      const kept = async () => {
        const details = await Promise.all(ids.map((id) => store.readEmail(account.id, id)));
        return details.map((detail) => detail?.message !== undefined);
      };
      await store.forgetEnded(0, { messages: 4, octets: 1_000 });
      expect(await kept()).toEqual([false, false, true, true, true, true]);
      await store.forgetEnded(0, { messages: 4, octets: 350 });
      expect(await kept()).toEqual([false, false, false, true, true, true]);
      await store.forgetEnded(0, { messages: 4, octets: 300 });
      expect(await kept()).toEqual([false, false, false, true, true, true]);
      await store.deleteAccount(account.id);
      const other = newAccount();
      await store.createAccount(other);
      await store.commit(submission(other, ['y@a.example']));
      const [due] = await store.takeDue(0, 10);
      await end(store, due?.id, 'delivered', 1);
      // what the deleted account had counts no more
      await store.forgetEnded(0, { messages: 1, octets: 10 });
      expect(await store.readEmail(other.id, due?.id ?? '')).toMatchObject({
        message: Uint8Array.of(0, 13, 10, 255),
      });
    }));

  test('an account that goes takes no message of another, though its own are forgotten already', () =>
    withAccount(open, async (store, gone) => {
      await store.commit(submission(gone, ['x@a.example']));
      const [sent] = await store.takeDue(0, 10);
      await end(store, sent?.id, 'delivered', 10);
      await store.forgetEnded(10);
      const other = newAccount();
      await store.createAccount(other);
      await store.commit(submission(other, ['y@a.example']));
      await store.deleteAccount(gone.id);
      expect(await store.takeDue(0, 10)).toMatchObject([
        { recipient: 'y@a.example', message: Uint8Array.of(0, 13, 10, 255) },
      ]);
    }));

  test('of many messages a bounded number is forgotten at a time, until none is left', () =>
    withAccount(
      open,
      async (store, account) => {
        for (let sent = 0; sent < 120; sent += 1) await store.commit(submission(account, ['x@a.example']));
        for (const { id } of await store.takeDue(0, 200)) await end(store, id, 'delivered', 1);
        const rounds: boolean[] = [];
        while (rounds.at(-1) !== false) rounds.push(await store.forgetEnded(1));
        expect(rounds.length).toBeGreaterThan(2);
      },
      { prepaid: 1_000 },
    ));

  test('no attempt waits beyond the latest time that is given', () =>
    withAccount(open, async (store, account) => {
      await store.commit(submission(account, ['x@a.example', 'y@a.example']));
      const [far, near] = (await store.takeDue(0, 10)).map(({ id }) => id);
      const deferred = { status: 'deferred', at: 1, wallAt: 1 } as const;
      await store.setEmailStatus(far ?? '', { ...deferred, nextAttemptAt: 9_000_000 });
      await store.setEmailStatus(near ?? '', { ...deferred, nextAttemptAt: 100 });
      await store.capNextAttempts(500);
      expect((await store.takeDue(100, 10)).map(({ id }) => id)).toEqual([near]);
      expect(await store.takeDue(500, 10)).toHaveLength(2);
    }));

  test('the history says why, until nothing is wrong any more', () =>
    withAccount(open, async (store, account) => {
      await store.commit(submission(account, ['x@a.example']));
      const reason = async () => (await store.readHistory(account.id, { limit: 1 }))[0]?.reason;
      expect(await reason()).toBeNull();
      const [email] = await store.takeDue(0, 1);
      const at = { at: 1, wallAt: 1 };
      await store.setEmailStatus(email?.id ?? '', { ...at, status: 'deferred', reason: '450 later' });
      expect(await reason()).toBe('450 later');
      await store.setEmailStatus(email?.id ?? '', { ...at, status: 'delivered' });
      expect(await reason()).toBeNull();
    }));
}

async function end(
  store: Store,
  email: string | undefined,
  status: EmailStatus,
  wallAt: number,
): Promise<void> {
  await store.setEmailStatus(email ?? '', { status, at: 1, wallAt });
}
