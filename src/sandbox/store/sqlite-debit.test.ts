import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, test } from 'vitest';
import { createDebit } from './sqlite-debit.ts';
import { sqliteSchema } from './sqlite-schema.ts';
import { chargeOf, submission, newAccount } from './store-behaviour.ts';
import { inTransaction } from './transaction.ts';

let database: DatabaseSync;
beforeEach(() => {
  database = new DatabaseSync(':memory:');
  database.exec(sqliteSchema);
  return () => database.close();
});

/** An account with prepaid sends and one subscription, and how to take sends from it. */
function account(prepaid: number, monthly: number, limit: number | null = null) {
  const owner = newAccount();
  const connection = owner.connections[0]?.id ?? '';
  database
    .prepare(`INSERT INTO accounts (id, balance, clock, limits) VALUES (?, ?, '{}', '{}')`)
    .run(owner.id, prepaid);
  const sequence = Number(
    database
      .prepare('INSERT INTO monthly_plans (account, sends_left, ends_at) VALUES (?, ?, 5000)')
      .run(owner.id, monthly).lastInsertRowid,
  );
  database
    .prepare(
      `INSERT INTO connections (id, account, name, sender, sender_domain_key, login, sealed_password, blocked, send_limit)
       VALUES (?, ?, '', '', '', ?, '', 0, ?)`,
    )
    .run(connection, owner.id, connection, limit);
  const of = (sends: number) =>
    submission(
      owner,
      Array.from({ length: sends }, (_, at) => `r${at}@a.example`),
      { charge: chargeOf(sends, { sources: [{ kind: 'subscription', sequence }, { kind: 'prepaid' }] }) },
    );
  const state = () =>
    database
      .prepare(
        `SELECT balance, charged, (SELECT sum(sends_left) FROM monthly_plans m WHERE m.account = a.id) AS monthly,
           (SELECT sends_used FROM connections c WHERE c.account = a.id) AS used FROM accounts a WHERE id = ?`,
      )
      .get(owner.id);
  return { of, state };
}

test('in one transaction each submission counts on from those before it', () => {
  const { of, state } = account(3, 3, 7);
  const debit = createDebit(database, () => undefined);
  // nothing is undone on the way: what is written at the end fits
  const taken = inTransaction(database, () => [2, 2, 3, 1, 1, 1].map((sends) => debit(of(sends))));
  expect(taken).toEqual([true, true, false, true, true, false]);
  expect(state()).toEqual({ balance: 0, charged: 6, monthly: 0, used: 6 });
});

test('the next transaction begins with what is there then', () => {
  const { of, state } = account(1, 0);
  const debit = createDebit(database, () => undefined);
  expect(inTransaction(database, () => debit(of(1)))).toBe(true);
  database.exec('UPDATE accounts SET balance = 2');
  expect(inTransaction(database, () => [debit(of(2)), debit(of(1))])).toEqual([true, false]);
  expect(state()).toMatchObject({ balance: 0, charged: 3 });
});

test('an account or a connection that is gone pays nothing, and stops nobody', () => {
  const { of, state } = account(5, 0);
  const debit = createDebit(database, () => undefined);
  const gone = { ...of(1), account: 'gone' };
  const unknown = { ...of(1), connection: 'gone' };
  expect(inTransaction(database, () => [debit(gone), debit(unknown), debit(of(1))])).toEqual([
    false,
    false,
    true,
  ]);
  expect(state()).toMatchObject({ balance: 4, charged: 1, used: 1 });
});

test('what does not fit the rows when it is written undoes all', () => {
  const { of, state } = account(5, 0);
  const debit = createDebit(database, () => undefined);
  expect(() =>
    inTransaction(database, () => {
      debit(of(3));
      database.exec('UPDATE accounts SET balance = 2');
    }),
  ).toThrow('A debit does not fit the rows that it was decided on.');
  expect(state()).toMatchObject({ balance: 5, charged: 0, used: 0 });
  // nothing of it is remembered
  expect(inTransaction(database, () => debit(of(5)))).toBe(true);
});
