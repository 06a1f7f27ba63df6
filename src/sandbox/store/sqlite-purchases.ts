import type { DatabaseSync } from 'node:sqlite';
import type { NewPurchase, PurchaseRecord } from './account-record.ts';
import type { NoteChange } from './ledger.ts';
import { inTransaction } from './transaction.ts';
import { purchaseRow } from './sqlite-rows.ts';
import type { Store } from './store.ts';

const columns = 'id, kind, sends, cents, bought_at AS boughtAt, ends_at AS endsAt';

/** Purchases: written down, and their sends added, in one transaction. */
export function sqlitePurchases(
  database: DatabaseSync,
  noteChange: NoteChange,
): Pick<Store, 'buy' | 'readPurchases'> {
  const selectSends = database.prepare(
    `SELECT balance + (SELECT coalesce(sum(sends_left), 0) FROM monthly_plans m
       WHERE m.account = a.id AND ends_at > ?) AS sends FROM accounts a WHERE id = ?`,
  );
  const selectByKey = database.prepare(
    `SELECT ${columns} FROM purchases WHERE account = ? AND idempotency_key = ? AND wall_at > ?`,
  );
  const insert = database.prepare(
    `INSERT INTO purchases (id, account, kind, sends, cents, bought_at, ends_at, idempotency_key, wall_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addPrepaid = database.prepare('UPDATE accounts SET balance = balance + ? WHERE id = ?');
  const addMonthly = database.prepare(
    'INSERT INTO monthly_plans (account, sends_left, ends_at) VALUES (?, ?, ?)',
  );
  const selectAll = database.prepare(`SELECT ${columns} FROM purchases WHERE account = ? ORDER BY sequence`);

  const buy = (account: string, purchase: NewPurchase, keysSince: number): PurchaseRecord => {
    const key = purchase.idempotencyKey;
    const earlier = key === undefined ? undefined : selectByKey.get(account, key, keysSince);
    if (earlier !== undefined) return purchaseRow.parse(earlier);
    const { id, kind, sends, cents, boughtAt, endsAt } = purchase;
    insert.run(id, account, kind, sends, cents, boughtAt, endsAt, key ?? null, purchase.wallAt);
    if (endsAt === null) addPrepaid.run(sends, account);
    else addMonthly.run(account, sends, endsAt);
    const balance = Number(selectSends.get(boughtAt, account)?.['sends']);
    noteChange(account, { time: boughtAt, kind: 'bought', change: sends, balance, reference: id });
    return { id, kind, sends, cents, boughtAt, endsAt };
  };

  return {
    buy: async (account, purchase, keysSince) =>
      inTransaction(database, () => buy(account, purchase, keysSince)),
    readPurchases: async (account) => selectAll.all(account).map((row) => purchaseRow.parse(row)),
  };
}
