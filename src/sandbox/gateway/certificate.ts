// oxlint-disable-next-line import/no-unassigned-import -- x509 finds its own parts through the metadata that it brings
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import * as x509 from '@peculiar/x509';
import type { TlsFault } from '../../contract/vocabulary.ts';

/** A certificate and its private key, both PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly privateKey: string;
}

/** How a certificate can be wrong on purpose. */
export type CertificateFault = Extract<TlsFault, 'expired' | 'misnamed' | 'unknown authority'>;

const DAY = 24 * 60 * 60_000;
// ECDSA P-256: a third less work a handshake than RSA-2048
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** A certificate authority of the sandbox's own; `now` is wall-clock milliseconds. */
export async function createAuthority(now: number, serial: () => string): Promise<KeyPair> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: 'CN=SMTP Gauntlet sandbox authority',
    notBefore: new Date(now - DAY),
    notAfter: new Date(now + 3650 * DAY),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return exportPair(authority, keys);
}

/** The names under which every sandbox is reached; the machine's own, where it can stand in a certificate. */
export function gatewayNames(gatewayName: string): readonly string[] {
  return ['localhost', gatewayName, ...certifiable(hostname()), '127.0.0.1', '::1'];
}

function certifiable(name: string): readonly string[] {
  const isHostName = name.split('.').every((label) => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/i.test(label));
  return isHostName && name.length <= 253 && isIP(name) === 0 ? [name.toLowerCase()] : [];
}

/** What a server certificate says. */
export interface ServerCertificate {
  /** The gateway's documented name; the subject. */
  readonly gatewayName: string;
  /** The names in it; those under which every sandbox is reached where nothing is said. */
  readonly names?: readonly string[];
  /** Milliseconds from now on. */
  readonly validMs?: number;
}

/** A server certificate from the authority. `now` is wall-clock milliseconds. */
export async function createServerCertificate(
  authority: KeyPair,
  now: number,
  serial: () => string,
  { gatewayName, names = gatewayNames(gatewayName), validMs = 825 * DAY }: ServerCertificate,
): Promise<KeyPair> {
  const issuer = new x509.X509Certificate(authority.certificate);
  const signingKey = await webcrypto.subtle.importKey(
    'pkcs8',
    x509.PemConverter.decodeFirst(authority.privateKey),
    algorithm,
    false,
    ['sign'],
  );
  const serverKeys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const server = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: `CN=${gatewayName}`,
    issuer: issuer.subject,
    notBefore: new Date(now - 2 * DAY),
    notAfter: new Date(now + validMs),
    publicKey: serverKeys.publicKey,
    signingKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value })),
      ),
    ],
  });
  return exportPair(server, serverKeys);
}

/**
 * A certificate that no client should accept (rule `sandbox.triggers`): really expired, for another name, or vouched
 * for by nobody known.
 */
export async function createFaultyCertificate(
  fault: CertificateFault,
  authority: KeyPair,
  now: number,
  serial: () => string,
  gatewayName: string,
): Promise<KeyPair> {
  switch (fault) {
    case 'expired':
      return createServerCertificate(authority, now, serial, { gatewayName, validMs: -DAY });
    case 'misnamed':
      return createServerCertificate(authority, now, serial, {
        gatewayName,
        names: ['another.example'],
      });
    case 'unknown authority':
      return createServerCertificate(await createAuthority(now, serial), now, serial, { gatewayName });
  }
}

async function exportPair(
  certificate: x509.X509Certificate,
  keys: webcrypto.CryptoKeyPair,
): Promise<KeyPair> {
  const der = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    certificate: certificate.toString('pem'),
    privateKey: x509.PemConverter.encode(der, 'PRIVATE KEY'),
  };
}

/** The serial number that random octets make, in hexadecimal. */
export function serialNumber(octets: Uint8Array): string {
  // a serial number is a positive integer (RFC 5280 §4.1.2.2)
  return `01${Buffer.from(octets).toString('hex')}`;
}
