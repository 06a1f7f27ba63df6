import { addressKeyOf } from '../../smtp/address-equality.ts';
import { mailboxText } from '../../smtp/address-list.ts';
import { domainKey } from '../../smtp/domain.ts';
import type { ReversePath } from '../../smtp/path.ts';
import type { DomainStanding, Identity } from '../policy/facts.ts';
import type { SessionContext } from './session-context.ts';
import type { SessionStanding } from './session-standing.ts';

/** How the domain of a reverse-path stands in the account. */
export async function reversePathStanding(
  context: SessionContext,
  standing: SessionStanding,
  path: ReversePath,
): Promise<DomainStanding> {
  // the null reverse-path has no domain, so nobody has registered it (rule `error.553-domain.stage`)
  if (path === 'null') return 'not registered';
  const standings = await domainStandings(context, standing.connection.account, [path.domain]);
  return standingOf(standings, path.domain);
}

/** How identities stand in the account: by their domains alone, or by whatever it has as an identity. */
export async function identityStandings(
  context: SessionContext,
  account: string,
  identities: readonly Identity[],
): Promise<(identity: Identity) => DomainStanding> {
  if (context.parts.policy.identityKind === 'domain') {
    const domains = identities.map(({ domain }) => domain);
    const standings = await domainStandings(context, account, domains);
    return ({ domain }) => standingOf(standings, domain);
  }
  const keys = [...new Set(identities.flatMap(keysOf))];
  const records = keys.length === 0 ? [] : await context.parts.store.readIdentities(account, keys);
  const verified = new Map(records.map((record) => [record.key, record.verified]));
  return (identity) => {
    const known = keysOf(identity).flatMap((key) => verified.get(key) ?? []);
    if (known.includes(true)) return 'verified';
    return known.length > 0 ? 'not verified' : 'not registered';
  };
}

/** Labels of a domain that are looked at; no host name has more (RFC 1035 §2.3.4). */
const MOST_LABELS = 127;

/** The keys under which an identity can stand: its address, its domain, and each domain above that. */
function keysOf(identity: Identity): readonly string[] {
  const address = addressKeyOf(mailboxText(identity));
  const labels = (domainKey(identity.domain) ?? '').split('.').slice(-MOST_LABELS);
  const domains = labels.map((_label, at) => labels.slice(at).join('.')).filter((each) => each !== '');
  return [...(address === undefined ? [] : [address]), ...domains];
}

/** A domain that is no host name is registered by nobody. */
function standingOf(standings: ReadonlyMap<string, DomainStanding>, domain: string): DomainStanding {
  const key = domainKey(domain);
  return (key === undefined ? undefined : standings.get(key)) ?? 'not registered';
}

async function domainStandings(
  { parts }: SessionContext,
  account: string,
  domains: readonly string[],
): Promise<ReadonlyMap<string, DomainStanding>> {
  const keys = [...new Set(domains.flatMap((domain) => domainKey(domain) ?? []))];
  const records = keys.length === 0 ? [] : await parts.store.readSenderDomains(account, keys);
  return new Map(records.map((record) => [record.key, record.verified ? 'verified' : 'not verified']));
}
