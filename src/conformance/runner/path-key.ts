import { domainToASCII } from 'node:url';

/**
 * What two spellings of one path have in common: a second writing of the rule by which addresses are equal, apart from the
 * one that gateway and runner share. A source route, quotes, letter case, composition, and A-label or U-label
 * make no difference.
 */
export function keyOf(written: string): string {
  // RFC 5321 §4.1.2: `@relay.example,@other.example:user@example.com`
  const path = written.replace(/^@[^:]*:/, '');
  const at = path.lastIndexOf('@');
  const local = at === -1 ? path : path.slice(0, at);
  const domain = at === -1 ? '' : path.slice(at + 1).toLowerCase();
  const bare = /^".*"$/s.test(local) ? local.slice(1, -1).replaceAll(/\\(.)/gs, '$1') : local;
  return `${bare.normalize('NFC').toLowerCase().normalize('NFC')}@${domainToASCII(domain) || domain}`;
}
