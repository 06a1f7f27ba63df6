/** The form of the tables; it goes up with each change that an older file does not fit. */
export const schemaVersion = 6;

/** Marks the file as a sandbox's (SQLite's `application_id`): "gntl" in ASCII. */
export const applicationId = 0x676e746c;

/**
 * The tables. An accepted email stands in as few indexes as can be, since clients wait for it; what became of it is
 * indexed when it is known. Times are integers of milliseconds; keys are those of `smtp/address-equality.ts`.
 */
export const sqliteSchema = `
  CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    balance INTEGER NOT NULL CHECK (balance >= 0),
    charged INTEGER NOT NULL DEFAULT 0,
    clock TEXT NOT NULL,
    limits TEXT NOT NULL,
    mailbox_up INTEGER NOT NULL DEFAULT 1,
    own_listeners INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE domains (
    account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    verified INTEGER NOT NULL,
    published TEXT NOT NULL,
    PRIMARY KEY (account, key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE senders (
    account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    key TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (account, key)
  ) STRICT, WITHOUT ROWID;
  -- addresses; domains that are identities stand in domains
  CREATE TABLE identities (
    account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    verified INTEGER NOT NULL,
    PRIMARY KEY (account, key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE connections (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    name TEXT NOT NULL,
    sender TEXT NOT NULL,
    sender_domain_key TEXT NOT NULL,
    login TEXT NOT NULL UNIQUE,
    sealed_password TEXT NOT NULL,
    blocked INTEGER NOT NULL,
    send_limit INTEGER,
    sends_used INTEGER NOT NULL DEFAULT 0,
    unblocked_after INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX connections_by_account ON connections (account, sender_domain_key);
  CREATE TABLE monthly_plans (
    sequence INTEGER PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    sends_left INTEGER NOT NULL CHECK (sends_left >= 0),
    ends_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX monthly_plans_by_account ON monthly_plans (account, ends_at);
  CREATE TABLE purchases (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    kind TEXT NOT NULL,
    sends INTEGER NOT NULL,
    cents INTEGER NOT NULL,
    bought_at INTEGER NOT NULL,
    ends_at INTEGER,
    idempotency_key TEXT,
    wall_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX purchases_by_key ON purchases (account, idempotency_key);
  CREATE TABLE ledger (
    sequence INTEGER PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    time INTEGER NOT NULL,
    kind TEXT NOT NULL,
    change INTEGER NOT NULL,
    balance INTEGER NOT NULL,
    reference TEXT
  ) STRICT;
  CREATE INDEX ledger_by_account ON ledger (account, sequence);
  -- what was used of quotas within a rolling time
  CREATE TABLE quota_uses (
    sequence INTEGER PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    quota TEXT NOT NULL,
    at INTEGER NOT NULL,
    sends INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX quota_uses_by_time ON quota_uses (account, quota, at, sends);
  CREATE TABLE recipients (
    account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    key TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (account, key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE suppressions (
    account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    key TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (account, key)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE login_failures (
    sequence INTEGER PRIMARY KEY,
    login TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX login_failures_by_login ON login_failures (login, sequence);
  CREATE TABLE accepted_mails (
    sequence INTEGER PRIMARY KEY,
    connection TEXT NOT NULL REFERENCES connections ON DELETE CASCADE,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX accepted_mails_by_connection ON accepted_mails (connection, at);
  CREATE TABLE messages (
    -- no id is used again: rows of the history still name a message that is gone
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    trace TEXT NOT NULL,
    queued_at INTEGER NOT NULL,
    waiting INTEGER NOT NULL,
    size INTEGER NOT NULL,
    ended_at INTEGER
  ) STRICT;
  CREATE INDEX messages_ended ON messages (ended_at, size) WHERE ended_at IS NOT NULL;
  -- apart from their messages: a row that changes is written whole
  CREATE TABLE bodies (
    message INTEGER PRIMARY KEY REFERENCES messages ON DELETE CASCADE,
    octets BLOB NOT NULL
  ) STRICT;
  CREATE TABLE emails (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    connection TEXT NOT NULL,
    session TEXT NOT NULL,
    message INTEGER NOT NULL,
    time INTEGER NOT NULL,
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    message_id TEXT NOT NULL,
    size INTEGER NOT NULL,
    status TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL DEFAULT 0,
    outcome_at INTEGER,
    outcome_sequence INTEGER,
    reason TEXT
  ) STRICT;
  CREATE INDEX emails_by_account ON emails (account, time, sequence);
  CREATE INDEX emails_by_connection ON emails (connection, time, sequence);
  CREATE INDEX emails_by_outcome ON emails (account, status, time, sequence)
    WHERE status <> 'queued';
  CREATE INDEX emails_of_connection_by_outcome ON emails (connection, status, time, sequence)
    WHERE status <> 'queued';
  -- texts are folded before they come here; the table holds no copy of them, only where each trigram stands
  CREATE VIRTUAL TABLE email_search USING fts5 (sender, recipient, subject, message_id, content = '',
    contentless_delete = 1, detail = column, tokenize = 'trigram case_sensitive 1');
  CREATE TRIGGER email_forgotten AFTER DELETE ON emails BEGIN
    DELETE FROM email_search WHERE rowid = old.sequence;
  END;
  CREATE INDEX emails_bad ON emails (connection, outcome_sequence)
    WHERE status IN ('bounced', 'rejected');
  CREATE TABLE hourly_counts (
    account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    connection TEXT NOT NULL,
    hour INTEGER NOT NULL,
    status TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (account, connection, hour, status)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX emails_waiting ON emails (next_attempt_at, sequence)
    WHERE status IN ('queued', 'deferred');
`;
