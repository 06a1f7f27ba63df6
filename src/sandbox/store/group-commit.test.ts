import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { createGroupCommit, LATER_MS } from './group-commit.ts';
import { onUndone } from './transaction.ts';

/** A database that is full after a few kilobytes, with a balance of 10. */
function openSmall(): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  database.exec(`PRAGMA max_page_count = 8; CREATE TABLE account (balance INTEGER); CREATE TABLE rows (octets BLOB);
    INSERT INTO account VALUES (10)`);
  return database;
}

test('a full disk undoes the debit with its rows, says why, and leaves the others of the group alone', async () => {
  using database = openSmall();
  let undone = 0;
  onUndone(database, () => {
    undone += 1;
  });
  const commits = createGroupCommit(database);
  const debit = () => database.exec('UPDATE account SET balance = balance - 1');
  const outcomes = await Promise.allSettled([
    commits.join(debit),
    commits.join(() => {
      debit();
      database.exec('INSERT INTO rows VALUES (zeroblob(100000))');
    }),
    commits.join(debit),
  ]);
  expect(outcomes).toMatchObject([
    { status: 'fulfilled' },
    { status: 'rejected', reason: { message: expect.stringContaining('full') } },
    { status: 'fulfilled' },
  ]);
  expect(database.prepare('SELECT balance FROM account').get()).toEqual({ balance: 8 });
  expect(database.prepare('SELECT count(*) AS rows FROM rows').get()).toEqual({ rows: 0 });
  expect(undone).toBe(2);
});

/** How often something was committed, as the database sees it. */
function openCounted() {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE rows (number INTEGER)');
  let commits = 0;
  const counted = new Proxy(database, {
    get: (target, name) => {
      if (name === 'exec') {
        return (sql: string) => {
          if (sql === 'COMMIT') commits += 1;
          target.exec(sql);
        };
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { database: counted, commits: () => commits };
}

test('work of one turn shares a commit, and so does what the turns behind it bring', async () => {
  const { database, commits } = openCounted();
  const group = createGroupCommit(database);
  const add = () => group.join(() => database.exec('INSERT INTO rows VALUES (1)'));
  const early = [add(), add()];
  await setImmediate();
  await Promise.all([...early, add()]);
  expect(commits()).toBe(1);
  await add();
  expect(commits()).toBe(2);
});

test('work that nothing follows is committed in the next turn but one', async () => {
  const { database } = openCounted();
  const group = createGroupCommit(database);
  const first = { told: false };
  void group.join(() => undefined).then(() => (first.told = true));
  for (let turn = 0; turn < 3; turn += 1) await setImmediate();
  expect(first.told).toBe(true);
});

test('a group that never ceases to grow is committed all the same', async () => {
  const { database, commits } = openCounted();
  const group = createGroupCommit(database);
  const first = { told: false };
  void group.join(() => undefined).then(() => (first.told = true));
  let turns = 0;
  for (; !first.told && turns < 100; turns += 1) {
    void group.join(() => undefined);
    await setImmediate();
  }
  expect(turns).toBeGreaterThan(10);
  expect(turns).toBeLessThan(20);
  expect(commits()).toBeGreaterThanOrEqual(1);
});

test('work that nobody waits for is done within its time, all of it at once', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const { database, commits } = openCounted();
    const group = createGroupCommit(database);
    const ended: string[] = [];
    group.later(
      () => undefined,
      () => ended.push('one'),
    );
    group.later(
      () => undefined,
      () => ended.push('two'),
    );
    vi.advanceTimersByTime(LATER_MS - 1);
    expect([commits(), ended]).toEqual([0, []]);
    vi.advanceTimersByTime(1);
    expect([commits(), ended]).toEqual([1, ['one', 'two']]);
    group.later(
      () => undefined,
      () => ended.push('three'),
    );
    // what somebody waits for is not held up by it, nor does it hurry
    await group.join(() => undefined);
    expect([commits(), ended]).toEqual([2, ['one', 'two']]);
    group.flush();
    expect([commits(), ended]).toEqual([3, ['one', 'two', 'three']]);
    // nothing is left to do, so nothing is committed
    vi.advanceTimersByTime(LATER_MS);
    group.flush();
    expect(commits()).toBe(3);
  } finally {
    vi.useRealTimers();
  }
});

test('a fault on a database that nobody listens to is the caller’s alone', async () => {
  const { database } = openCounted();
  const group = createGroupCommit(database);
  await expect(
    group.join(() => {
      throw new Error('no');
    }),
  ).rejects.toThrow(/^no$/);
});
