import type { DatabaseSync } from 'node:sqlite';
import type {
  AccountRecord,
  ConnectionRecord,
  DomainRecord,
  IdentityRecord,
  NewAccount,
} from './account-record.ts';
import type { NoteChange } from './ledger.ts';
import { inTransaction } from './transaction.ts';
import { accountRow, connectionRow, domainRow, identityRow, monthlyRow } from './sqlite-rows.ts';
import { LoginTaken, type Store } from './store.ts';

const connectionColumns = `id, account, name, sender, sender_domain_key AS senderDomainKey, login,
  sealed_password AS sealedPassword, blocked, send_limit AS sendLimit, sends_used AS sendsUsed`;

/** Passwords that are listed at most. */
const SEALED_LISTED = 20_000;

type AccountMethods = Pick<
  Store,
  | 'createAccount'
  | 'readAccount'
  | 'listOwnListenerAccounts'
  | 'listSealedPasswords'
  | 'deleteAccount'
  | 'setBalance'
  | 'setClock'
  | 'setLimits'
  | 'setMailboxUp'
  | 'addSender'
  | 'addConnection'
  | 'setDomain'
  | 'setIdentity'
  | 'removeIdentity'
  | 'setRecipient'
  | 'suppress'
  | 'setBlocked'
  | 'setPassword'
  | 'setSendLimit'
  | 'findLogin'
  | 'readConnection'
>;

