import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createGroupCommit, onUndone } from './group-commit.ts';

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
