/**
 * The DNS records of a domain and their check (rules `domain.verification`, `domain.verification.how`). It knows which
 * records the documentation wants; that a verified domain may send is policy's affair.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { RecordKind } from '../../contract/vocabulary.ts';

/** A record as a customer publishes it. */
export interface DomainRecordToPublish {
  readonly kind: RecordKind;
  readonly type: 'TXT';
  readonly name: string;
  readonly value: string;
}

/** The name whose SPF record lists a gateway's addresses: beside the gateway's own. */
export const spfNameOf = (gatewayName: string): string => gatewayName.replace(/^[^.]+/, 'spf');
/** The addresses from which the gateway's mail comes: a sandbox sends from loopback. */
export const gatewaySpf = 'v=spf1 ip4:127.0.0.1 ip6:::1 -all';
/** The selector under which domains publish the gateway's DKIM key. */
export const dkimSelector = 'gauntlet';

/** A DKIM key (RFC 8463, Ed25519), private, PEM. */
export function createDkimKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** What of the gateway stands in the DNS. */
export interface GatewayInDns {
  /** The name under which clients reach it. */
  readonly gatewayName: string;
  /** Its DKIM key, private, PEM. */
  readonly dkimKey: string;
}

/** What a domain must publish so that the gateway may send for it. */
export function requiredRecords(
  domain: string,
  { gatewayName, dkimKey }: GatewayInDns,
): readonly DomainRecordToPublish[] {
  return [
    { kind: 'spf', type: 'TXT', name: domain, value: `v=spf1 include:${spfNameOf(gatewayName)} ~all` },
    {
      kind: 'dkim',
      type: 'TXT',
      name: `${dkimSelector}._domainkey.${domain}`,
      value: `v=DKIM1; k=ed25519; p=${publicKeyOf(dkimKey)}`,
    },
    { kind: 'dmarc', type: 'TXT', name: `_dmarc.${domain}`, value: 'v=DMARC1; p=none' },
  ];
}

/** The 32 octets of the public key in base64, as RFC 8463 §4 wants them; DER has twelve before them. */
function publicKeyOf(dkimKey: string): string {
  const der = createPublicKey(createPrivateKey(dkimKey)).export({ type: 'spki', format: 'der' });
  return der.subarray(-32).toString('base64');
}
