import { recordKinds, type RecordKind } from '../../contract/vocabulary.ts';
import { dkimSelector } from './domain-records.ts';
import type { Resolver } from './resolver.ts';

/** Which of the three records do their work. */
export type DomainCheck = Readonly<Record<RecordKind, boolean>>;

/**
 * Checks a domain as a receiver would: a probe message is signed with the gateway's key and authenticated against the
 * DNS. SPF must pass for the gateway's address, the signature for the published key, and a DMARC policy must stand.
 */
export async function checkDomain(domain: string, resolver: Resolver, dkimKey: string): Promise<DomainCheck> {
  const sender = `postmaster@${domain}`;
  const probe = `From: ${sender}\r\nTo: ${sender}\r\nSubject: probe\r\n\r\nprobe\r\n`;
  // loaded when a domain is checked: most runs never do, and it would make each of them start later
  const [{ authenticate }, { dkimSign }] = await Promise.all([
    import('mailauth'),
    import('mailauth/lib/dkim/sign.js'),
  ]);
  const key = { signingDomain: domain, selector: dkimSelector, privateKey: dkimKey };
  const { signatures } = await dkimSign(probe, { ...key, signatureData: [key] });
  const { spf, dkim, dmarc } = await authenticate(`${signatures}${probe}`, {
    ip: '127.0.0.1',
    helo: domain,
    sender,
    mta: domain,
    resolver,
    disableArc: true,
    disableBimi: true,
  });
  return {
    spf: spf !== false && spf.status.result === 'pass',
    dkim: dkim.results.some((each) => each.status.result === 'pass'),
    dmarc: dmarc !== false && dmarc.status.result !== 'none' && dmarc.policy !== undefined,
  };
}

/** The records that a check found wanting. */
export function missingRecords(check: DomainCheck): readonly RecordKind[] {
  return recordKinds.filter((kind) => !check[kind]);
}
