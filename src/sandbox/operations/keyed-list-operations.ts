import type { SenderPage } from '../../control-api/keyed-list-schemas.ts';
import { domainKey } from '../../smtp/domain.ts';
import { OperationError, type KeyedListOperations } from '../control/operations.ts';
import type { KeyedQuery } from '../store/account-record.ts';
import { keyOf, type AccountLookup } from './account-lookup.ts';
import { gatewayInDns, showDomain } from './domain-operations.ts';
import type { OperationParts } from './operation-parts.ts';

/** Domains, senders, suppression list and roles of an account, by page; and taking them away. */
export function keyedListOperations(
  parts: OperationParts,
  { read }: Pick<AccountLookup, 'read'>,
): KeyedListOperations {
  const { store } = parts;
  const gateway = gatewayInDns(parts);

  /** A page of an account's list, one entry more than wanted telling whether there is a next one. */
  const page = async <Entry extends { readonly key: string }>(
    account: string,
    { search, cursor = '', limit }: Parameters<KeyedListOperations['listSenders']>[1],
    list: (account: string, query: KeyedQuery) => Promise<readonly Entry[]>,
  ): Promise<{ readonly entries: readonly Entry[]; readonly next: string | null }> => {
    await read(account);
    const rows = await list(account, { search, after: cursor, limit: limit + 1 });
    const entries = rows.slice(0, limit);
    return { entries, next: rows.length > limit ? (entries.at(-1)?.key ?? null) : null };
  };
  return {
    listDomains: async (id, query) => {
      const { entries, next } = await page(id, query, store.listDomains);
      return { domains: entries.map((each) => showDomain(each, gateway, [])), next };
    },
    removeDomain: async (id, name) => {
      await read(id);
      const key = domainKey(name);
      if (key !== undefined && (await store.removeDomain(id, key))) return;
      throw new OperationError('no-such-domain', `Account ${id} has no domain ${name}.`);
    },
    listSenders: async (id, query) => {
      const { entries, next } = await page(id, query, store.listSenders);
      const { domains } = await read(id);
      const senders = entries.map(({ key, address, connections }) => {
        const domain = key.slice(key.lastIndexOf('@') + 1);
        const verified = domains.find((each) => each.key === domain)?.verified;
        const domainState: SenderPage['senders'][number]['domainState'] =
          verified === undefined ? 'missing' : verified ? 'verified' : 'unverified';
        return { address, domain, domainState, connections };
      });
      return { senders, next };
    },
    removeSender: async (id, address) => {
      await read(id);
      if (await store.removeSender(id, keyOf(address))) return;
      throw new OperationError('no-such-sender', `Account ${id} has no sender ${address}.`);
    },
    listSuppressions: async (id, query) => {
      const { entries, next } = await page(id, query, store.listSuppressions);
      return { addresses: entries.map(({ address }) => address), next };
    },
    addSuppression: async (id, address) => {
      await read(id);
      await store.suppress(id, keyOf(address), address);
    },
    removeSuppression: async (id, address) => {
      await read(id);
      if (await store.removeSuppression(id, keyOf(address))) return;
      throw new OperationError(
        'not-suppressed',
        `${address} is not on the suppression list of account ${id}.`,
      );
    },
    listRecipients: async (id, query) => {
      const { entries, next } = await page(id, query, store.listRecipients);
      return { recipients: entries.map(({ address, role }) => ({ address, role })), next };
    },
    removeRecipient: async (id, address) => {
      await read(id);
      if (await store.removeRecipient(id, keyOf(address))) return;
      throw new OperationError('no-such-recipient', `Account ${id} has set no role for ${address}.`);
    },
  };
}
