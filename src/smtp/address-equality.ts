import { parseForwardPath, type Path } from './path.ts';

/**
 * One function says which addresses are equal; duplicates, suppression and recipient behaviour all go by it. The
 * domain is compared without case, A-label and U-label alike; the local part without case too (chosen: RFC 5321 §2.4
 * would keep it, every large mail system does not), a quoted one by what the quotes hold.
 */
export function addressKey(path: Path): string {
  return `${unquote(path.localPart).toLowerCase()}@${domainKey(path.domain)}`;
}

/** The key of an address given as text (`user@example.com`); `undefined` where that is no address. */
export function addressKeyOf(address: string): string | undefined {
  const path = parseForwardPath(address);
  return path === undefined ? undefined : addressKey(path);
}

/** The form of a domain that is the same for all spellings of it: lower case, A-labels. */
export function domainKey(domain: string): string {
  const lower = domain.toLowerCase();
  // a name of letters, digits and hyphens is its own form, and most names are
  if (lower.startsWith('[') || /^[a-z0-9.-]*$/.test(lower)) return lower;
  const parsed = URL.parse(`http://${lower}`)?.hostname;
  // an all-digit name is an IPv4 number to URL; for mail it stays the name that was written
  return parsed === undefined || /^[\d.]+$/.test(parsed) ? lower : parsed;
}

function unquote(localPart: string): string {
  return localPart.startsWith('"') ? localPart.slice(1, -1).replaceAll(/\\(.)/g, '$1') : localPart;
}
