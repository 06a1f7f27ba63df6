import type { Identity } from '../../control-api/schemas.ts';
import { domainKey } from '../../smtp/domain.ts';
import { OperationError, type AccountOperations } from '../control/operations.ts';
import type { IdentityRecord } from '../store/account-record.ts';
import { domainRecord, keyOf, type AccountLookup } from './account-lookup.ts';
import type { OperationParts } from './operation-parts.ts';
import { demandWord } from './provider-words.ts';

/** Whether an identity is a domain, and no address. */
export function isDomain({ name }: Pick<Identity, 'name'>): boolean {
  return !name.includes('@');
}

/** An address as the store keeps it; throws where it is none. */
export function identityOf({ name, state }: Identity): IdentityRecord {
  return { key: keyOf(name), name, verified: state === 'verified' };
}

type IdentityOperations = Pick<AccountOperations, 'setIdentity' | 'removeIdentity' | 'setAccess'>;

/** What an account may send from, and what it may do. */
export function identityOperations(
  { store, provider }: OperationParts,
  { read, change }: AccountLookup,
): IdentityOperations {
  return {
    setIdentity: (id, identity) =>
      change(id, () =>
        isDomain(identity)
          ? store.setDomain(id, domainRecord(identity))
          : store.setIdentity(id, identityOf(identity)),
      ),
    removeIdentity: async (id, name) => {
      await read(id);
      const key = isDomain({ name }) ? domainKey(name) : keyOf(name);
      const removed =
        key !== undefined &&
        (await (isDomain({ name }) ? store.removeDomain(id, key) : store.removeIdentity(id, key)));
      if (!removed) throw new OperationError('no-such-identity', `Account ${id} has no identity ${name}.`);
    },
    setAccess: (id, access) =>
      change(id, async ({ limits }) => {
        demandWord('access', provider.contract.words.accesses, access);
        await store.setLimits(id, { ...limits, access });
      }),
  };
}
