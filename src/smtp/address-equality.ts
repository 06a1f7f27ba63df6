import { domainKey } from './domain.ts';
import { parseForwardPath, type Path } from './path.ts';

/**
 * One function says which addresses are equal; duplicates, suppression and recipient behaviour all go by it. The
 * domain is compared as {@link domainKey} says. The local part is compared without case too (chosen: RFC 5321 §2.4
 * would keep it, every large mail system does not), a quoted one by what the quotes hold, and composed and decomposed
 * characters are the same (NFC, RFC 6532 §3.1). Compatibility forms, such as `ﬁ` and `fi`, stay different.
 */
export function addressKey(path: Path): string {
  // an address literal and the empty domain of `<Postmaster>` are no host names
  return `${localPartKey(path.localPart)}@${domainKey(path.domain) ?? path.domain.toLowerCase()}`;
}

/** The key of an address given as text (`user@example.com`); `undefined` where that is no address. */
export function addressKeyOf(address: string): string | undefined {
  const path = parseForwardPath(address);
  return path === undefined ? undefined : addressKey(path);
}

function localPartKey(localPart: string): string {
  // lower case may decompose what was composed, as in İ
  return unquote(localPart).normalize('NFC').toLowerCase().normalize('NFC');
}

function unquote(localPart: string): string {
  return localPart.startsWith('"') ? localPart.slice(1, -1).replaceAll(/\\(.)/gsu, '$1') : localPart;
}
