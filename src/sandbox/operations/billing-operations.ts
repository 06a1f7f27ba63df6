import type { Purchase } from '../../control-api/billing-schemas.ts';
import { clockTime } from '../clock.ts';
import { OperationError, type BillingOperations } from '../control/operations.ts';
import type { AccountLookup } from './account-lookup.ts';
import { cutPage, readNumberCursor } from './cursors.ts';
import type { OperationParts } from './operation-parts.ts';
import { iso } from './operation-views.ts';
import { balanceAt } from '../policy/charge.ts';
import { priceInCents, subscriptionEnd } from '../policy/plans.ts';
import type { PurchaseRecord } from '../store/account-record.ts';
import { showPlans } from './vocabulary-view.ts';

/** For how long an idempotency key holds, by the wall clock (rule `sandbox.clock`). */
const KEY_MS = 24 * 60 * 60_000;

/** Balance, plans, limits of sends (rules `billing.plans`, `billing.plans.kinds`, `billing.send-limit`). */
export function billingOperations(
  parts: OperationParts,
  { read, change, changeConnection }: AccountLookup,
): BillingOperations {
  return {
    setBalance: (id, sends) =>
      change(id, ({ clock }) => parts.store.setBalance(id, sends, clockTime(clock, parts.clock.now()))),
    listLedger: async (id, { order, cursor, limit }) => {
      const { prepaid, monthly, clock } = await read(id);
      const now = clockTime(clock, parts.clock.now());
      await parts.store.noteEndedSends(id, now, balanceAt(prepaid, monthly, now));
      const after = readNumberCursor(cursor);
      const newestFirst = order === 'newest';
      const rows = await parts.store.readLedger(id, { after, limit: limit + 1, newestFirst });
      const { page, next } = cutPage(rows, limit);
      const entries = page.map(({ place: _place, time, ...entry }) => ({ ...entry, time: iso(time) }));
      return { entries, next };
    },
    setSendLimit: (id, connection, limit) =>
      changeConnection(id, connection, () => parts.store.setSendLimit(connection, limit)),
    listPlans: async () => ({ plans: showPlans(parts.provider.contract) }),
    buyPlan: async (id, { kind, sends, idempotencyKey }) => {
      const { plans } = parts.provider.contract.words;
      const plan = plans.find((each) => each.kind === kind);
      if (plan === undefined) {
        throw new OperationError('unknown-word', `This gateway sells no ${kind} plan.`);
      }
      const boughtAt = clockTime((await read(id)).clock, parts.clock.now());
      const wallAt = parts.wallClock.now();
      const purchase = await parts.store.buy(
        id,
        {
          id: parts.randomness.id('buy-'),
          kind,
          sends,
          cents: priceInCents(plan, sends),
          boughtAt,
          endsAt: kind === 'monthly' ? subscriptionEnd(boughtAt) : null,
          idempotencyKey,
          wallAt,
        },
        wallAt - KEY_MS,
      );
      if (purchase.kind !== kind || purchase.sends !== sends) {
        throw new OperationError(
          'key-reused',
          `The idempotency key ${idempotencyKey} was used for ${purchase.sends} ${purchase.kind} sends; take a new key for another order.`,
        );
      }
      return showPurchase(purchase);
    },
    listPurchases: async (id) => {
      await read(id);
      return (await parts.store.readPurchases(id)).map(showPurchase);
    },
  };
}

function showPurchase(purchase: PurchaseRecord): Purchase {
  return {
    ...purchase,
    boughtAt: iso(purchase.boughtAt),
    endsAt: purchase.endsAt === null ? null : iso(purchase.endsAt),
  };
}
