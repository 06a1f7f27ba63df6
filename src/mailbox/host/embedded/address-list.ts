import { addressParser, type Address } from 'postal-mime';
import { textOf } from './header-section.ts';

/** An address as Mailpit's JSON writes it. */
export interface JsonAddress {
  readonly Name: string;
  readonly Address: string;
}

/**
 * The addresses of a header value; none at all as soon as one of them is malformed, which is how strict Mailpit is.
 * Postal-mime reads leniently, hence the second look.
 */
export function readAddresses(octets: string): readonly JsonAddress[] {
  const value = textOf(octets);
  if (value.trim() === '') return [];
  const found = addressParser(value).flatMap((entry) => membersOf(entry));
  return found.every((entry) => isAddress(entry.Address)) ? found : [];
}

const localPart = /^(?:"(?:[^"\\\r\n]|\\.)+"|[^\s"(),:;<>@[\\\]]+|[^"<>\r\n]* [^"<>\r\n]*)$/;
const domain = /^(?:[^\s"(),:;<>@[\\\]]+|\[[^\s[\]\\]+\])$/;

/** Characters of an address, at most; a path of RFC 5321 has 256 octets. */
const LONGEST_ADDRESS = 1_024;

/** Whether it is one bare address, as a forward-path should be. */
export function isAddress(address: string): boolean {
  if (address.length > LONGEST_ADDRESS) return false;
  const at = address.lastIndexOf('@');
  return at > 0 && localPart.test(address.slice(0, at)) && domain.test(address.slice(at + 1));
}

function membersOf(entry: Address): readonly JsonAddress[] {
  if (entry.group !== undefined) return entry.group.flatMap((member) => membersOf(member));
  return [{ Name: entry.name, Address: entry.address }];
}
