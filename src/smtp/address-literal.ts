/**
 * Address literals as RFC 5321 §4.1.3 writes them: an address in brackets where a domain stands. The grammar is not that
 * of other address readers: a `::` stands for two groups at least, a zone (RFC 4007) has no place, a group of IPv4 may
 * begin with zeros.
 */

/** Whether the text, its brackets included, is an address literal. Tags other than `IPv6` are registered nowhere. */
export function isAddressLiteral(text: string): boolean {
  const inside = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : undefined;
  if (inside === undefined || inside.length > LONGEST) return false;
  return /^IPv6:/i.test(inside) ? isIpv6(inside.slice('IPv6:'.length)) : isIpv4(inside);
}

/** Longer than any: `IPv6:`, six groups and an IPv4 address have 50 characters. */
const LONGEST = 64;
const GROUPS = 8;

function isIpv4(text: string): boolean {
  const groups = text.split('.');
  return groups.length === 4 && groups.every((group) => /^\d{1,3}$/.test(group) && Number(group) <= 255);
}

function isIpv6(text: string): boolean {
  const [left = '', right, ...more] = text.split('::');
  if (more.length > 0) return false;
  if (right === undefined) return countGroups(left, 'last') === GROUPS;
  const [before, after] = [countGroups(left, 'not last'), countGroups(right, 'last')];
  return before !== undefined && after !== undefined && before + after <= GROUPS - 2;
}

/** How many groups of 16 bits the text writes out; an IPv4 address at its end is two. `undefined` where it is none. */
function countGroups(text: string, place: 'last' | 'not last'): number | undefined {
  if (text === '') return 0;
  const groups = text.split(':');
  const tail = groups.at(-1) ?? '';
  const endsInIpv4 = place === 'last' && isIpv4(tail);
  const plain = endsInIpv4 ? groups.slice(0, -1) : groups;
  if (!plain.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return undefined;
  return plain.length + (endsInIpv4 ? 2 : 0);
}
