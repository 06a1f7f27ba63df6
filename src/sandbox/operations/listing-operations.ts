import { clockTime } from '../clock.ts';
import type { ListingOperations } from '../control/operations.ts';
import { balanceAt } from '../policy/charge.ts';
import type { AccountLookup } from './account-lookup.ts';
import { cutPage, readNumberCursor } from './cursors.ts';
import type { OperationParts } from './operation-parts.ts';
import { iso } from './operation-views.ts';

/** Lists by page, oldest first. */
export function listingOperations(
  { store, clock, provider }: OperationParts,
  { read }: Pick<AccountLookup, 'read'>,
): ListingOperations {
  return {
    listAccounts: async ({ search, cursor, limit }) => {
      const after = readNumberCursor(cursor);
      const { page, next } = cutPage(await store.listAccounts({ search, after, limit: limit + 1 }), limit);
      return {
        accounts: page.map(({ place: _place, prepaid, monthly, clock: own, ...account }) => ({
          ...account,
          balance: balanceAt(prepaid, monthly, clockTime(own, clock.now())),
        })),
        next,
      };
    },
    listConnections: async (id, { search, cursor, limit }) => {
      await read(id);
      const after = readNumberCursor(cursor);
      const rows = await store.listConnections(id, { search, after, limit: limit + 1 });
      const { page, next } = cutPage(rows, limit);
      return {
        connections: page.map((each) => ({
          id: each.id,
          name: each.name,
          sender: each.sender,
          login: each.login,
          status: provider.policy.connectionStatus({
            blocked: each.blocked,
            domainVerified: each.domainVerified,
          }),
          sends: each.sendsUsed,
          sendLimit: each.sendLimit,
          lastUsed: each.lastUsed === null ? null : iso(each.lastUsed),
        })),
        next,
      };
    },
  };
}
