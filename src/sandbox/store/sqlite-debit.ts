import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Charge, ChargeSource } from '../policy/charge.ts';
import type { Submission } from './account-record.ts';
import type { NoteChange } from './ledger.ts';
import { createQuotas } from './sqlite-quotas.ts';
import { beforeCommit, onUndone } from './transaction.ts';

/** What a connection may still send in the transaction under way, and what it sent in it. */
interface LimitUse {
  readonly left: number;
  taken: number;
}

/** What an account has at the beginning of the transaction under way, and what was taken in it. */
interface BalanceUse {
  readonly prepaid: number;
  /** Sends left of subscriptions that were asked for. */
  readonly subscriptions: Map<number, number>;
  readonly takenOfSubscriptions: Map<number, number>;
  takenPrepaid: number;
  charged: number;
}

/** Sends to be taken from a source, and how many it holds. */
interface Taking {
  readonly source: ChargeSource;
  readonly held: number;
  readonly sends: number;
}

const limitRow = z.object({ used: z.int(), limit: z.int().nullable() });
const prepaidRow = z.object({ prepaid: z.int() });
const leftRow = z.object({ left: z.int() });

/**
 * Carries out the charge of a submission, all of it or nothing, inside the transaction of the caller; whether it did.
 * Submissions that share a transaction share one read and one write of what they take from, which nobody else can change
 * meanwhile; the conditions of the UPDATEs are the truth.
 */
export function createDebit(
  database: DatabaseSync,
  noteChange: NoteChange,
): (submission: Submission) => boolean {
  const selectLimit = database.prepare(
    'SELECT sends_used AS used, send_limit AS "limit" FROM connections WHERE id = ?',
  );
  const useLimit = database.prepare(
    `UPDATE connections SET sends_used = sends_used + :sends
     WHERE id = :connection AND (send_limit IS NULL OR sends_used + :sends <= send_limit)`,
  );
  const selectSubscription = database.prepare(
    'SELECT sends_left AS left FROM monthly_plans WHERE sequence = ? AND account = ?',
  );
  const selectPrepaid = database.prepare('SELECT balance AS prepaid FROM accounts WHERE id = ?');
  const takePrepaid = database.prepare(
    `UPDATE accounts SET balance = balance - :prepaid, charged = charged + :sends
     WHERE id = :account AND balance >= :prepaid`,
  );
  const takeSubscription = database.prepare(
    'UPDATE monthly_plans SET sends_left = sends_left - ? WHERE sequence = ?',
  );
  const quotas = createQuotas(database);

  const limits = new Map<string, LimitUse>();
  const balances = new Map<string, BalanceUse>();
  const forget = (): void => {
    limits.clear();
    balances.clear();
  };

  const limitOf = (connection: string): LimitUse => {
    const found = limits.get(connection);
    if (found !== undefined) return found;
    const row = selectLimit.get(connection);
    // a connection that is gone has nothing left
    const { used, limit } = row === undefined ? { used: 0, limit: 0 } : limitRow.parse(row);
    const fresh: LimitUse = { left: limit === null ? Number.POSITIVE_INFINITY : limit - used, taken: 0 };
    limits.set(connection, fresh);
    return fresh;
  };

  const balanceOf = (account: string): BalanceUse | undefined => {
    const found = balances.get(account);
    if (found !== undefined) return found;
    const row = selectPrepaid.get(account);
    if (row === undefined) return undefined;
    const fresh: BalanceUse = {
      prepaid: prepaidRow.parse(row).prepaid,
      subscriptions: new Map(),
      takenOfSubscriptions: new Map(),
      takenPrepaid: 0,
      charged: 0,
    };
    balances.set(account, fresh);
    return fresh;
  };

  const subscriptionLeft = (account: string, balance: BalanceUse, sequence: number): number => {
    let left = balance.subscriptions.get(sequence);
    if (left === undefined) {
      const row = selectSubscription.get(sequence, account);
      left = row === undefined ? 0 : leftRow.parse(row).left;
      balance.subscriptions.set(sequence, left);
    }
    return left - (balance.takenOfSubscriptions.get(sequence) ?? 0);
  };

  const heldBy = (account: string, balance: BalanceUse, source: ChargeSource): number => {
    switch (source.kind) {
      case 'prepaid':
        return balance.prepaid - balance.takenPrepaid;
      case 'subscription':
        return subscriptionLeft(account, balance, source.sequence);
      case 'bill':
        return Number.POSITIVE_INFINITY;
    }
  };

  /** How a charge is taken from its sources; `undefined` where they hold too little. */
  const split = (account: string, balance: BalanceUse, charge: Charge): readonly Taking[] | undefined => {
    let missing = charge.sends;
    const takings = charge.sources.map((source) => {
      const held = heldBy(account, balance, source);
      const sends = Math.min(held, missing);
      missing -= sends;
      return { source, held, sends };
    });
    return missing > 0 ? undefined : takings;
  };

  const take = (balance: BalanceUse, { source, sends }: Taking): void => {
    if (source.kind === 'prepaid') balance.takenPrepaid += sends;
    if (source.kind !== 'subscription') return;
    const before = balance.takenOfSubscriptions.get(source.sequence) ?? 0;
    balance.takenOfSubscriptions.set(source.sequence, before + sends);
  };

  /** A bill has no balance, so the ledger, which tells of the balance, has nothing to say of it. */
  const note = ({ account, time, emails }: Submission, takings: readonly Taking[]): void => {
    const ofBalance = takings.filter(({ source }) => source.kind !== 'bill');
    const sends = ofBalance.reduce((sum, taking) => sum + taking.sends, 0);
    if (sends === 0) return;
    const balance = ofBalance.reduce((sum, taking) => sum + taking.held, 0) - sends;
    noteChange(account, { time, kind: 'sent', change: -sends, balance, reference: emails[0]?.id ?? null });
  };

  beforeCommit(database, () => {
    for (const [connection, { taken }] of limits) {
      if (taken > 0) demandOne(useLimit.run({ sends: taken, connection }).changes);
    }
    for (const [account, { takenPrepaid, charged, takenOfSubscriptions }] of balances) {
      if (charged === 0) continue;
      demandOne(takePrepaid.run({ account, sends: charged, prepaid: takenPrepaid }).changes);
      for (const [sequence, sends] of takenOfSubscriptions) {
        if (sends > 0) demandOne(takeSubscription.run(sends, sequence).changes);
      }
    }
    forget();
  });
  onUndone(database, forget);

  return (submission) => {
    const { account, connection, charge } = submission;
    const limit = limitOf(connection);
    const balance = balanceOf(account);
    if (balance === undefined || limit.taken + charge.ofSendLimit > limit.left) return false;
    const takings = split(account, balance, charge);
    if (takings === undefined || !quotas.allow(submission)) return false;
    note(submission, takings);
    for (const taking of takings) take(balance, taking);
    quotas.use(submission);
    balance.charged += charge.sends;
    limit.taken += charge.ofSendLimit;
    return true;
  };
}

/** What was decided on rows of this transaction must fit them when it ends, or nothing of it may stand. */
function demandOne(changes: number | bigint): void {
  if (Number(changes) !== 1) throw new Error('A debit does not fit the rows that it was decided on.');
}
