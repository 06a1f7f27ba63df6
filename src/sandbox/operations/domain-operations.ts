import { recordKinds, type RecordKind } from '../../contract/vocabulary.ts';
import type { DomainCard } from '../../control-api/schemas.ts';
import { domainKey } from '../../smtp/domain.ts';
import { OperationError, type DomainOperations } from '../control/operations.ts';
import { checkDomain, missingRecords } from '../domains/check-domain.ts';
import { requiredRecords, type GatewayInDns } from '../domains/domain-records.ts';
import { sandboxResolver } from '../domains/resolver.ts';
import type { DomainRecord } from '../store/account-record.ts';
import type { AccountLookup } from './account-lookup.ts';
import type { OperationParts } from './operation-parts.ts';

/** What of the gateway its customers' DNS names. */
export function gatewayInDns({ provider, dkimKey }: OperationParts): GatewayInDns {
  return { gatewayName: provider.contract.gatewayName, dkimKey };
}

/** A domain's records and its verification (rules `domain.verification`, `domain.verification.how`). */
export function domainOperations(parts: OperationParts, { read }: AccountLookup): DomainOperations {
  const { store, dkimKey, choices } = parts;
  const gateway = gatewayInDns(parts);

  const find = async (id: string, name: string): Promise<DomainRecord> => {
    const key = domainKey(name);
    const domain = (await read(id)).domains.find((each) => each.key === key);
    if (domain === undefined)
      throw new OperationError('no-such-domain', `Account ${id} has no domain ${name}.`);
    return domain;
  };

  /** Checks the records where they are looked up, and writes what the check came to. */
  const verify = async (id: string, domain: DomainRecord): Promise<DomainCard> => {
    const resolver = parts.resolver ?? sandboxResolver(domain.key, domain.published, gateway);
    const missing = missingRecords(await checkDomain(domain.key, resolver, dkimKey));
    const checked = { ...domain, verified: missing.length === 0 };
    await store.setDomain(id, checked);
    return showDomain(checked, gateway, missing);
  };

  return {
    showDomain: async (id, name) => showDomain(await find(id, name), gateway, []),
    setRecord: async (id, name, kind, published) => {
      const domain = await find(id, name);
      const kinds = recordKinds.filter((each) =>
        each === kind ? published : domain.published.includes(each),
      );
      const changed = { ...domain, published: kinds };
      await store.setDomain(id, changed);
      return choices.verifyWithoutSupport ? verify(id, changed) : showDomain(changed, gateway, []);
    },
    verifyDomain: async (id, name) => verify(id, await find(id, name)),
  };
}

/** A domain with the records that it must publish; `missing` is what a check did not find. */
export function showDomain(
  domain: DomainRecord,
  gateway: GatewayInDns,
  missing: readonly RecordKind[],
): DomainCard {
  return {
    name: domain.name,
    state: domain.verified ? 'verified' : 'unverified',
    records: requiredRecords(domain.key, gateway).map((record) => ({
      ...record,
      published: domain.published.includes(record.kind),
    })),
    missing: [...missing],
  };
}
