import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { domainRow, identityRow, standingRow } from './sqlite-rows.ts';
import type { Store } from './store.ts';

/** Failures of one login that are kept; the rule needs five. */
const FAILURES_KEPT = 100;
/** Failures of all logins together that are kept: guessing at names must not fill the disk. */
const ALL_FAILURES_KEPT = 100_000;

type FactMethods = Pick<
  Store,
  | 'readLoginFailures'
  | 'addLoginFailure'
  | 'clearLoginFailures'
  | 'forgetLoginFailuresAfter'
  | 'readSenderDomains'
  | 'readIdentities'
  | 'readRecipient'
  | 'readStanding'
>;

/** What decisions ask: one short read each. */
export function sqliteFacts(database: DatabaseSync): FactMethods {
  const selectFailures = database.prepare(
    `SELECT at FROM login_failures WHERE login = ? ORDER BY sequence DESC LIMIT ${FAILURES_KEPT}`,
  );
  const insertFailure = database.prepare('INSERT INTO login_failures (login, at) VALUES (?, ?)');
  const forgetOldFailures = database.prepare('DELETE FROM login_failures WHERE sequence <= ?');
  const clearFailures = database.prepare('DELETE FROM login_failures WHERE login = ?');
  const forgetFailuresAfter = database.prepare('DELETE FROM login_failures WHERE login = ? AND at > ?');
  const selectDomains = database.prepare(
    `SELECT key, name, verified, published FROM domains d WHERE account = ? AND key IN (SELECT value FROM json_each(?))
     AND EXISTS (SELECT 1 FROM connections c WHERE c.account = d.account AND c.sender_domain_key = d.key)`,
  );
  const selectIdentities = database.prepare(
    `SELECT key, name, verified FROM identities WHERE account = :account AND key IN (SELECT value FROM json_each(:keys))
     UNION ALL SELECT key, name, verified FROM domains
     WHERE account = :account AND key IN (SELECT value FROM json_each(:keys))`,
  );
  const selectRole = database.prepare('SELECT role FROM recipients WHERE account = ? AND key = ?');
  const selectSuppression = database.prepare('SELECT 1 FROM suppressions WHERE account = ? AND key = ?');
  const selectStanding = database.prepare(`SELECT balance AS prepaid, clock, limits, mailbox_up AS mailboxUp,
       (SELECT json_group_array(json_object('sequence', sequence, 'left', sends_left, 'endsAt', ends_at))
        FROM monthly_plans m WHERE m.account = a.id AND sends_left > 0) AS monthly
     FROM accounts a WHERE id = ?`);

  const times = (rows: readonly Record<string, unknown>[]) => rows.map((row) => Number(row['at']));
  const role = z.string().optional();

  return {
    readLoginFailures: async (login) => times(selectFailures.all(login)).toReversed(),
    addLoginFailure: async (login, at) => {
      const sequence = Number(insertFailure.run(login, at).lastInsertRowid);
      forgetOldFailures.run(sequence - ALL_FAILURES_KEPT);
    },
    clearLoginFailures: async (login) => void clearFailures.run(login),
    forgetLoginFailuresAfter: async (login, latest) => void forgetFailuresAfter.run(login, latest),
    readSenderDomains: async (account, keys) =>
      selectDomains.all(account, JSON.stringify(keys)).map((row) => domainRow.parse(row)),
    readIdentities: async (account, keys) =>
      selectIdentities.all({ account, keys: JSON.stringify(keys) }).map((row) => identityRow.parse(row)),
    readRecipient: async (account, key) => ({
      role: role.parse(selectRole.get(account, key)?.['role']),
      suppressed: selectSuppression.get(account, key) !== undefined,
    }),
    readStanding: async (account) => {
      const row = selectStanding.get(account);
      return row && standingRow.parse(row);
    },
  };
}
