import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { KeyedQuery } from './account-record.ts';
import { foldText, teachFolding } from './search-text.ts';
import { domainRow } from './sqlite-rows.ts';
import type { Store } from './store.ts';
import { inTransaction } from './transaction.ts';

type KeyedMethods = Pick<
  Store,
  | 'listDomains'
  | 'listSenders'
  | 'listSuppressions'
  | 'listRecipients'
  | 'removeDomain'
  | 'removeSender'
  | 'removeSuppression'
  | 'removeRecipient'
  | 'forgetRecipients'
>;

const addressRow = z.object({ key: z.string(), address: z.string() });
const senderRow = addressRow.extend({ connections: z.int() });
const recipientRow = addressRow.extend({ role: z.string() });

/** Lists of an account in the order of their keys, which is that of their tables. */
export function sqliteKeyedLists(database: DatabaseSync): KeyedMethods {
  teachFolding(database);
  /** A page of a table; what is looked for stands in a column of it. */
  const pages = (table: string, columns: string, searched: string) => {
    const page = (condition: string) =>
      database.prepare(
        `SELECT ${columns} FROM ${table} t WHERE account = :account AND key > :after ${condition}
         ORDER BY key LIMIT :limit`,
      );
    const all = page('');
    const found = page(`AND instr(fold_text(${searched}), :search) > 0`);
    return (account: string, { search, after, limit }: KeyedQuery) =>
      search === undefined
        ? all.all({ account, after, limit })
        : found.all({ account, after, limit, search: foldText(search) });
  };
  const domains = pages('domains', 'key, name, verified, published', 'name');
  const senders = pages(
    'senders',
    `key, address, (SELECT count(*) FROM connections c WHERE c.account = t.account AND c.sender = t.address) AS connections`,
    'address',
  );
  const suppressions = pages('suppressions', 'key, address', 'address');
  const recipients = pages('recipients', 'key, key AS address, role', 'key');
  const removal = (table: string, condition = '') =>
    database.prepare(`DELETE FROM ${table} WHERE account = ? AND key = ? ${condition}`);
  const removeDomain = removal('domains');
  const removeSenders = database.prepare(
    `DELETE FROM senders WHERE account = :account AND substr(key, -length(:end)) = :end`,
  );
  const removeSender = removal('senders');
  const removeSuppression = removal('suppressions');
  const removeRecipient = removal('recipients');
  const forgetRoles = database.prepare('DELETE FROM recipients WHERE account = ?');
  const forgetSuppressions = database.prepare('DELETE FROM suppressions WHERE account = ?');
  const removeSuppressedRole = removal('recipients', "AND role = 'suppressed'");

  return {
    listDomains: async (account, query) => domains(account, query).map((row) => domainRow.parse(row)),
    listSenders: async (account, query) => senders(account, query).map((row) => senderRow.parse(row)),
    listSuppressions: async (account, query) =>
      suppressions(account, query).map((row) => addressRow.parse(row)),
    listRecipients: async (account, query) =>
      recipients(account, query).map((row) => recipientRow.parse(row)),
    removeDomain: async (account, key) =>
      inTransaction(database, () => {
        removeSenders.run({ account, end: `@${key}` });
        return removeDomain.run(account, key).changes > 0;
      }),
    removeSender: async (account, key) => removeSender.run(account, key).changes > 0,
    removeSuppression: async (account, key) =>
      inTransaction(database, () => {
        const wasRole = removeSuppressedRole.run(account, key).changes > 0;
        return removeSuppression.run(account, key).changes > 0 || wasRole;
      }),
    forgetRecipients: async (account) =>
      inTransaction(database, () => {
        forgetRoles.run(account);
        forgetSuppressions.run(account);
      }),
    removeRecipient: async (account, key) =>
      inTransaction(database, () => {
        if (removeSuppressedRole.run(account, key).changes > 0) {
          removeSuppression.run(account, key);
          return true;
        }
        return removeRecipient.run(account, key).changes > 0;
      }),
  };
}
