import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { AccountSummaryRecord, ConnectionSummaryRecord } from './account-record.ts';
import { foldText, teachFolding } from './search-text.ts';
import { accountRow, connectionRow, monthlyRows } from './sqlite-rows.ts';
import type { Store } from './store.ts';

const firstConnection = connectionRow.pick({ id: true, name: true, login: true, sender: true });

const accountSummaryRow: z.ZodType<AccountSummaryRecord> = accountRow
  .pick({ id: true, prepaid: true, charged: true, clock: true, ownListeners: true })
  .extend({
    place: z.int(),
    monthly: monthlyRows,
    connectionCount: z.int(),
    blockedCount: z.int(),
    domainCount: z.int(),
    firstConnection: z
      .string()
      .nullable()
      .transform((text) => (text === null ? null : firstConnection.parse(JSON.parse(text)))),
  });

const connectionSummaryRow: z.ZodType<ConnectionSummaryRecord> = connectionRow
  .omit({ account: true, senderDomainKey: true, sealedPassword: true })
  .extend({
    place: z.int(),
    domainVerified: z.int().transform((value) => value !== 0),
    lastUsed: z.int().nullable(),
  });

/** Lists of accounts and connections; each page costs what it shows, a search what it looks through. */
export function sqliteListings(database: DatabaseSync): Pick<Store, 'listAccounts' | 'listConnections'> {
  teachFolding(database);
  const found = (column: string) => `instr(fold_text(${column}), :search) > 0`;
  const accounts = (condition: string) =>
    database.prepare(
      `SELECT a.rowid AS place, a.id, a.balance AS prepaid, a.charged, a.clock, a.own_listeners AS ownListeners,
         (SELECT json_group_array(json_object('sequence', sequence, 'left', sends_left, 'endsAt', ends_at))
          FROM monthly_plans m WHERE m.account = a.id AND sends_left > 0) AS monthly,
         (SELECT count(*) FROM connections c WHERE c.account = a.id) AS connectionCount,
         (SELECT count(*) FROM connections c WHERE c.account = a.id AND c.blocked = 1) AS blockedCount,
         (SELECT count(*) FROM domains d WHERE d.account = a.id) AS domainCount,
         (SELECT json_object('id', c.id, 'name', c.name, 'login', c.login, 'sender', c.sender)
          FROM connections c WHERE c.account = a.id ORDER BY c.rowid LIMIT 1) AS firstConnection
       FROM accounts a WHERE a.rowid > :after AND ${condition} ORDER BY a.rowid LIMIT :limit`,
    );
  const connections = (condition: string) =>
    database.prepare(
      `SELECT c.rowid AS place, c.id, c.name, c.sender, c.login, c.blocked, c.send_limit AS sendLimit,
         c.sends_used AS sendsUsed,
         (SELECT max(time) FROM emails e WHERE e.connection = c.id) AS lastUsed,
         coalesce((SELECT verified FROM domains d WHERE d.account = c.account AND d.key = c.sender_domain_key), 0)
           AS domainVerified
       FROM connections c WHERE c.account = :account AND c.rowid > :after AND ${condition}
       ORDER BY c.rowid LIMIT :limit`,
    );
  const inConnection = `(${found('c.name')} OR ${found('c.login')} OR ${found('c.sender')})`;
  const allAccounts = accounts('true');
  const foundAccounts = accounts(
    `(${found('a.id')} OR EXISTS (SELECT 1 FROM connections c WHERE c.account = a.id AND ${inConnection})
      OR EXISTS (SELECT 1 FROM domains d WHERE d.account = a.id AND ${found('d.name')}))`,
  );
  const allConnections = connections('true');
  const foundConnections = connections(inConnection);

  return {
    listAccounts: async ({ search, after, limit }) => {
      const rows =
        search === undefined
          ? allAccounts.all({ after, limit })
          : foundAccounts.all({ after, limit, search: foldText(search) });
      return rows.map((row) => accountSummaryRow.parse(row));
    },
    listConnections: async (account, { search, after, limit }) => {
      const rows =
        search === undefined
          ? allConnections.all({ account, after, limit })
          : foundConnections.all({ account, after, limit, search: foldText(search) });
      return rows.map((row) => connectionSummaryRow.parse(row));
    },
  };
}
