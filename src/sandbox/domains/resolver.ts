import { resolve } from 'node:dns/promises';
import type { RecordKind } from '../../contract/vocabulary.ts';
import { gatewaySpf, requiredRecords, spfNameOf, type GatewayInDns } from './domain-records.ts';

/** Answers DNS questions; rejects with code `ENOTFOUND` where there is no such record. */
export type Resolver = (name: string, type: string) => Promise<string[][]>;

/** Asks the real DNS. */
export const realResolver: Resolver = async (name, type) => {
  const answers: unknown = await resolve(name, type);
  return Array.isArray(answers)
    ? answers.map((answer) => (Array.isArray(answer) ? answer.map(String) : [String(answer)]))
    : [];
};

/** The DNS that a sandbox owns: it knows the gateway's own name, and of one domain what is published. */
export function sandboxResolver(
  domain: string,
  published: readonly RecordKind[],
  gateway: GatewayInDns,
): Resolver {
  const records = new Map([[spfNameOf(gateway.gatewayName), gatewaySpf]]);
  for (const record of requiredRecords(domain, gateway)) {
    if (published.includes(record.kind)) records.set(record.name.toLowerCase(), record.value);
  }
  return async (name, type) => {
    const value = type === 'TXT' ? records.get(name.toLowerCase()) : undefined;
    if (value === undefined) throw Object.assign(new Error(`no ${type} of ${name}`), { code: 'ENOTFOUND' });
    return [[value]];
  };
}
