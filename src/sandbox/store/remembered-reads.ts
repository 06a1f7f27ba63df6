import type { DatabaseSync } from 'node:sqlite';
import type { AccountStanding, ConnectionRecord, DomainRecord } from './account-record.ts';
import { onUndone } from './transaction.ts';
import type { RecipientRecord, Store } from './store.ts';

/** Entries of one kind that are remembered; past that all of the kind are forgotten. */
const REMEMBERED = 10_000;
/** Recipients of one account about whom something is known, up to which all of them are remembered. */
const KNOWN_RECIPIENTS = 1_000;

type RememberedMethods = Pick<
  Store,
  | 'findLogin'
  | 'readLoginFailures'
  | 'readConnection'
  | 'readStanding'
  | 'readSenderDomains'
  | 'readRecipient'
>;

/**
 * The reads that every command of a client asks for again. What they gave is remembered until the tables that they
 * read change: triggers of this database connection, the only one that writes, say so, whoever it was that wrote.
 */
export function rememberReads(database: DatabaseSync, reads: RememberedMethods): RememberedMethods {
  const logins = new Memory<string | undefined>();
  const failures = new Memory<readonly number[]>();
  const connections = new Memory<ConnectionRecord | undefined>();
  const standings = new Memory<AccountStanding | undefined>();
  const domains = new Memory<Memory<readonly DomainRecord[]>>();
  const recipients = new Memory<ReadonlySet<string> | 'many'>();
  const onChange = watchTables(database);
  onChange('connections', 'login', logins.forget, ['login']);
  onChange('login_failures', 'login', failures.forget);
  onChange('connections', 'account', domains.forget, ['account', 'sender_domain_key']);
  onChange('monthly_plans', 'account', standings.forget);
  onChange('domains', 'account', domains.forget);
  onChange('recipients', 'account', recipients.forget);
  onChange('suppressions', 'account', recipients.forget);
  // what every commit changes is put right rather than forgotten, unless the commit is undone
  onChange('connections', 'id', connections.forget, columnsBut(database, 'connections', 'sends_used'));
  onNumber(database, 'connections', 'sends_used', (id, sendsUsed) =>
    connections.correct(id, (connection) => connection && { ...connection, sendsUsed }),
  );
  onChange('accounts', 'id', standings.forget, columnsBut(database, 'accounts', 'balance', 'charged'));
  onNumber(database, 'accounts', 'balance', (id, prepaid) =>
    standings.correct(id, (standing) => standing && { ...standing, prepaid }),
  );
  onUndone(database, () => {
    connections.forgetAll();
    standings.forgetAll();
  });

  const known = database.prepare(
    `SELECT key FROM recipients WHERE account = :account UNION SELECT key FROM suppressions WHERE account = :account
     LIMIT ${KNOWN_RECIPIENTS + 1}`,
  );
  const knownRecipients = (account: string): ReadonlySet<string> | 'many' => {
    const keys = known.all({ account }).map((row) => String(row['key']));
    return keys.length > KNOWN_RECIPIENTS ? 'many' : new Set(keys);
  };

  const readConnection = (id: string) => connections.recall(id, () => reads.readConnection(id));

  return {
    // a login says whose it is; what changes of a connection is remembered in one place
    findLogin: async (login) => {
      const id = await logins.recall(login, async () => (await reads.findLogin(login))?.id);
      return id === undefined ? undefined : readConnection(id);
    },
    readLoginFailures: (login) => failures.recall(login, () => reads.readLoginFailures(login)),
    readConnection,
    readStanding: (account) => standings.recall(account, () => reads.readStanding(account)),
    readSenderDomains: async (account, keys) => {
      const ofAccount = await domains.recall(account, async () => new Memory<readonly DomainRecord[]>());
      return ofAccount.recall(keys.join(' '), () => reads.readSenderDomains(account, keys));
    },
    readRecipient: async (account, key) => {
      const keys = await recipients.recall(account, async () => knownRecipients(account));
      return keys === 'many' || keys.has(key) ? reads.readRecipient(account, key) : nothingKnown;
    },
  };
}

const nothingKnown: RecipientRecord = { role: undefined, suppressed: false };

/** Promises of what was read, by key. A read is done at once when it is asked for, so what is kept is never older. */
class Memory<Value> {
  readonly #kept = new Map<string, Promise<Value>>();

  recall(key: string, read: () => Promise<Value>): Promise<Value> {
    const found = this.#kept.get(key);
    if (found !== undefined) return found;
    if (this.#kept.size >= REMEMBERED) this.#kept.clear();
    const fresh = read();
    this.#kept.set(key, fresh);
    fresh.catch(() => this.#kept.delete(key));
    return fresh;
  }

  correct(key: string, change: (value: Value) => Value): void {
    const kept = this.#kept.get(key);
    if (kept === undefined) return;
    this.#kept.set(key, kept.then(change));
  }

  readonly forget = (key: string): void => {
    this.#kept.delete(key);
  };

  forgetAll(): void {
    this.#kept.clear();
  }
}

type OnChange = (
  table: string,
  column: string,
  forget: (value: string) => void,
  changedColumns?: readonly string[],
) => void;

/** Calls `forget` with the value that a changed row has in a column; changes of some columns alone may be watched. */
function watchTables(database: DatabaseSync): OnChange {
  let watches = 0;
  return (table, column, forget, changedColumns) => {
    watches += 1;
    const name = `forget_${watches}`;
    database.function(name, (value) => {
      forget(String(value));
      return null;
    });
    const update = changedColumns === undefined ? 'UPDATE' : `UPDATE OF ${changedColumns.join(', ')}`;
    for (const [kind, event, row] of [
      ['insert', 'INSERT', 'new'],
      ['update', update, 'old'],
      ['delete', 'DELETE', 'old'],
    ]) {
      database.exec(
        `CREATE TEMP TRIGGER ${name}_${kind} AFTER ${event} ON main.${table}
         BEGIN SELECT ${name}(${row}.${column}); END`,
      );
    }
  };
}

/** Calls `hear` with the id and the number that an UPDATE gives a row. */
function onNumber(
  database: DatabaseSync,
  table: string,
  column: string,
  hear: (id: string, value: number) => void,
): void {
  const name = `hear_${table}_${column}`;
  database.function(name, (id, value) => {
    hear(String(id), Number(value));
    return null;
  });
  database.exec(
    `CREATE TEMP TRIGGER ${name}_update AFTER UPDATE OF ${column} ON main.${table}
     BEGIN SELECT ${name}(new.id, new.${column}); END`,
  );
}

function columnsBut(database: DatabaseSync, table: string, ...others: readonly string[]): readonly string[] {
  const rows = database.prepare(`PRAGMA table_info(${table})`).all();
  return rows.map((row) => String(row['name'])).filter((name) => !others.includes(name));
}