/** Accounts, their domains, connections and recipients. */
export function sqliteAccounts(database: DatabaseSync, noteChange: NoteChange): AccountMethods {
  const selectLedger = database.prepare(
    'SELECT balance FROM ledger WHERE account = ? ORDER BY sequence DESC LIMIT 1',
  );
  const insertAccount = database.prepare(
    'INSERT INTO accounts (id, balance, clock, limits, own_listeners) VALUES (?, ?, ?, ?, ?)',
  );
  const upsertDomain = database.prepare(
    `INSERT INTO domains (account, key, name, verified, published) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET verified = excluded.verified, published = excluded.published`,
  );
  const insertConnection = database.prepare(
    `INSERT INTO connections (id, account, name, sender, sender_domain_key, login, sealed_password, blocked,
       send_limit, sends_used)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const selectAccount = database.prepare(
    'SELECT id, balance AS prepaid, charged, clock, limits, mailbox_up AS mailboxUp, own_listeners AS ownListeners FROM accounts WHERE id = ?',
  );
  const selectDomains = database.prepare(
    'SELECT key, name, verified, published FROM domains WHERE account = ? ORDER BY key',
  );
  const selectConnections = database.prepare(
    `SELECT ${connectionColumns} FROM connections WHERE account = ? ORDER BY rowid`,
  );
  const selectSenders = database.prepare('SELECT address FROM senders WHERE account = ? ORDER BY key');
  const insertSender = database.prepare(
    'INSERT INTO senders (account, key, address) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const selectSuppressed = database.prepare(
    'SELECT address FROM suppressions WHERE account = ? ORDER BY key',
  );
  const selectLogin = database.prepare(`SELECT ${connectionColumns} FROM connections WHERE login = ?`);
  const selectConnection = database.prepare(`SELECT ${connectionColumns} FROM connections WHERE id = ?`);
  const updateBalance = database.prepare('UPDATE accounts SET balance = ? WHERE id = ?');
  const endSubscriptions = database.prepare('DELETE FROM monthly_plans WHERE account = ?');
  const selectMonthly = database.prepare(
    `SELECT sequence, sends_left AS left, ends_at AS endsAt FROM monthly_plans
     WHERE account = ? AND sends_left > 0 ORDER BY ends_at, sequence`,
  );
  const updateClock = database.prepare('UPDATE accounts SET clock = ? WHERE id = ?');
  const updateLimits = database.prepare('UPDATE accounts SET limits = ? WHERE id = ?');
  const upsertIdentity = database.prepare(
    `INSERT INTO identities (account, key, name, verified) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET verified = excluded.verified`,
  );
  const removeIdentity = database.prepare('DELETE FROM identities WHERE account = ? AND key = ?');
  const selectIdentities = database.prepare(
    'SELECT key, name, verified FROM identities WHERE account = ? ORDER BY key',
  );
  const updateMailbox = database.prepare('UPDATE accounts SET mailbox_up = ? WHERE id = ?');
  // the count starts anew with each unblocking: only later outcomes count (rule `connection.unblock.count`)
  const updateBlocked = database.prepare(
    `UPDATE connections SET blocked = :blocked, unblocked_after = CASE WHEN :blocked = 1 THEN unblocked_after
       ELSE coalesce((SELECT max(outcome_sequence) FROM emails e
         WHERE e.connection = connections.id AND e.status IN ('bounced', 'rejected')), unblocked_after) END
     WHERE id = :connection`,
  );
  const updateSendLimit = database.prepare('UPDATE connections SET send_limit = ? WHERE id = ?');
  const updatePassword = database.prepare('UPDATE connections SET sealed_password = ? WHERE id = ?');
  const upsertRole = database.prepare(
    'INSERT INTO recipients (account, key, role) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET role = excluded.role',
  );
  const insertSuppression = database.prepare(
    'INSERT INTO suppressions (account, key, address) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const deleteSuppression = database.prepare('DELETE FROM suppressions WHERE account = ? AND key = ?');
  const selectOwnListeners = database.prepare(
    'SELECT id FROM accounts WHERE own_listeners = 1 ORDER BY rowid',
  );
  const selectSealed = database.prepare(
    `SELECT sealed_password AS sealed FROM connections ORDER BY rowid DESC LIMIT ${SEALED_LISTED}`,
  );
  // no foreign key: it would be looked up for each recipient, and the debit has just seen the account
  const removeEmails = database.prepare('DELETE FROM emails WHERE account = ?');
  const removeMessages = database.prepare(
    'DELETE FROM messages WHERE id IN (SELECT message FROM emails WHERE account = ?)',
  );
  const removeAccount = database.prepare('DELETE FROM accounts WHERE id = ?');

  const putDomain = (account: string, domain: DomainRecord) =>
    upsertDomain.run(
      account,
      domain.key,
      domain.name,
      Number(domain.verified),
      JSON.stringify(domain.published),
    );

  const putIdentity = (account: string, { key, name, verified }: IdentityRecord) =>
    upsertIdentity.run(account, key, name, Number(verified));

  const addConnection = (each: ConnectionRecord) => {
    // asked in the transaction that takes it: two who ask for one login at once must not both be told yes
    if (selectLogin.get(each.login) !== undefined) throw new LoginTaken(each.login);
    insertConnection.run(
      each.id,
      each.account,
      each.name,
      each.sender,
      each.senderDomainKey,
      each.login,
      each.sealedPassword,
      Number(each.blocked),
      each.sendLimit,
      each.sendsUsed,
    );
  };

  const setRole = (account: string, key: string, address: string, role: string) => {
    upsertRole.run(account, key, role);
    if (role === 'suppressed') insertSuppression.run(account, key, address);
    else deleteSuppression.run(account, key);
  };

  const create = (account: NewAccount) => {
    insertAccount.run(
      account.id,
      account.prepaid,
      JSON.stringify(account.clock),
      JSON.stringify(account.limits),
      Number(account.ownListeners),
    );
    noteChange(account.id, {
      time: account.createdAt ?? 0,
      kind: 'opened',
      change: account.prepaid,
      balance: account.prepaid,
      reference: null,
    });
    for (const domain of account.domains) putDomain(account.id, domain);
    for (const each of account.identities ?? []) putIdentity(account.id, each);
    for (const each of account.connections) addConnection(each);
    for (const { key, address } of account.senders) insertSender.run(account.id, key, address);
    for (const { key, address, role } of account.recipients) setRole(account.id, key, address, role);
  };

  const read = (id: string): AccountRecord | undefined => {
    const row = selectAccount.get(id);
    return (
      row && {
        ...accountRow.parse(row),
        domains: selectDomains.all(id).map((each) => domainRow.parse(each)),
        identities: selectIdentities.all(id).map((each) => identityRow.parse(each)),
        connections: selectConnections.all(id).map((each) => connectionRow.parse(each)),
        monthly: selectMonthly.all(id).map((each) => monthlyRow.parse(each)),
        senders: selectSenders.all(id).map((each) => String(each['address'])),
        suppressionList: selectSuppressed.all(id).map((each) => String(each['address'])),
      }
    );
  };

  const find = (row: unknown) => (row === undefined ? undefined : connectionRow.parse(row));

  return {
    createAccount: async (account) => inTransaction(database, () => create(account)),
    readAccount: async (account) => read(account),
    listSealedPasswords: async () =>
      selectSealed
        .all()
        .map((row) => String(row['sealed']))
        .toReversed(),
    listOwnListenerAccounts: async () => selectOwnListeners.all().map((row) => String(row['id'])),
    deleteAccount: async (account) =>
      inTransaction(database, () => {
        // before the emails, which alone know whose a message is
        removeMessages.run(account);
        removeEmails.run(account);
        removeAccount.run(account);
      }),
    setBalance: async (account, sends, at) =>
      inTransaction(database, () => {
        if (updateBalance.run(sends, account).changes === 0) return;
        endSubscriptions.run(account);
        const change = sends - Number(selectLedger.get(account)?.['balance'] ?? 0);
        noteChange(account, { time: at, kind: 'set', change, balance: sends, reference: null });
      }),
    setClock: async (account, clock) => void updateClock.run(JSON.stringify(clock), account),
    setLimits: async (account, limits) => void updateLimits.run(JSON.stringify(limits), account),
    setMailboxUp: async (account, up) => void updateMailbox.run(Number(up), account),
    addSender: async (account, key, address) => void insertSender.run(account, key, address),
    addConnection: async (connection) => addConnection(connection),
    setIdentity: async (account, identity) => void putIdentity(account, identity),
    removeIdentity: async (account, key) => removeIdentity.run(account, key).changes > 0,
    setDomain: async (account, domain) => void putDomain(account, domain),
    setRecipient: async (account, key, address, role) =>
      inTransaction(database, () => setRole(account, key, address, role)),
    suppress: async (account, key, address) => void insertSuppression.run(account, key, address),
    setBlocked: async (connection, blocked) =>
      void updateBlocked.run({ blocked: Number(blocked), connection }),
    setSendLimit: async (connection, limit) => void updateSendLimit.run(limit, connection),
    setPassword: async (connection, sealed) => void updatePassword.run(sealed, connection),
    findLogin: async (login) => find(selectLogin.get(login)),
    readConnection: async (connection) => find(selectConnection.get(connection)),
  };
}
