import type { DatabaseSync } from 'node:sqlite';
import type { Submission } from './account-record.ts';
import type { Store } from './store.ts';

type Charged = Pick<Submission, 'account' | 'time' | 'charge'>;

/** What is used of quotas that roll along, inside the transaction of the caller. */
export interface Quotas {
  /** Whether all quotas of a charge allow it. */
  allow(submission: Charged): boolean;
  /** Writes down what a charge uses of them, and forgets what has left their windows. */
  use(submission: Charged): void;
}

/** Uses of quotas, one row a submission. */
export function createQuotas(database: DatabaseSync): Quotas {
  const used = createUsed(database);
  const insert = database.prepare('INSERT INTO quota_uses (account, quota, at, sends) VALUES (?, ?, ?, ?)');
  const forget = database.prepare('DELETE FROM quota_uses WHERE account = ? AND quota = ? AND at <= ?');
  return {
    allow: ({ account, charge }) =>
      charge.quotas.every(({ quota, since, sends, most }) => used(account, quota, since) + sends <= most),
    use: ({ account, time, charge }) => {
      for (const { quota, since, sends } of charge.quotas) {
        forget.run(account, quota, since);
        if (sends > 0) insert.run(account, quota, time, sends);
      }
    },
  };
}

/** What decisions ask of quotas. */
export function sqliteQuotas(database: DatabaseSync): Pick<Store, 'readQuotaUse'> {
  const used = createUsed(database);
  return { readQuotaUse: async (account, { quota, since }) => used(account, quota, since) };
}

function createUsed(database: DatabaseSync): (account: string, quota: string, since: number) => number {
  const select = database.prepare(
    'SELECT coalesce(sum(sends), 0) AS used FROM quota_uses WHERE account = ? AND quota = ? AND at > ?',
  );
  return (account, quota, since) => Number(select.get(account, quota, since)?.['used']);
}
