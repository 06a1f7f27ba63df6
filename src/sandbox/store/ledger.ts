import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { ledgerKinds, type LedgerKind, type LedgerRecord } from './ledger-record.ts';
import type { Store } from './store.ts';
import { onUndone } from './transaction.ts';

/** Accounts whose latest balance is remembered; past that all are read again when asked for. */
const ACCOUNTS_HELD = 10_000;

/** A change of the balance, and the balance behind it. */
export interface LedgerChange {
  /** Account time; that of the entry before where nothing is said. */
  readonly time: number | undefined;
  readonly kind: LedgerKind;
  readonly change: number;
  readonly balance: number;
  readonly reference: string | null;
}

/** Writes entries, inside the transaction of the caller. */
export type NoteChange = (account: string, change: LedgerChange) => void;

const latestRow = z.object({ balance: z.int(), time: z.int() });
const ledgerRow: z.ZodType<LedgerRecord> = z.object({
  place: z.int(),
  time: z.int(),
  kind: z.enum(ledgerKinds),
  change: z.int(),
  balance: z.int(),
  reference: z.string().nullable(),
});

/**
 * What became of the balance, entry by entry. Sends of a subscription end by the clock and nobody writes then: the next
 * entry finds that they are missing and notes it before itself.
 */
export function createLedger(
  database: DatabaseSync,
): Pick<Store, 'readLedger' | 'noteEndedSends'> & { readonly noteChange: NoteChange } {
  const insert = database.prepare(
    'INSERT INTO ledger (account, time, kind, change, balance, reference) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const selectLatest = database.prepare(
    'SELECT balance, time FROM ledger WHERE account = ? ORDER BY sequence DESC LIMIT 1',
  );
  const page = (condition: string, direction: string) =>
    database.prepare(
      `SELECT sequence AS place, time, kind, change, balance, reference FROM ledger
       WHERE account = :account AND ${condition} ORDER BY sequence ${direction} LIMIT :limit`,
    );
  const oldestFirst = page('sequence > :after', 'ASC');
  const newestFirst = page('(:after = 0 OR sequence < :after)', 'DESC');
  const latest = new Map<string, z.output<typeof latestRow>>();
  onUndone(database, () => latest.clear());

  const latestOf = (account: string) => {
    const known = latest.get(account);
    if (known !== undefined) return known;
    const row = selectLatest.get(account);
    return row === undefined ? { balance: 0, time: 0 } : latestRow.parse(row);
  };
  const write = (account: string, { time, kind, change, balance, reference }: LedgerChange) => {
    const at = time ?? latestOf(account).time;
    insert.run(account, at, kind, change, balance, reference);
    if (latest.size >= ACCOUNTS_HELD) latest.clear();
    latest.set(account, { balance, time: at });
  };
  const noteEnded = (account: string, time: number | undefined, balance: number): void => {
    const missing = balance - latestOf(account).balance;
    if (missing < 0) write(account, { time, kind: 'ended', change: missing, balance, reference: null });
  };

  return {
    noteChange: (account, change) => {
      if (change.kind !== 'opened') noteEnded(account, change.time, change.balance - change.change);
      write(account, change);
    },
    noteEndedSends: async (account, now, balance) => noteEnded(account, now, balance),
    readLedger: async (account, { after, limit, newestFirst: isNewestFirst }) =>
      (isNewestFirst ? newestFirst : oldestFirst)
        .all({ account, after, limit })
        .map((row) => ledgerRow.parse(row)),
  };
}
